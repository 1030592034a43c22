import type { Manifest } from '#kit/explainer.ts';

export default {
	slug: 'pipeline-parallel',
	group: 'training',
	order: 50,
	tags: [
		'pipeline parallelism',
		'pipeline bubble',
		'GPipe',
		'1F1B',
		'interleaved',
		'PipeDream',
		'Zero Bubble',
		'DualPipe',
		'Megatron',
		'microbatch',
		'流水线并行',
		'流水线气泡',
		'微批次',
		'交错调度',
		'零气泡',
		'权重版本'
	],
	title: { en: 'Pipeline bubbles', zh: '流水线气泡' },
	summary: {
		en: 'Devices take turns at the microbatches of a training step. Whoever has to wait, idles: that is the bubble, and thirteen schedules fight it.',
		zh: '一步训练里，多个设备轮流处理微批次。谁要等，谁就空转，这就是气泡；十三种调度都在想办法压缩它。'
	},
	answers: ['t065', 't068', 't131', 't134'],
	load: () => import('./index.ts')
} satisfies Manifest;
