import type { Manifest } from '#kit/explainer.ts';

export default {
	slug: 'head-sharing',
	group: 'core',
	order: 30,
	tags: ['attention', 'MHA', 'MQA', 'GQA', 'MLA', 'KV cache', 'DeepSeek', 'Llama', '注意力', 'KV 缓存', '分组查询', '潜在向量'],
	title: { en: 'Head sharing: MHA, GQA, MQA, MLA', zh: '头共享：MHA、GQA、MQA、MLA' },
	summary: {
		en: 'Queries are used once; keys and values must be kept for every token to come. So queries stay many, and share fewer keys and values, or one latent.',
		zh: '查询用一次就扔，键和值却要为后面每个词元留着。所以查询头照旧多，键值头则共用几个，或压成一个潜在向量。'
	},
	answers: [
		...['t005', 't040', 't083', 't124', 't125', 't194', 't195', 't196', 't197', 't198'],
		...['t201', 't202', 't213', 't236', 't238', 't277', 't278', 't378']
	],
	needsModel: true,
	load: () => import('./index.ts')
} satisfies Manifest;
