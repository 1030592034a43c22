import type { Manifest } from '#kit/explainer.ts';

export default {
	slug: 'paged-attention',
	group: 'serving',
	order: 40,
	tags: [
		'PagedAttention',
		'vLLM',
		'KV cache',
		'block table',
		'copy-on-write',
		'prefix caching',
		'continuous batching',
		'preemption',
		'chunked prefill',
		'分页注意力',
		'KV 缓存',
		'块表',
		'写时复制',
		'前缀缓存',
		'连续批处理',
		'抢占'
	],
	title: { en: 'PagedAttention', zh: 'PagedAttention 分页注意力' },
	summary: {
		en: 'Keys and values move into blocks of a few tokens each, like pages of an operating system. What was reserved in vain becomes room for more requests.',
		zh: '把键和值搬进一个个只装几个词元的块里，就像操作系统的内存页。原先白白预留的显存，变成了容纳更多请求的空间。'
	},
	answers: ['t039', 't074', 't085', 't155'],
	needsModel: true,
	load: () => import('./index.ts')
} satisfies Manifest;
