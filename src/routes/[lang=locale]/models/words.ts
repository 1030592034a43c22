/** The words of the page of models. */
import type { Bilingual } from '#kit/text/locale.ts';

const en = {
	title: 'Models',
	lead: 'The language models that run in the page: what they are, how they were made, how well they do, and every file with its hash.',
	own: 'A page loads three files of a model (quantized graph, tokenizer, configuration), checks each against its SHA-256, and keeps them. The layout is that of transformers.js, so other tools can open them too: point them at the folder. The other way round, a figure opens a model from a hub (“your own model”): its repository’s folder with onnx/model_quantized.onnx or onnx/model.onnx of up to 800 MiB (the 135 million parameters of SmolLM2-135M are 514 MiB in 32 bits and 129 MiB in 8).',
	isDefault: 'default',
	loads: (bytes: string) => `a page loads ${bytes}`,
	parameters: (n: string) => `${n} parameters`,
	downloads: 'Downloads',
	file: 'file',
	bytes: 'bytes',
	tokens: 'million tokens seen',
	curve: (name: string) => `Training of ${name}: bits per byte on unseen text against tokens seen`,
	bitsPerByte: 'bits per byte, unseen text'
};
type Words = typeof en;

const zh: Words = {
	title: '模型',
	lead: '在页面里运行的语言模型：它们是什么、怎样训练出来、效果如何，以及每个文件与它的哈希。',
	own: '页面只加载一个模型的三个文件（量化图、分词器、配置），逐一核对 SHA-256 后保存。目录结构与 transformers.js 一致，其他工具指向该目录即可打开。反过来，图中也可以打开模型站上的模型（“自己的模型”）：选择含 onnx/model_quantized.onnx 或 onnx/model.onnx 的仓库文件夹即可，大小不超过 800 MiB（SmolLM2-135M 的 1.35 亿参数，32 位为 514 MiB，8 位为 129 MiB）。',
	isDefault: '默认',
	loads: (bytes) => `页面加载 ${bytes}`,
	parameters: (n) => `${n} 个参数`,
	downloads: '下载',
	file: '文件',
	bytes: '字节',
	tokens: '已训练的词元（百万）',
	curve: (name) => `${name} 的训练：未见过文本上的每字节比特数，随训练词元数变化`,
	bitsPerByte: '每字节比特数（未见过的文本）'
};

export const words: Bilingual<Words> = { en, zh };
