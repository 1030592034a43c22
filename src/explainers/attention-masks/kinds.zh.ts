/** 各种掩码：名称，以及一句话说明规则的用处。 */
import type { KindWords } from './words.ts';

export const kinds: KindWords = {
	causal: ['因果', '每个 query 只读自己和之前的词元：GPT、LLaMA 等一切解码器。'],
	bidirectional: ['双向', '每个 query 读所有 key：BERT 等编码器。'],
	'prefix-lm': ['前缀 LM', '前缀内部双向可见，其后按因果生成：GLM、PaliGemma、T5 的前缀变体。'],
	chatglm1: ['ChatGLM-6B', '一种前缀 LM，前缀止于 bos 之前：问题双向可见，回答按因果生成。'],
	chatglm2: ['ChatGLM2', '纯因果：自第二代起不再有双向部分。'],
	'prefix-tuning': ['前缀微调', '在正文之前放一段学出来的 K 和 V，人人可读，而它们自己不发出 query。'],
	'sliding-window': ['滑动窗口', '因果，但只读最近 w 个 key（含自己）：Mistral 7B、Gemma 与 gpt-oss 的局部层。'],
	'sliding-window-inclusive': ['窗口（w + 1 个）', '写成 q − k ≤ w（attention-gym 的写法），同一个数会多留一个 key。'],
	'sliding-window-bidirectional-inclusive': ['双侧窗口（≤）', '左右各至多 h 个：ModernBERT 的局部层。'],
	'sliding-window-bidirectional-exclusive': ['双侧窗口（<）', '左右距离都小于 w：Gemma 3 以双向方式运行时。'],
	'sliding-window-symmetric': ['双侧窗口（w/2）', '左右各至多 ⌊w/2⌋ 个：llama.cpp 的 symmetric 类型。'],
	'attention-sinks': ['窗口 + sink', '滑动窗口，但最前面的几个词元永不丢弃：StreamingLLM。'],
	chunked: ['分块', '只在固定长度的块内做因果注意力，块首只看见自己：Llama 4 的局部层。'],
	'causal-padding': ['因果 + padding', '同一批次的序列要补齐，真实词元不得读补上去的部分。'],
	'bidirectional-padding': ['编码器 + padding', '真实词元互相可见，padding 无人可读。'],
	packed: ['打包文档', '多篇文档共用一条训练序列，彼此不可见。'],
	'packed-sliding-window': ['打包 + 窗口', '同一文档、不在后面、且在窗口以内。'],
	'shared-prefix': ['共用提示', '多条回答共读一份只存一次的提示，彼此不可见：GRPO 的多次采样。'],
	'block-diffusion': ['块扩散', '加噪块看见自己和此前的干净文本，干净的一半按块因果：BD3-LM 的训练。'],
	tree: ['草稿树', '每个草稿词元看见正文和自己的祖先：Medusa、EAGLE、SpecInfer 一次验证整棵树。'],
	'image-bidirectional': ['图文混排', '文字按因果，同一张图内的词元互相可见：Gemma 3 的全局层。'],
	'image-bidirectional-sliding': ['图文混排 + 窗口', '局部层里的同一规则：窗口只裁过去，图保持完整。'],
	'cross-attention': ['交叉注意力', '解码器的 query 读编码器的全部真实词元：T5、Whisper。'],
	'vision-cross-attention': ['文字读图', '每段文字只读属于它的图：Flamingo、Llama 3.2 Vision。'],
	longformer: ['Longformer', '左右各 w/2 的窗口，再加看见一切、也被一切看见的全局词元。'],
	'global-sliding-window': ['窗口 + 全局', '给定半径的双侧窗口，再加全局词元。'],
	bigbird: ['BigBird', '以块为单位：相邻块、全局的首末块，以及随机块对。'],
	'sparse-strided': ['跨步稀疏', '最近 l 个 key，以及更早的每隔 l 个：Sparse Transformer。'],
	'dilated-sliding-window': ['空洞窗口', '每隔 d 个取一个：同样多的 key，看得更远。']
};
