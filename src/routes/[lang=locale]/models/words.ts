/** The words of the page of models. */
import type { Bilingual } from '#kit/text/locale.ts';

const en = {
	title: 'Models',
	lead: 'The language models that run in the page: what they are, how they were made, how well they do, and every file with its hash.',
	own: 'A page loads three files of a model (quantized graph, tokenizer, configuration), checks each against its SHA-256, and keeps them. The layout is that of transformers.js, so other tools can open them too: point them at the folder.',
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
	own: '页面只加载一个模型的三个文件（量化图、分词器、配置），逐一核对 SHA-256 后保存。目录结构与 transformers.js 一致，其他工具指向该目录即可打开。',
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
