/** What the page says when something of the runtime fails: what happened, and what the reader can do. `{file}` is replaced. */
import type { Locale } from '#kit/text/locale.ts';
import type { ErrorCode, Fault } from './protocol.ts';
import type { Reason } from './reason.ts';

interface Message {
	readonly en: string;
	readonly zh: string;
	/** Whether the same again can succeed: the page offers a button. */
	readonly retry: boolean;
}

export const messages: Readonly<Record<ErrorCode, Message>> = {
	'not-found': {
		en: 'The file {file} is not on the server. Reload the page; if that does not help, this copy of the site was published without its model.',
		zh: '服务器上没有文件 {file}。请刷新页面；若仍然如此，说明这份站点发布时缺少模型文件。',
		retry: true
	},
	'cut-short': {
		en: 'The download of {file} stopped before its end. What arrived was thrown away; try again.',
		zh: '{file} 没有下载完整。不完整的数据已丢弃，请重试。',
		retry: true
	},
	'wrong-hash': {
		en: 'The file {file} is damaged: its content is not what this site published. It was not used; try again, or reload the page if the site has just been updated.',
		zh: '文件 {file} 已损坏：内容与本站发布的不一致，因此没有使用。请重试；如果站点刚刚更新，请刷新页面。',
		retry: true
	},
	offline: {
		en: 'There is no network connection, and {file} has not been kept from an earlier visit. Connect and try again.',
		zh: '当前没有网络连接，而且 {file} 也没有以前访问时留下的缓存。请联网后重试。',
		retry: true
	},
	network: {
		en: 'The server did not deliver {file}. Wait a moment and try again.',
		zh: '服务器没有返回 {file}。请稍候重试。',
		retry: true
	},
	cancelled: {
		en: 'Stopped, as you asked. You can start again at any time.',
		zh: '已按您的要求停止，可以随时重新开始。',
		retry: true
	},
	'out-of-memory': {
		en: 'The browser has no memory left for the model. Close other tabs or open a smaller model, then try again.',
		zh: '浏览器没有足够的内存来运行模型。请关闭其他标签页或换一个更小的模型，然后重试。',
		retry: true
	},
	'no-wasm': {
		en: 'This browser does not run WebAssembly (some block it in a strict security mode), so the model cannot run here. Use a current Chrome, Edge, Firefox or Safari, or allow WebAssembly.',
		zh: '此浏览器不能运行 WebAssembly（有些浏览器在严格安全模式下会禁用它），因此模型无法在这里运行。请使用较新的 Chrome、Edge、Firefox 或 Safari，或者允许 WebAssembly。',
		retry: false
	},
	'no-simd': {
		en: 'This browser is too old to run the model: its WebAssembly has no SIMD instructions (in every major browser since 2023). Update it, or use another one.',
		zh: '此浏览器版本过旧，无法运行模型：它的 WebAssembly 不支持 SIMD 指令（主流浏览器自 2023 年起均已支持）。请更新或更换浏览器。',
		retry: false
	},
	'no-gpu': {
		en: 'This browser offers no graphics processor that the model can use (WebGPU), so the model runs on the processor instead (WebAssembly). The results are the same.',
		zh: '此浏览器没有可供模型使用的图形处理器（WebGPU），因此模型改用处理器运行（WebAssembly），结果相同。',
		retry: false
	},
	'device-lost': {
		en: 'The graphics processor stopped answering. The model now runs on the processor (WebAssembly), and the text goes on where it was.',
		zh: '图形处理器停止响应。模型已改用处理器（WebAssembly）运行，文本从原处继续。',
		retry: false
	},
	'bad-model': {
		en: 'The file {file} is not a model that can be read. Choose the files of a model exported to ONNX, with config.json and tokenizer.json beside it.',
		zh: '文件 {file} 不是可以读取的模型。请选择导出为 ONNX 的模型文件，并附上 config.json 和 tokenizer.json。',
		retry: false
	},
	unsupported: {
		en: 'This page cannot do that with this model. It opens Llama-like models exported to ONNX with a key-value cache of 32-bit numbers. See the details for what does not fit.',
		zh: '本页无法用这个模型完成该操作。本页支持导出为 ONNX、带 32 位键值缓存的 Llama 类模型。不符合之处见详细信息。',
		retry: false
	},
	'context-full': {
		en: 'The text is as long as this model can read. Shorten the prompt, or go back to an earlier token.',
		zh: '文本已达到该模型能读取的最大长度。请缩短提示词，或退回到较早的词元。',
		retry: false
	},
	'storage-full': {
		en: 'The browser had no room to keep {file}. The model runs all the same; the next visit will download it again.',
		zh: '浏览器没有空间保存 {file}。模型照常运行，但下次访问需要重新下载。',
		retry: false
	},
	unknown: {
		en: 'The model stopped for a reason that this page does not know. Try again; the details may help to report it.',
		zh: '模型因未知原因停止。请重试；详细信息可用于反馈问题。',
		retry: true
	}
};

