import { defineExplainer } from '#kit/explainer.ts';
import { tex } from '#kit/text/tex.ts';
import { labels } from './labels.ts';
import { model } from './model.ts';
import View from './View.svelte';

export default defineExplainer({
	model,
	View,
	labels,
	formulas: {
		total: tex`\sum_{i=1}^{n} i = \frac{n(n+1)}{2}`,
		mean: tex`\frac{n+1}{2}`
	},
	views: [
		{ id: 'small', query: 'n=3' },
		{ id: 'hundred', query: 'n=100&step=last' }
	],
	controls: [{ key: 'main', params: ['n'] }],
	recorded: () => undefined,
	height: (width) => Math.round(Math.min(360, width * 0.6)),
	table: (frame, _p, _data, text) => ({
		columns: [text.params.n, text.facts.total],
		rows: Array.from({ length: frame.columns }, (_, i) => [i + 1, ((i + 1) * (i + 2)) / 2])
	}),
	startAt: 'last',
	compare: true
});
