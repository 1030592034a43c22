import { defineExplainer } from '#kit/explainer.ts';
import { tex } from '#kit/text/tex.ts';
import { heightOf } from './height.ts';
import { labels } from './labels.ts';
import { model } from './model.ts';
import Side from './Side.svelte';
import { tableOf } from './tables.ts';
import View from './View.svelte';

const views = [
	{ id: 'paper-7.5b', query: 'stage=2' },
	{ id: 'stage0', query: 'stage=0&step=9' },
	{ id: 'stage2', query: 'stage=2&step=14' },
	{ id: 'four', query: 'ranks=4&step=5' },
	{ id: 'hsdp', query: 'shard=8&step=12' },
	{ id: 'offload', query: 'stage=2&offload=optimizer&step=14' },
	{ id: 'table', query: 'view=table&step=1' },
	{ id: 'all-reduce', query: 'view=ring&step=2' },
	{ id: 'ring-scatter', query: 'view=ring&collective=reduce-scatter&ringRanks=8&step=4' },
	{ id: 'recipes', query: 'view=recipes' },
	{ id: 'deepspeed-docs', query: 'view=recipes&params=2851000000&ranks=8&gpu=v100-32gb-sxm2&step=2' },
	{ id: 'deepspeed', query: 'view=recipes&params=2851000000&largestLayer=32000000&ranks=8&step=3' },
	{ id: 'activations', query: 'view=activations&model=gpt-3-175b&tp=8' },
	{ id: 'llama-3-70b', query: 'model=llama-3-70b&precision=bf16&seq=8192&step=12' },
	{ id: 'infinity', query: 'offload=all&step=4' },
	{ id: 'table-fits', query: 'view=table&step=3' },
	{ id: 'stage1', query: 'stage=1&step=12' },
	{ id: 'gather', query: 'step=3' },
	{ id: 'reduce-scatter', query: 'step=14' },
	{ id: 'fsdp-keep', query: 'reshard=0&step=17' },
	{ id: 'paper-128b', query: 'stage=2&params=128000000000&ranks=1024' },
	{ id: 'paper-1t', query: 'params=1000000000000&ranks=1024' },
	{ id: 'v100', query: 'stage=1&params=7600000000&gpu=v100-32gb-sxm2' },
	{ id: 'ring-gather', query: 'view=ring&collective=all-gather&step=1' },
	{ id: 'megatron', query: 'view=recipes&step=1' },
	{ id: 'activations-sp', query: 'view=activations&model=gpt-3-175b&tp=8&step=2' },
	{ id: 'llama-3-8b', query: 'model=llama-3-8b&precision=bf16&ranks=8&seq=8192' },
	{ id: 'llama-405b', query: 'model=llama-3.1-405b&precision=bf16&ranks=1024&seq=8192' },
	{ id: 'baichuan-13b', query: 'params=13264901120&layers=40&hidden=5120&heads=40&ranks=8&precision=bf16' }
];

export default defineExplainer({
	model,
	View,
	labels,
	formulas: {
		bytesPerRank: tex`\begin{cases} (2+2+K)\,\Psi & 0 \\ 4\Psi + \frac{K\Psi}{N} & 1 \\ 2\Psi + \frac{(2+K)\Psi}{N} & 2 \\ \frac{(4+K)\Psi}{N} & 3 \end{cases}`,
		activationBytes: tex`L\,s\,b\,h\left(34 + \tfrac{5as}{h}\right),\ \text{or}\ 34\,L\,s\,b\,h,\ \text{or}\ 2\,L\,s\,b\,h`,
		communicationElements: tex`2\Psi\ (\text{stages } 0, 1, 2),\quad 3\Psi\ (\text{stage } 3)`,
		ringFactor: tex`\frac{N-1}{N}`,
		communicationBytes: tex`\frac{N-1}{N} \sum \Psi \cdot \text{bytes}`,
		maxParams: tex`\frac{M}{\text{bytes per parameter}}`,
		deepspeedGpuBytes: tex`2P + \tfrac{18P}{N}\ (\text{ZeRO-2}),\quad 4P_{\max} + \tfrac{18P}{N}\ (\text{ZeRO-3})`,
		megatronBytes: tex`\left(6 + \tfrac{12}{dp}\right) P`
	},
	views,
	controls: [
		{ key: 'activationsGroup', params: ['seq', 'batch', 'tp'], more: true },
		{ key: 'sharding', params: ['shard', 'reshard', 'units'], more: true },
		{ key: 'recipe', params: ['precision', 'optimizer', 'K'], more: true },
		{ key: 'shape', params: ['layers', 'hidden', 'heads'], more: true },
		{ key: 'estimate', params: ['gpusPerNode', 'largestLayer', 'zeroInit'], more: true }
	],
	recorded: () => undefined,
	height: heightOf,
	table: (frame, _p, _data, text) => tableOf(frame, text),
	Side,
	startAt: 'first',
	compare: true
});
