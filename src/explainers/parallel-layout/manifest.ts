import type { Manifest } from '#kit/explainer.ts';

export default {
	slug: 'parallel-layout',
	group: 'training/parallelism',
	order: 70,
	tags: [
		'tensor parallelism',
		'sequence parallelism',
		'context parallelism',
		'expert parallelism',
		'pipeline parallelism',
		'data parallelism',
		'3D parallelism',
		'Megatron',
		'rank order',
		'process groups',
		'all-to-all',
		'NVLink',
		'张量并行',
		'序列并行',
		'上下文并行',
		'专家并行',
		'流水线并行',
		'数据并行',
		'3D 并行',
		'通信组',
		'跨节点通信'
	],
	title: { en: 'Parallel layouts', zh: '并行布局' },
	summary: {
		en: 'Who talks with whom when thousands of GPUs train one model, which of it leaves the node, what a GPU has to remember, and what would fit better.',
		zh: '成千上万张 GPU 合训一个模型：谁和谁通信、哪些流量要出节点、每张卡要存多少，怎样切才放得下。'
	},
	answers: ['t063', 't068', 't069', 't071', 't131'],
	load: () => import('./index.ts')
} satisfies Manifest;
