import { defineExplainer, type Table } from '#kit/explainer.ts';
import { LiveModel } from '#kit/runtime/live-model.svelte.ts';
import { shippedModel } from '#kit/runtime/site-models.ts';
import type { Locale } from '#kit/text/locale.ts';
import { tex } from '#kit/text/tex.ts';
import { rowText } from '#maths/masks/mask.ts';
import { size } from '#maths/masks/runs.ts';
import Above from './Above.svelte';
import { ask, questionKey } from './ask.ts';
import Code from './Code.svelte';
import { NOTHING, type MaskData } from './data.ts';
import { labels, type MaskText } from './labels.ts';
import { layout } from './layout.ts';
import { model, rangeText, type MaskFrame } from './model.ts';
import type { MaskParams } from './params.ts';
import { settingsOf } from './settings-of.ts';
import Side from './Side.svelte';
import View from './View.svelte';

const views = [
	{ id: 'causal', query: 'kind=causal&q=12' },
	{ id: 'bert', query: 'kind=bidirectional&q=12' },
	{ id: 'glm', query: 'kind=prefix-lm&q=12&prefix=5' },
	{ id: 'chatglm', query: 'kind=chatglm1&q=7&contextLength=4' },
	{ id: 'chatglm2', query: 'kind=chatglm2&q=7' },
	{ id: 'prefix-tuning', query: 'kind=prefix-tuning&q=8&virtualTokens=3' },
	{ id: 'mistral', query: 'kind=sliding-window&q=12&window=4' },
	{ id: 'mistral-4096', query: 'kind=sliding-window&q=4096&window=1024&layers=32&headDim=128&heads=32' },
	{ id: 'window-conventions', query: 'kind=sliding-window-inclusive&q=12&window=4' },
	{ id: 'streaming', query: 'kind=attention-sinks&q=16&sinks=2&window=4' },
	{ id: 'gemma-2', query: 'kind=sliding-window&q=16&window=3&layers=6&pattern=gemma2' },
	{ id: 'gemma-3', query: 'kind=sliding-window&q=24&window=3&layers=8&pattern=gemma3' },
	{ id: 'gemma-3-image', query: 'kind=image-bidirectional-sliding&window=3' },
	{ id: 'gpt-oss', query: 'kind=sliding-window&q=1024&window=128&layers=24&pattern=gpt-oss' },
	{ id: 'olmo-3', query: 'kind=sliding-window&q=16&window=3&layers=8&pattern=olmo3' },
	{ id: 'llama-4', query: 'kind=chunked&q=16&chunk=4&layers=4&pattern=llama4' },
	{ id: 'decode', query: 'kind=sliding-window&q=1&kv=12&window=4' },
	{ id: 'left-padding', query: 'kind=causal-padding&padding=0,0,1,1,1' },
	{ id: 'right-padding', query: 'kind=causal-padding&padding=1,1,1,0,0' },
	{ id: 'packed', query: 'kind=packed&docs=3,4,5' },
	{ id: 'packed-4096', query: 'kind=packed&docs=300,1200,96,700,1400,400' },
	{ id: 'grpo', query: 'kind=shared-prefix&docs=5,3,4,3' },
	{ id: 'tree', query: 'kind=tree&q=7&kv=11' },
	{ id: 'encoder-decoder', query: 'kind=cross-attention&q=6&kv=9&padding=1,1,1,1,1,1,1,0,0' },
	{ id: 'longformer', query: 'kind=longformer&q=16&window=4' },
	{ id: 'bigbird', query: 'kind=bigbird&q=24&blockSize=2&randomPairs=3:8,5:9,8:2' },
	{ id: 'strided', query: 'kind=sparse-strided&q=16&stride=4' },
	{ id: 'dilated', query: 'kind=dilated-sliding-window&q=16&window=4&dilation=2' },
	{ id: 'block-diffusion', query: 'kind=block-diffusion&q=16&blockSize=2' },
	{ id: 'alibi', query: 'kind=causal&q=12&alibi=1&heads=8&head=0&step=12' },
	{ id: 'compose', query: 'kind=sliding-window&q=12&window=3&or=prefix-lm&prefix=3' },
	{ id: 'live', query: 'kind=sliding-window&source=model&window=4' }
];

const MOST_TABLE = 512;

/** A line for each query: what it reads. */
function table(frame: MaskFrame, _p: MaskParams, _data: MaskData, text: MaskText, _locale: Locale): Table {
	const { mask } = frame;
	const { q, kv, qOffset, kvOffset } = mask.settings;
	const rows = Array.from({ length: Math.min(q, MOST_TABLE) }, (_, row) => {
		const runs = mask.row(row);
		return [qOffset + row, rangeText(runs, kvOffset), size(runs), kv <= 128 ? rowText(runs, kv) : ''];
	});
	const columns = [text.table.query, text.table.reads, text.table.count, text.table.mask];
	return q > MOST_TABLE ? { columns, rows, foot: text.table.foot({ n: q - MOST_TABLE }) } : { columns, rows };
}

function height(width: number, p: MaskParams): number {
	const { q, kv } = settingsOf(p);
	return layout(
		width,
		p.source === 'model' ? { q: 40, kv: 40, tokens: true, levels: p.layers + 1 } : { q, kv, tokens: false, levels: p.layers + 1 }
	).height;
}

export default defineExplainer({
	model,
	View,
	labels,
	formulas: {
		liveCells: tex`\lvert\{(q,k) : \mathrm{allow}(q,k)\}\rvert`,
		liveShare: tex`\frac{\text{live}}{q \cdot kv}`,
		kvKept: tex`\lvert\{k : \mathrm{allow}(q_{\text{last}},k)\}\rvert`,
		receptiveField: tex`\text{windows: } L\,(w-1)+1`,
		scoreFlops: tex`2\, d_{\text{head}} \cdot h \cdot \text{live}`,
		scoreBytes: tex`2 \cdot h \cdot q \cdot kv`,
		liveTiles: tex`\lvert\{\text{tiles with a live cell}\}\rvert`
	},
	views,
	controls: [
		{ key: 'size', params: ['q', 'kv'] },
		{ key: 'stack', params: ['layers', 'pattern'] },
		{ key: 'scores', params: ['alibi', 'heads', 'head', 'headDim'], more: true },
		{ key: 'cut', params: ['qOffset', 'kvOffset'], more: true }
	],
	recorded: () => NOTHING,
	asks: (p) => (p.source === 'model' ? shippedModel(p.model) : undefined),
	ask: (p, speaker) => ask(p, speaker),
	live: () => new LiveModel({ model: (p) => (p.source === 'model' ? p.model : undefined), key: questionKey, ask }),
	height,
	table,
	Above,
	Side,
	Below: Code,
	opening: 'kind=sliding-window&q=12',
	startAt: 'first',
	compare: true
});
