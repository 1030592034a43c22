import type { Manifest } from '#kit/explainer.ts';

export default {
	slug: 'sampling',
	group: 'core',
	order: 10,
	tags: ['decoding', 'temperature', 'top-k', 'top-p', 'min-p', 'typical', 'mirostat', 'beam search', '采样', '解码', '温度', '束搜索'],
	title: { en: 'Sampling', zh: '采样' },
	summary: {
		en: 'A language model does not choose a word. It gives every token of its vocabulary a probability; the rest is how you draw.',
		zh: '语言模型并不“选词”。它给词表里的每个词元一个概率，剩下的事，是怎么抽。'
	},
	answers: ['t024', 't111', 't112', 't162'],
	needsModel: true,
	load: () => import('./index.ts')
} satisfies Manifest;
