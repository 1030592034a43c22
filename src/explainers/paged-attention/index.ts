import { defineExplainer, type Table } from '#kit/explainer.ts';
import { LiveModel } from '#kit/runtime/live-model.svelte.ts';
import { shippedModel } from '#kit/runtime/site-models.ts';
import { tex } from '#kit/text/tex.ts';
import { labels, type PagedText } from './labels.ts';
import { geometryOf } from './layout.ts';
import { model, type PagedFrame } from './model.ts';
import { isWritten } from './params.ts';
import Prompts from './Prompts.svelte';
import { questionKey } from './question.ts';
import { recorded } from './recorded.ts';
import View from './View.svelte';

const OPENING = 'scene=several&source=model';

const views = [
	{ id: 'opening', query: OPENING },
	{ id: 'fig6', query: 'scene=paper-fig6' },
	{ id: 'fig8', query: 'scene=paper-fig8' },
	{ id: 'fig9', query: 'scene=paper-fig9' },
	{ id: 'parallel', query: 'scene=parallel&source=model&samples=3' },
	{ id: 'beam', query: 'scene=beam&source=model&samples=4' },
	{ id: 'prefix', query: 'scene=prefix&requests=5+6,3+8,6+4,4+5' },
	{ id: 'multiturn', query: 'scene=multiturn&requests=6+7&blocks=16' },
	{ id: 'recompute', query: 'scene=custom&requests=7+12,6+14,9+8&blocks=9&prefixCaching=0' },
	{ id: 'swap', query: 'scene=custom&requests=7+12,6+14,9+8&blocks=9&prefixCaching=0&preemption=swap' },
	{ id: 'reservation', query: 'scene=several&policy=contiguous-max&versus=paged' },
	{ id: 'pow2', query: 'scene=custom&requests=7+9,5+14,11+6,9+5&policy=contiguous-pow2&versus=paged&blocks=24' },
	{ id: 'static', query: 'scene=custom&requests=3+3,3+8,3+2,3+5,3+4,3+6&maxBatch=2&batching=static' },
	{ id: 'continuous', query: 'scene=custom&requests=3+3,3+8,3+2,3+5,3+4,3+6&maxBatch=2' },
	{ id: 'chunked', query: 'scene=custom&requests=2+10,2+10,30+3&tokenBudget=6' },
	{ id: 'sharegpt', query: 'scene=workload&blockSize=16&count=200' },
	{ id: 'alpaca', query: 'scene=workload&blockSize=16&lengths=alpaca&count=400' },
	{ id: 'thousands', query: 'scene=workload&blockSize=16&blocks=10000&count=2000&rate=2' }
];

/** Every block in use with who holds it; for large memories the sequences. */
function table(frame: PagedFrame, _p: unknown, _data: unknown, text: PagedText): Table {
	const { run } = frame.story;
	const { places, refs } = frame.snapshot;
	const { sequence, logical, block, filled, references } = text.table;
	return {
		columns: [sequence, logical, block, filled, references],
		rows: places.flatMap((place) => place.table.map(([id, n], i) => [run.sequences[place.sequence]!.name, i, id, n, refs[id] ?? 0])),
		foot: text.table.foot({ free: frame.snapshot.free.length })
	};
}

export default defineExplainer({
	model,
	View,
	labels,
	formulas: {
		utilisation: tex`\frac{\text{used}}{\text{used}+\text{reserved}+\text{internal}+\text{external}}`,
		internalFragmentation: tex`\lceil n/B\rceil B-n < B \text{ per sequence}`,
		blocksSaved: tex`\sum_s \lvert\text{table}_s\rvert - \lvert\{b:\text{ref}(b)>0\}\rvert`,
		batchUse: tex`\frac{\text{tokens drawn}}{\text{iterations}\times\text{rows}}`,
		throughput: tex`\frac{\text{tokens drawn}}{\text{iterations}}`
	},
	views,
	controls: [
		{ key: 'main', params: ['scene', 'policy', 'versus'] },
		{ key: 'size', params: ['blockSize', 'blocks', 'samples'] },
		{ key: 'requestsGroup', params: ['source', 'requests', 'write', 'prefix', 'turns', 'maxLen'], more: true },
		{ key: 'scheduler', params: ['batching', 'maxBatch', 'tokenBudget', 'preemption', 'prefixCaching'], more: true },
		{ key: 'random', params: ['lengths', 'count', 'rate', 'seed'], more: true },
		{ key: 'steps', params: ['grain'], more: true }
	],
	recorded,
	asks: (p) => (isWritten(p) ? shippedModel(p.model) : undefined),
	ask: (p, speaker) => import('./ask.ts').then(({ ask }) => ask(p, speaker)),
	live: () =>
		new LiveModel({
			model: (p) => (isWritten(p) ? p.model : undefined),
			key: questionKey,
			ask: (p, speaker, signal) => import('./ask.ts').then(({ ask }) => ask(p, speaker, signal))
		}),
	height: (width, p) => geometryOf(width, p).height,
	table,
	Above: Prompts,
	opening: OPENING,
	startAt: 12,
	compare: true
});
