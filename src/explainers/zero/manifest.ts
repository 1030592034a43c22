import type { Manifest } from '#kit/explainer.ts';

export default {
	slug: 'zero',
	group: 'training/parallelism',
	order: 60,
	tags: [
		...['ZeRO', 'FSDP', 'HSDP', 'DeepSpeed', 'Megatron', 'data parallelism', 'optimizer states', 'mixed precision', 'Adam', 'offload'],
		...['reduce-scatter', 'all-gather', 'all-reduce', 'activation checkpointing', '零冗余优化器', '数据并行', '优化器状态', '混合精度'],
		...['显存', '梯度', '激活重计算', '集合通信', '环形 all-reduce']
	],
	title: { en: 'ZeRO and FSDP', zh: 'ZeRO 与 FSDP：显存切分' },
	summary: {
		en: 'Plain data parallelism keeps sixteen bytes of every parameter on every GPU. ZeRO keeps each byte on one of them and fetches it when it is needed.',
		zh: '普通数据并行在每张卡上都为每个参数留 16 字节。ZeRO 让每个字节只留在一张卡上，用到时再取。'
	},
	answers: ['t072', 't135', 't372'],
	load: () => import('./index.ts')
} satisfies Manifest;
