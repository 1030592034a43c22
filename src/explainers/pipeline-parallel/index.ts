import { defineExplainer } from '#kit/explainer.ts';
import { tex } from '#kit/text/tex.ts';
import { geometryOf } from './geometry.ts';
import { labels } from './labels.ts';
import { model } from './model.ts';
import Side from './Side.svelte';
import { storyOf } from './story.ts';
import { table } from './table.ts';
import View from './View.svelte';
import { views } from './views.ts';

export default defineExplainer({
	model,
	View,
	labels,
	formulas: {
		bubbleOverTotal: tex`\frac{p-1}{m+p-1}\ \text{for GPipe and 1F1B}`,
		bubbleOverIdeal: tex`\frac{p-1}{m}\ \text{for GPipe and 1F1B}`,
		peakActivations: tex`\min(p-r,\,m)\ \text{for 1F1B},\quad m\ \text{for GPipe}`,
		makespan: tex`m\,(t_F+t_I+t_W)+\text{bubble}`,
		formulaBubble: tex`(p-1)(t_F+t_B)\ \text{for GPipe and 1F1B},\quad (p-1)(t_F+t_I-t_W)\ \text{for ZB-H1}`,
		weightVersions: tex`p-s\ \text{for PipeDream}`,
		messages: tex`2m \times \text{stage boundaries between two devices}`
	},
	views,
	controls: [
		{ key: 'size', params: ['stages', 'microbatches'] },
		{ key: 'durations', params: ['tF', 'tI', 'tW', 'tComm', 'tFB'], more: true },
		{ key: 'looks', params: ['critical', 'reverse', 'span', 'tick'], more: true }
	],
	recorded: () => null,
	height: (width, p) => geometryOf(width, storyOf(p)).height,
	table,
	Side,
	startAt: 13,
	compare: true
});
