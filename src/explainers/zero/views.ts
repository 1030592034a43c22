/** Names of the named views. */
import type { Bilingual } from '#kit/text/locale.ts';

export const viewNames: Bilingual<Readonly<Record<string, string>>> = {
	en: {
		...{
			'paper-7.5b': '7.5B on 64 ranks, stage 2 (16.6 GB)',
			stage0: 'Plain data parallelism: 120 GB',
			stage1: 'Stage 1: optimizer states shared'
		},
		...{
			stage2: 'Stage 2, at the final gather',
			gather: 'Stage 3: gathering a group',
			'reduce-scatter': 'Stage 3: reduce-scatter',
			four: 'Four ranks, every part drawn'
		},
		...{
			'paper-128b': '128B on 1,024 ranks',
			'paper-1t': '1T on 1,024 ranks, stage 3',
			'fsdp-keep': 'FSDP without resharding: 2 Ψ again',
			hsdp: 'HSDP: 8 nodes of 8'
		},
		...{ offload: 'ZeRO-Offload: states on the CPU', infinity: 'Everything offloaded' },
		...{ table: 'Table I and its digits', 'table-fits': 'What fits on 80 GB', v100: 'Table II: largest model on 32 GB' },
		...{ 'all-reduce': 'Ring all-reduce', 'ring-scatter': 'Ring reduce-scatter of 8', 'ring-gather': 'Ring all-gather' },
		...{
			recipes: 'Bytes per parameter',
			megatron: 'Megatron’s 6 + 12 / dp',
			'deepspeed-docs': 'DeepSpeed: code against docs',
			deepspeed: 'DeepSpeed’s estimator'
		},
		...{
			activations: 'Activations of GPT-3',
			'activations-sp': 'GPT-3, TP 8 with SP',
			'llama-3-8b': 'Llama 3 8B on 8 GPUs',
			'llama-3-70b': 'Llama 3 70B on 64 GPUs',
			'llama-405b': 'Llama 3.1 405B on 1,024 GPUs'
		},
		'baichuan-13b': 'Baichuan-13B on 8 GPUs'
	},
	zh: {
		...{ 'paper-7.5b': '7.5B，64 张卡，第 2 级（16.6 GB）', stage0: '普通数据并行：120 GB', stage1: '第 1 级：分摊优化器状态' },
		...{
			stage2: '第 2 级，最后的收集',
			gather: '第 3 级：正在收集一组',
			'reduce-scatter': '第 3 级：归约分发',
			four: '四张卡，每一份都画出'
		},
		...{
			'paper-128b': '128B，1024 张卡',
			'paper-1t': '1T，1024 张卡，第 3 级',
			'fsdp-keep': 'FSDP 前向后不丢：又是 2Ψ',
			hsdp: 'HSDP：8 台机器，每台 8 张'
		},
		...{ offload: 'ZeRO-Offload：状态放 CPU', infinity: '全部卸载' },
		...{ table: '表 I 与它的数位', 'table-fits': '80 GB 放得下哪些', v100: '表 II：32 GB 能训多大' },
		...{ 'all-reduce': '环形 all-reduce', 'ring-scatter': '8 张卡的 reduce-scatter', 'ring-gather': '环形 all-gather' },
		...{
			recipes: '每参数多少字节',
			megatron: 'Megatron 的 6 + 12 / dp',
			'deepspeed-docs': 'DeepSpeed：代码与文档',
			deepspeed: 'DeepSpeed 估算器'
		},
		...{
			activations: 'GPT-3 的激活',
			'activations-sp': 'GPT-3，TP 8 加 SP',
			'llama-3-8b': 'Llama 3 8B，8 张卡',
			'llama-3-70b': 'Llama 3 70B，64 张卡',
			'llama-405b': 'Llama 3.1 405B，1024 张卡'
		},
		'baichuan-13b': 'Baichuan-13B，8 张卡'
	}
};
