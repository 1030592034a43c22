import { defineExplainer, type Table } from '#kit/explainer.ts';
import { tex } from '#kit/text/tex.ts';
import { group } from '#maths/parallel/layout.ts';
import Below from './Below.svelte';
import { labels, type LayoutText } from './labels.ts';
import { geometryOf } from './layout.ts';
import { model, type LayoutFrame } from './model.ts';
import Side from './Side.svelte';
import View from './View.svelte';

const views = [
	{ id: 'opening', query: 'step=1' },
	{ id: 'pp-before-dp', query: 'order=tp-cp-ep-pp-dp&step=3' },
	{ id: 'tp-last', query: 'order=dp-pp-cp-ep-tp&step=1' },
	{ id: 'tp-across', query: 'world=64&tp=16&dp=4&pp=1&model=llama-3-70b&globalBatch=256&step=1' },
	{ id: 'context', query: 'world=64&tp=8&cp=8&dp=1&pp=1&seq=131072&globalBatch=8&step=2' },
	{ id: 'experts', query: 'world=32&tp=2&ep=8&etp=1&dp=8&pp=2&model=qwen3-30b-a3b&seq=4096&globalBatch=256&step=2' },
	{ id: 'fsdp', query: 'world=64&tp=1&dp=64&pp=1&zero=3&step=last' },
	{ id: 'too-big', query: 'world=64&tp=1&dp=64&pp=1&model=llama-3-70b&globalBatch=256&step=2' },
	{
		id: 'gpt-3',
		query:
			'world=1024&tp=8&dp=16&pp=8&model=gpt-3-175b&gpu=a100-80gb-sxm&networkGbps=200&seq=2048&globalBatch=1536&vpp=2&dropout=1&step=last'
	},
	{ id: 'llama-405b', query: 'world=16384&tp=8&dp=128&pp=16&order=tp-cp-ep-pp-dp&model=llama-3.1-405b&globalBatch=2048&step=3' },
	{
		id: 'llama-405b-long',
		query: 'world=16384&tp=8&cp=16&dp=8&pp=16&order=tp-cp-ep-pp-dp&model=llama-3.1-405b&seq=131072&globalBatch=128&step=2'
	},
	{
		id: 'deepseek-v3',
		query:
			'world=2048&tp=1&ep=64&dp=128&pp=16&model=deepseek-v3-671b&gpu=h800-sxm&seq=4096&globalBatch=15360&schedule=dualpipe&fp8Dispatch=1&step=1'
	}
];

function table({ scene }: LayoutFrame, _p: unknown, _data: unknown, text: LayoutText): Table {
	const { plan, rank } = scene;
	const { kind, groups, size, crossing, layer, step, cross, ranks } = text.table;
	return {
		columns: [kind, groups, size, crossing, layer, step, cross, ranks],
		rows: scene.exchanges.map((one) => [
			...[text.kinds[one.kind], one.count, one.size, one.crossing, one.layerBytes === undefined ? '' : Math.round(one.layerBytes)],
			...[Math.round(one.bytes), Math.round(one.crossBytes), group(plan.layout, one.group, rank).join(' ')]
		]),
		foot: text.table.foot({ stage: plan.busiest, rank })
	};
}

export default defineExplainer({
	model,
	View,
	labels,
	formulas: {
		groups: tex`\text{rank}=\sum_i c_i\prod_{j<i} n_j`,
		bytesPerLayer: tex`\text{TP: } 8\,b\,\tfrac{s}{c}\,h\,\tfrac{t-1}{t}\ \text{elements}`,
		bytesPerRank: tex`(6+\tfrac{12}{d})\,\tfrac{P}{tp}+\text{activations}`,
		bubbleOverTotal: tex`\frac{p-1}{m\,v+p-1}`,
		bubbleOverIdeal: tex`\frac{p-1}{m\,v}`,
		causalImbalance: tex`\frac{4c-2}{2c}=2-\frac1c`
	},
	views,
	controls: [
		{ key: 'main', params: ['colour', 'rank'] },
		{ key: 'cluster', params: ['gpusPerNode', 'networkGbps'], more: true },
		{ key: 'job', params: ['seq', 'globalBatch', 'microBatch'], more: true },
		{ key: 'saving', params: ['zero', 'recompute', 'sp', 'dropout'], more: true },
		{ key: 'pipeline', params: ['schedule', 'vpp', 'etp', 'fp8Dispatch'], more: true }
	],
	recorded: () => undefined,
	height: (width, p) => geometryOf(width, p).height,
	table,
	Side,
	Below,
	startAt: 1,
	compare: true
});
