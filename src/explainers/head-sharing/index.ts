import { defineExplainer } from '#kit/explainer.ts';
import { LiveModel } from '#kit/runtime/live-model.svelte.ts';
import { shippedModel } from '#kit/runtime/site-models.ts';
import { tex } from '#kit/text/tex.ts';
import Above from './Above.svelte';
import { heightOf } from './height.ts';
import { labels } from './labels.ts';
import { model } from './model.ts';
import { questionKey } from './question.ts';
import { recorded } from './recorded.ts';
import Side from './Side.svelte';
import { tableOf } from './table.ts';
import View from './View.svelte';

const views = [
	{ id: 'llama-3-8b', query: 'model=llama-3-8b' },
	{ id: 'llama-2-7b', query: 'model=llama-2-7b' },
	{ id: 'deepseek-v3', query: 'model=deepseek-v3-671b&gpu=h200-sxm&tp=8&weightBits=8' },
	{ id: 'ladder', query: 'view=ladder' },
	{ id: 'ladder-deepseek', query: 'view=ladder&model=deepseek-v3-671b' },
	{ id: 'tile', query: 'step=3' },
	{ id: 'llama-3-mqa', query: 'kvHeads=1' },
	{ id: 'numbers', query: 'view=numbers&attention=mla' },
	{ id: 'absorb', query: 'view=numbers&attention=mla&step=8' },
	{ id: 'numbers-gqa', query: 'view=numbers' },
	{ id: 'chart', query: 'view=chart&step=3' },
	{ id: 'chart-windows', query: 'view=chart&model=gemma-3-27b&filter=window&step=5' },
	{ id: 'chart-mla', query: 'view=chart&model=deepseek-v3-671b&filter=mla,mha&step=5' },
	{ id: 'gemma-3-1b', query: 'model=gemma-3-1b&seq=32768' },
	{ id: 'mistral', query: 'model=mistral-7b-v0.1&seq=32768' },
	{ id: 'tp-copies', query: 'model=llama-3-70b&tp=16' },
	{ id: 'tp-mla', query: 'model=deepseek-v2-236b&tp=8&weightBits=8&step=1' },
	{ id: 'fp8', query: 'kvBits=8&seq=131072' },
	{ id: 'live', query: 'view=live' }
];

export default defineExplainer({
	model,
	View,
	labels,
	formulas: {
		kvBytesPerToken: tex`L \cdot \begin{cases} 2\,G\,d \\ d_c + d_R \end{cases} \cdot \tfrac{\text{bits}}{8}`,
		savingVsMha: tex`\frac{2\,H\,d}{2\,G\,d}\ \text{or}\ \frac{2\,H\,d}{d_c + d_R}`,
		kvBytesPerSequence: tex`\sum_{\ell} \min(T, w_\ell) \cdot \frac{\text{bytes}}{\text{token, layer}}`,
		kvBytesTotal: tex`B \cdot \text{bytes per sequence}`,
		maxSequences: tex`\Bigl\lfloor \frac{M - W/t}{\text{bytes per sequence and GPU}} \Bigr\rfloor`,
		decodeFloorMs: tex`\frac{W/t + B \cdot \text{KV}}{\text{bandwidth}}`,
		decodeIntensity: tex`\frac{4\,H\,d}{2\,G\,d \cdot b}\ \text{or}\ \frac{2\,H\,(2 d_c + d_R)}{(d_c + d_R) \cdot b}`,
		attentionParameters: tex`\sum_W \text{in} \cdot \text{out}`,
		kvCopies: tex`\frac{t \cdot \max(1, G/t)}{G}\ \text{or}\ t`
	},
	views,
	controls: [
		{ key: 'memory', params: ['seq', 'batch', 'tp', 'kvBits'] },
		{
			key: 'shape',
			params: ['heads', 'headDim', 'hidden', 'layers', 'window', 'localLayers', 'kvLoraRank', 'ropeHeadDim', 'weightBits'],
			more: true
		}
	],
	recorded,
	asks: (p) => (p.view === 'live' ? shippedModel(p.pageModel) : undefined),
	ask: (p, speaker) => import('./ask.ts').then(({ ask }) => ask(p, speaker)),
	live: () =>
		new LiveModel({
			model: (p) => (p.view === 'live' ? p.pageModel : undefined),
			key: questionKey,
			ask: (p, speaker, signal) => import('./ask.ts').then(({ ask }) => ask(p, speaker, signal))
		}),
	height: heightOf,
	table: (frame, _p, _data, text) => tableOf(frame, text),
	Above,
	Side,
	startAt: 'first',
	compare: true
});
