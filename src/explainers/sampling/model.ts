import { ignored } from '#maths/sampling/settings.ts';
import type { Model, Problem } from '#kit/model.ts';
import { unread } from '#kit/runtime/site-models.ts';
import { beamFrames } from './beams.ts';
import type { SamplingData } from './data.ts';
import { facts } from './facts.ts';
import { stepFrames, textFrames, type SamplingFrame } from './frames.ts';
import { params, settingsOf } from './params.ts';

export type { SamplingFrame } from './frames.ts';

export const model: Model<typeof params, SamplingFrame, SamplingData> = {
	params,
	frames(p, data) {
		if (p.source === 'custom') return stepFrames(p, data);
		if (p.mode === 'beams' && data.beams !== undefined) return beamFrames(p, data);
		return p.mode === 'text' ? textFrames(p, data) : stepFrames(p, data);
	},
	facts,
	check(p): Problem | undefined {
		if (p.source === 'custom' && p.mode !== 'step') return { key: 'customMode', values: {}, fix: { mode: 'step' } };
		const fix = p.source === 'model' ? unread(p.model, p.prompt) : undefined;
		if (fix) return { key: 'unread', values: { model: p.model }, fix };
		const unused = p.order.includes(',') ? ignored(settingsOf(p)) : [];
		if (unused.length === 0) return undefined;
		return { key: 'notInOrder', values: { names: unused.join(', ') }, fix: { order: [p.order, ...unused].join(',') } };
	},
	toJSON({ processor, probs, kept, stage, chain, id, position, caption, counts, tree }) {
		const { method, u, low, high, probability } = chain.draw;
		return {
			processor,
			probs: [...probs],
			kept,
			info: stage.info,
			caption,
			...(processor === 'draw' || processor === 'token'
				? { draw: { method, id: chain.draw.id, u, low, high, probability }, id, position }
				: {}),
			...(processor === 'draw' && counts !== undefined ? { counts: [...counts] } : {}),
			...(tree === undefined ? {} : { beams: tree.results })
		};
	}
};