/** Why a model of the reader's own is not opened, and what would be. `{what}` is replaced. */
export const reasons: Readonly<Record<Reason, Readonly<Record<Locale, string>>>> = {
	missing: {
		en: 'Among the chosen files there is no {what}. A model needs config.json, tokenizer.json and onnx/model.onnx (or onnx/model_quantized.onnx), as hubs offer them for transformers.js.',
		zh: '所选文件中没有 {what}。一个模型需要 config.json、tokenizer.json 和 onnx/model.onnx（或 onnx/model_quantized.onnx），即模型站上供 transformers.js 使用的那套文件。'
	},
	half: {
		en: '{what} computes in 16-bit numbers, which this page does not run. Choose the same model’s model_quantized.onnx, model_q4.onnx or model.onnx.',
		zh: '{what} 以 16 位浮点数计算，本页不能运行。请改选同一模型的 model_quantized.onnx、model_q4.onnx 或 model.onnx。'
	},
	'too-large': {
		en: 'The model’s weights take {what}; a browser’s WebAssembly has room for about 800 MiB. Choose a quantized file or a smaller model.',
		zh: '模型权重共 {what}，而浏览器的 WebAssembly 大约只容得下 800 MiB。请选择量化文件或更小的模型。'
	},
	several: {
		en: 'There are several models in this folder: {what}. Choose the folder of one.',
		zh: '这个文件夹里有不止一个模型：{what}。请选择其中一个模型的文件夹。'
	},
	format: {
		en: '{what} holds weights without a computation graph; this page runs ONNX graphs. Look for an export of the same model with a folder onnx/ (hubs mark it for transformers.js).',
		zh: '{what} 只有权重，没有计算图；本页运行的是 ONNX 计算图。请查找同一模型带 onnx/ 目录的导出（模型站上标有 transformers.js）。'
	},
	pointer: {
		en: '{what} is only a git-lfs pointer to the real file, which was not downloaded. Run “git lfs pull” in the folder, or download the file from the hub’s page.',
		zh: '{what} 只是 git-lfs 的指针，真正的文件没有下载。请在该目录运行 git lfs pull，或从模型站的网页下载此文件。'
	},
	gone: {
		en: '{what} cannot be read any more: it was moved or changed since it was chosen. Choose the files again.',
		zh: '已无法读取 {what}：选择之后它被移动或修改过。请重新选择文件。'
	},
	weights: {
		en: 'The weights of this graph lie in a file of their own, which is not among the chosen ones: {what}. Choose both.',
		zh: '这张计算图的权重存放在单独的文件里，而所选文件中没有它：{what}。请一并选择。'
	},
	vocabulary: {
		en: 'The graph and config.json do not belong together: {what}.',
		zh: '计算图与 config.json 不是同一个模型的：{what}。'
	},
	'encoder-decoder': {
		en: 'This is an encoder-decoder model ({what}). The page runs decoder-only models, which write on behind a text: Llama, Qwen, SmolLM, Gemma and their like.',
		zh: '这是编码器-解码器模型（{what}）。本页只运行续写文本的纯解码器模型，如 Llama、Qwen、SmolLM、Gemma 等。'
	},
	config: {
		en: 'Its config.json does not say {what}, so this is no model of a Llama-like kind (decoder-only, one config.json for the text model).',
		zh: '它的 config.json 里没有 {what}，因此不是 Llama 类模型（纯解码器，且由一个 config.json 描述文本模型）。'
	},
	'no-cache': {
		en: 'The graph takes no keys and values of earlier tokens (past_key_values). Choose an export with a KV cache.',
		zh: '这张计算图不接收之前词元的键和值（past_key_values）。请选择带 KV 缓存的导出。'
	},
	'cache-type': {
		en: 'The graph keeps its KV cache as {what}; this page opens graphs with a 32-bit cache. Choose the same model’s model_quantized.onnx, model_q4.onnx or model.onnx.',
		zh: '这张计算图的 KV 缓存是 {what}，本页只打开 32 位缓存的计算图。请改选同一模型的 model_quantized.onnx、model_q4.onnx 或 model.onnx。'
	},
	inputs: {
		en: 'The graph’s inputs are not those of a language model for text: {what}.',
		zh: '这张计算图的输入与纯文本语言模型不符：{what}。'
	},
	outputs: {
		en: 'The graph does not give {what}, which a language model with a KV cache must.',
		zh: '这张计算图没有输出 {what}，而带 KV 缓存的语言模型必须有。'
	},
	operators: {
		en: 'The graph uses the operator {what}, which ONNX Runtime’s WebAssembly build cannot run. Another quantization of the same model may do without it.',
		zh: '这张计算图用到算子 {what}，ONNX Runtime 的 WebAssembly 版本不支持它。可以换用同一模型的另一种量化。'
	},
	'no-lab': {
		en: 'This model comes without a graph to look inside with (onnx/model_lab.onnx), so its attention cannot be shown. The models of this site have one.',
		zh: '这个模型没有可供观察内部的计算图（onnx/model_lab.onnx），因此无法显示它的注意力。本站自带的模型都有。'
	}
};

const someFile: Readonly<Record<Locale, string>> = { en: 'the model', zh: '模型' };

/** The sentence for a fault, and whether trying again can help. */
export function explain(fault: Fault, locale: Locale): { readonly text: string; readonly retry: boolean } {
	const message = messages[fault.code];
	if (fault.reason !== undefined) return { text: reasons[fault.reason][locale].replace('{what}', fault.what ?? ''), retry: message.retry };
	return { text: message[locale].replace('{file}', fault.file ?? someFile[locale]), retry: message.retry };
}
