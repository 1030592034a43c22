import type { Manifest } from '#kit/explainer.ts';

export default {
	slug: 'attention-masks',
	group: 'core',
	order: 20,
	tags: [
		'attention',
		'causal',
		'prefix LM',
		'sliding window',
		'packing',
		'padding',
		'ALiBi',
		'FlexAttention',
		'GLM',
		'BERT',
		'注意力',
		'掩码',
		'因果',
		'滑动窗口',
		'打包',
		'补齐'
	],
	title: { en: 'Attention masks', zh: '注意力掩码' },
	summary: {
		en: 'One question, asked of every pair of query and key: may this one read that one? The answers make BERT, GPT, Mistral and Gemma.',
		zh: '对每一对 query 与 key 只问一句：它能读它吗？答案不同，就有了 BERT、GPT、Mistral 和 Gemma。'
	},
	answers: [
		't008',
		't011',
		't036',
		't038',
		't041',
		't113',
		't121',
		't124',
		't207',
		't209',
		't238',
		't245',
		't246',
		't258',
		't259',
		't260',
		't381',
		't385'
	],
	needsModel: true,
	load: () => import('./index.ts')
} satisfies Manifest;
