/** 本图的中文文字。每句说明以“。”结尾的短语开头。 */
import type { Kind } from '#maths/masks/settings.ts';
import type { RuleId } from '#maths/masks/expr.ts';
import { kinds } from './kinds.zh.ts';
import { rules } from './rules.zh.ts';
import type { en } from './text.en.ts';
import { int, n, share, type Values } from './words.ts';

const kindOf = (v: Values): readonly [string, string] => kinds[v.kind as Kind];
/** Why a key is hidden: every condition that fails and would have sufficed. */
const fails = (v: Values): string =>
	String(v.rules)
		.split(' ')
		.map((id) => rules[id as RuleId][1](v))
		.join('；');
const more = (v: Values): string =>
	`${v.or === 'none' || v.or === undefined ? '' : ` 或 ${kinds[v.or as Kind][0]}`}${v.and === 'none' || v.and === undefined ? '' : ` 且 ${kinds[v.and as Kind][0]}`}`;
const named = (v: Values): string => (v.token === '' || v.token === undefined ? String(v.at) : `${v.at}“${v.token}”`);
/** 一串位置，如“0–1、4”。 */
const keys = (v: Values): string => String(v.keys).replaceAll(', ', '、');

export const zh: typeof en = {
	kinds,
	rules,
	captions: {
		whole: (v) =>
			`${more(v) === '' ? `${kindOf(v)[0]}。${kindOf(v)[1]}` : `组合。${kindOf(v)[0]}${more(v)}。`}共 ${int(v, 'cells')} 格，${int(v, 'live')} 格可见，占 ${share(v, 'share')}。`,
		row: (v) =>
			`Query ${named(v)}。它读 ${int(v, 'kv')} 个 key 中的 ${int(v, 'seen')} 个：${keys(v)}。key ${v.key} 被挡住（分数 −∞，权重恰为 0）：${fails(v)}。`,
		rowAll: (v) => `Query ${named(v)}。${n(v, 'seen') === 1 ? '它读唯一的那个 key' : `它读全部 ${int(v, 'kv')} 个 key`}，没有什么被挡住。`,
		rowEmpty: (v) =>
			`Query ${named(v)}。它一个 key 也读不到：整行都是 −∞，softmax 成了 0/0，朴素实现得不到任何数值；安全的内核给出全零；Hugging Face 的 eager 路径加的是最小浮点数，于是整行变成均匀分布。`,
		decode: (v) =>
			`解码。追加一个词元不会改变前面任何一行，因此它们的 K、V 可以留在缓存里，只需计算最后一行：它读缓存中 ${int(v, 'kv')} 个 key 里的 ${int(v, 'seen')} 个${n(v, 'seen') === 0 ? '' : `（${keys(v)}）`}。`,
		decodeNot: (v) =>
			`无法廉价解码。前面有 query 会读最后一个 key，追加词元就会改动已经算好的行：用这种掩码，含 ${int(v, 'kv')} 个 key 的缓存不能直接往后长。`,
		decodeCross: (v) => `解码。${int(v, 'kv')} 个 key 来自另一条序列，只算一次；每个新 query 读其中 ${int(v, 'seen')} 个。`,
		layer: (v) =>
			`向下 ${n(v, 'depth')} / ${int(v, 'layers')} 层。读到的每个 key，在下一层又按同样的规则读过别人：现在有 ${int(v, 'reach')} 个位置能传到最后一个 query，${n(v, 'gained') > 0 ? `多了 ${int(v, 'gained')} 个` : '没有增加'}（${keys(v)}）。`,
		layerGlobal: (v) =>
			`向下 ${n(v, 'depth')} / ${int(v, 'layers')} 层。这是全局层，不设窗口：现在有 ${int(v, 'reach')} 个位置能传到最后一个 query（${keys(v)}）。`
	},
	facts: {
		liveCells: '可见格数',
		liveShare: '矩阵中可见的比例',
		kvKept: '每层须为最后一个 query 留在 KV 缓存里',
		kvKeptStack: '全部层合计须保留',
		receptiveField: '经过所有层能传到最后一个 query',
		scoreFlops: '一层可见分数的浮点运算数',
		scoreBytes: '若把分数矩阵写入显存',
		liveTiles: '需要计算的 128 × 128 小块数'
	},
	notes: {
		cells: (v) => `共 ${int(v, 'q')} × ${int(v, 'kv')} = ${int(v, 'cells')} 格`,
		empty: (v) => `共 ${int(v, 'cells')} 格；有 ${int(v, 'empty')} 个 query 什么也读不到`,
		kept: (v) => `共 ${int(v, 'kv')} 个 key`,
		stack: (v) =>
			n(v, 'globals') > 0
				? `${int(v, 'layers')} 层中 ${int(v, 'globals')} 层全局；若全为全局层：${int(v, 'all')}`
				: `${int(v, 'layers')} 层；若无窗口或分块：${int(v, 'all')}`,
		reach: (v) => `经过 ${int(v, 'layers')} 层，含自身`,
		reachBeyond: (v) => `已是全部；文本更长时，${int(v, 'layers')} 层可达 ${int(v, 'unbounded')}`,
		flops: (v) => `${int(v, 'heads')} 个头，每头 ${int(v, 'headDim')} 维；算满整个矩阵：${int(v, 'dense')}`,
		bytes: (v) => `fp16，${int(v, 'heads')} 个头，无论可见与否；融合内核不写它`,
		tiles: (v) => `共 ${int(v, 'total')} 块；其中 ${int(v, 'full')} 块全满`
	},
	marks: { whole: '整张掩码', query: 'query', decode: '解码', layer: '向下层数' },
	params: {
		kind: '规则',
		or: '或（OR）',
		and: '且（AND）',
		source: '坐标轴',
		model: '模型',
		prompt: '文本',
		layer: '模型的第几层',
		q: 'query 数',
		kv: 'key 数',
		qOffset: '首个 query 的位置',
		kvOffset: '首个 key 的位置',
		prefix: '前缀长度',
		contextLength: '上下文长度',
		window: '窗口 w',
		halfWindow: '半窗口 h',
		sinks: 'sink 数',
		chunk: '块长',
		leftPadding: '左侧 padding',
		padding: '真实 = 1，padding = 0',
		docs: '各文档长度',
		prefixDocs: '各文档的提示',
		virtualTokens: '虚拟词元数',
		parents: '各结点的父结点（−1 为根）',
		tokenType: '图 = 1，文字 = 0',
		global: '全局位置',
		stride: '步长 l',
		dilation: '空洞率 d',
		radius: '半径',
		blockSize: '块大小',
		randomPairs: '随机块对 query:key',
		intervals: '各图所属文字 起:止',
		imageTokenLength: '每图词元数',
		layers: '层数',
		pattern: '层的排布',
		alibi: '给分数加 ALiBi 偏置',
		heads: '头数',
		head: '头',
		headDim: '每头维数',
		code: '代码'
	},
	values: {
		none: '无',
		'source.rule': '位置编号',
		'source.model': '我的文本',
		'pattern.uniform': '各层相同',
		'pattern.gemma2': 'Gemma 2 · L G',
		'pattern.gemma3': 'Gemma 3 · 5L G',
		'pattern.gpt-oss': 'gpt-oss · L G',
		'pattern.olmo3': 'OLMo 3 · 3L G',
		'pattern.cohere2': 'Cohere 2 · 3L G',
		'pattern.llama4': 'Llama 4 · 3C G',
		pytorch: 'PyTorch',
		huggingface: 'Hugging Face',
		flexattention: 'FlexAttention',
		numpy: 'NumPy',
		size: '大小',
		stack: '层',
		compose: '与第二条规则组合',
		cut: '截取范围与缓存偏移',
		scores: '分数：ALiBi、头',
		...Object.fromEntries(Object.entries(kinds).map(([id, [name]]) => [id, name]))
	},
	views: {
		causal: '因果（GPT、LLaMA）',
		bert: '双向（BERT）',
		glm: '前缀 LM',
		chatglm: 'ChatGLM-6B',
		chatglm2: 'ChatGLM2',
		'prefix-tuning': '前缀微调',
		mistral: '滑动窗口（Mistral）',
		'mistral-4096': '4,096 中的 1,024 窗口',
		'window-conventions': '同一个数，w + 1 个 key',
		streaming: 'sink（StreamingLLM）',
		'gemma-2': 'Gemma 2：局部、全局相间',
		'gemma-3': 'Gemma 3：五局部一全局',
		'gemma-3-image': 'Gemma 3：文中有图',
		'gpt-oss': 'gpt-oss：窗口 128',
		'olmo-3': 'OLMo 3：三局部一全局',
		'llama-4': 'Llama 4：分块',
		decode: '带缓存的一步解码',
		'left-padding': '左侧补齐',
		'right-padding': '右侧补齐',
		packed: '打包文档',
		'packed-4096': '打包文档，4,096',
		grpo: '共用提示（GRPO）',
		tree: '草稿树（Medusa、EAGLE）',
		'encoder-decoder': '交叉注意力',
		longformer: 'Longformer',
		bigbird: 'BigBird',
		strided: 'Sparse Transformer',
		dilated: '空洞窗口',
		'block-diffusion': '块扩散',
		alibi: 'ALiBi',
		compose: '窗口 或 前缀',
		live: '我的文本与模型'
	},
	problems: {
		parents: (v) => `结点 ${v.node} 的父结点不能是 ${v.parent}：父结点必须排在子结点之前。图中把它画成了根。`,
		head: (v) => `共 ${v.heads} 个头（从 0 数起），没有第 ${v.head} 号头。`
	},
	axes: { key: 'key →', query: 'query ↓', keyShort: 'k →', queryShort: 'q ↓' },
	join: (parts) => parts.join('；'),
	cell: (v) =>
		`${n(v, 'allowed') === 1 ? `query ${v.query} 读 key ${v.keyName}` : `query ${v.query} 不读 key ${v.keyName}`}：${v.because}。${v.weight === '' ? '' : `模型给它 ${v.weight}。`}`,
	summary: (v) =>
		`${kindOf(v)[0]}：${int(v, 'q')} 个 query × ${int(v, 'kv')} 个 key，${int(v, 'live')} 格可见（${v.share}）。可用方向键逐格查看。`,
	segments: {
		document: (i) => [`文档 ${i}`, `${i}`],
		prompt: () => ['提示', '提'],
		answer: (i) => [`回答 ${i - 1}`, `${i - 1}`],
		padding: () => ['padding', 'pad'],
		prefix: () => ['前缀', '前'],
		context: () => ['上下文', '文'],
		virtual: () => ['虚拟', '虚'],
		sink: () => ['sink', 'S'],
		chunk: (i) => [`第 ${i} 块`, `${i}`],
		image: (i) => [`图 ${i}`, `${i}`],
		noised: () => ['加噪', '噪'],
		clean: () => ['干净', '净'],
		cache: () => ['已缓存', '存'],
		tree: () => ['草稿树', '树']
	},
	legend: {
		tones: ['在后面，不可见', '在前面，被规则挡住', '读取', '读取且在自己之后'],
		attention: '读取；颜色越深注意力越大（√ 刻度）',
		mean: '每个点：其下各格可见比例的精确值'
	},
	bars: {
		title: (v) =>
			n(v, 'live') === 1
				? `query“${v.query}”的注意力，第 ${v.layer} 层第 ${v.head} 头`
				: n(v, 'slope') === 0
					? `query ${v.query}：分数全等时的 softmax`
					: `query ${v.query}：ALiBi，斜率 ${n(v, 'slope').toPrecision(3)}`,
		bar: (v) => `key ${v.key} 得到这个 query 的 ${v.share} 注意力。`,
		group: (v) => `key ${v.from} 到 ${v.to} 合计得到这个 query 的 ${v.share} 注意力。`,
		score: '分数'
	},
	stack: {
		title: (v) => `穿过 ${int(v, 'layers')} 层的可达范围`,
		level: (v) =>
			n(v, 'level') === 0
				? '最后一个 query 在顶层的输出。'
				: n(v, 'reach') < 0
					? `第 ${v.layer} 层之下${v.kind === 'G' ? '（全局层）' : ''}：尚未展开，请继续播放。`
					: `第 ${v.layer} 层之下${v.kind === 'G' ? '（全局层）' : ''}：${v.kv} 个位置中有 ${v.reach} 个能传到最后一个 query。`,
		input: '输入词元'
	},
	side: { rule: '规则', conventions: '窗口 w 究竟留几个？', reads: '它的参数' },
	windows: (w) =>
		`这里 w = ${w} 恰好留 ${w} 个 key，query 自己算一个。同一张掩码在 transformers 与 llama.cpp 中写 sliding_window=${w}，在 FlashAttention 中写 window_size=(${w - 1}, 0)，在 attention-gym 中写 ${w - 1}。`,
	upperLeft: 'query 与 key 个数不同时，torch 的 is_causal=True 把三角对齐到左上角；解码需要对齐右下角，本图与 FlashAttention 都是如此。',
	code: { title: '把这张掩码写成代码', copy: '复制', copied: '已复制' },
	live: {
		note: '本页的模型按因果训练，始终保留它的三角：您选的规则只会再多挡一些。',
		beyond: (v) => `这张掩码有 ${int(v, 'beyond')} 格在三角之外，无法交给模型。`,
		before: '下一个词元，因果掩码',
		after: '换成这张掩码',
		dropped: (v) => `末尾有 ${int(v, 'dropped')} 个词元放不下，已略去。`,
		empty: (v) => `有 ${int(v, 'empty')} 个 query 无 key 可读；在那里让模型读了它自己的 key。`,
		idle: '把您的文本放上坐标轴需要模型：它就在本页内运行，不向外发送任何内容。',
		moved: (v) => `这张掩码把 ${v.share} 的概率挪给了别的词元。`
	},
	table: {
		query: 'query',
		reads: '读取的 key',
		count: '个数',
		mask: '掩码',
		foot: (v) => `另有 ${int(v, 'n')} 个 query；JSON 导出里是全部。`
	}
};
