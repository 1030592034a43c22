import { defineExplainer, type Table } from '#kit/explainer.ts';
import { LiveModel } from '#kit/runtime/live-model.svelte.ts';
import { shippedModel } from '#kit/runtime/site-models.ts';
import { tex } from '#kit/text/tex.ts';
import Controls from './Controls.svelte';
import { labelOf } from './data.ts';
import { labels, type SamplingText } from './labels.ts';
import { model, type SamplingFrame } from './model.ts';
import type { SamplingParams } from './params.ts';
import { questionKey } from './question.ts';
import { recorded } from './recorded.ts';
import View from './View.svelte';
import Writer from './Writer.svelte';

/** The four settings with which the engines' orders leave 3, 2 and 1 survivors; the logits are the reference's base vector. */
const ENGINES = 'source=custom&temperature=2&topK=5&topP=0.72&minP=0.45';

const views = [
	{ id: 'opening', query: 'temperature=0.8&topP=0.9' },
	{ id: 'greedy', query: 'temperature=0' },
	{ id: 'hot', query: 'temperature=2' },
	{ id: 'top-k', query: 'topK=5' },
	{ id: 'min-p', query: 'temperature=1.5&minP=0.1' },
	{ id: 'typical', query: 'source=custom&typicalP=0.2' },
	{ id: 'xtc', query: 'xtcProbability=1&xtcThreshold=0.1' },
	{ id: 'gumbel', query: 'temperature=0.8&draw=gumbel' },
	{ id: 'draws', query: 'topK=8&draws=1000' },
	{ id: 'order-hf', query: ENGINES },
	{ id: 'order-vllm', query: `${ENGINES}&order=vllm` },
	{ id: 'order-llamacpp', query: `${ENGINES}&order=llamacpp` },
	{ id: 'ties', query: 'source=custom&logits=2,1,1,1,0&topK=2' },
	{ id: 'text', query: 'temperature=0.8&topP=0.9&mode=text' },
	{ id: 'beams', query: 'mode=beams&maxTokens=8' },
	{ id: 'tang', query: 'model=tang&prompt=白日依山尽，黄河&temperature=0.8&topP=0.95' }
];

/** Whatever has mass in the frame or had some at the start, most likely first. */
function table(frame: SamplingFrame, p: SamplingParams, data: unknown, text: SamplingText): Table {
	const raw = frame.chain.stages[0]!.probs;
	const ids = [...raw.keys()].filter((id) => raw[id]! > 0 || frame.probs[id]! > 0);
	const kept = ids.filter((id) => frame.probs[id]! > 0);
	const shown = (kept.length > 0 ? kept : ids).sort((a, b) => frame.probs[b]! - frame.probs[a]! || raw[b]! - raw[a]! || a - b);
	const { token, id, logit, raw: rawName, here } = text.table;
	return {
		columns: [token, id, logit, rawName, here],
		rows: shown.map((i) => [labelOf(frame.tokens, i), i, frame.chain.stages[0]!.logits[i]!, raw[i]!, frame.probs[i]!]),
		foot: text.table.foot({ n: raw.length - shown.length })
	};
}

export default defineExplainer({
	model,
	View,
	labels,
	formulas: {
		keptTokens: tex`\lvert\{i : p_i > 0\}\rvert`,
		keptMass: tex`\sum_{i \in K} p_i^{\text{before}}`,
		entropyBits: tex`H = -\sum_i p_i \log_2 p_i`,
		top1Probability: tex`\max_i p_i`,
		nucleusSize: tex`\min\Bigl\{n : \sum_{i=1}^{n} p_{(i)} \ge p\Bigr\}`,
		perplexity: tex`\exp\Bigl(-\tfrac1n \sum_t \ln p(x_t \mid x_{<t})\Bigr)`,
		bestScore: tex`\frac{\sum_t \ln p(x_t \mid x_{<t})}{n^{\alpha}}`
	},
	views,
	controls: [
		{ key: 'main', params: ['temperature', 'topP'] },
		{ key: 'drawing', params: ['mode', 'draw', 'seed', 'draws'] },
		{
			key: 'cutters',
			params: [
				'topK',
				'minP',
				'typicalP',
				'topNSigma',
				'topH',
				'epsilonCutoff',
				'etaCutoff',
				'tfs',
				'topA',
				'xtcProbability',
				'xtcThreshold'
			],
			more: true
		},
		{
			key: 'repetition',
			params: ['repetitionPenalty', 'presencePenalty', 'frequencyPenalty', 'noRepeatNgram', 'dryMultiplier', 'dryBase', 'dryAllowedLength'],
			more: true
		},
		{ key: 'mirostat', params: ['mirostat', 'mirostatTau', 'mirostatEta', 'mirostatMu'], more: true },
		{ key: 'search', params: ['maxTokens', 'beams', 'lengthPenalty', 'diversity', 'earlyStopping'], more: true },
		{ key: 'expert', params: ['source', 'logits', 'history', 'sigma', 'minTokensToKeep'], more: true }
	],
	recorded,
	asks: (p) => (p.source === 'custom' ? undefined : shippedModel(p.model)),
	ask: (p, speaker) => import('./ask.ts').then(({ ask }) => ask(p, speaker)),
	live: () =>
		new LiveModel({
			model: (p) => (p.source === 'custom' ? undefined : p.model),
			key: questionKey,
			ask: (p, speaker, signal) => import('./ask.ts').then(({ ask }) => ask(p, speaker, signal))
		}),
	height: (width, p) => (p.mode === 'beams' ? 380 : width < 520 ? 360 : 420),
	table,
	Above: Writer,
	Side: Controls,
	opening: 'temperature=0.8&topP=0.9',
	startAt: 'last',
	compare: true
});
