import type { KvShape } from '#maths/kv/shape.ts';
import { sharing } from '#maths/kv/shape.ts';
import type { Frame, Model } from '#kit/model.ts';
import { resolve } from './config.ts';
import type { HeadData } from './data.ts';
import { facts } from './facts.ts';
import { chartFrames, type ChartScene } from './frames-chart.ts';
import { headFrames, ladderFrames, type HeadsScene } from './frames-heads.ts';
import { liveFrames, type LiveScene } from './frames-live.ts';
import { numberFrames, type NumbersScene } from './frames-numbers.ts';
import { params, type HeadParams } from './params.ts';

export type Scene = HeadsScene | NumbersScene | ChartScene | LiveScene;

export interface HeadFrame extends Frame {
	/** For each query head the KV head that it reads; with MLA all read latent 0. */
	readonly groups: readonly number[];
	readonly shape: KvShape;
	readonly scene: Scene;
}

function frames(p: HeadParams, data: HeadData): readonly HeadFrame[] {
	if (p.view === 'ladder') return ladderFrames(p);
	if (p.view === 'numbers') return numberFrames(p);
	if (p.view === 'chart') return chartFrames(p);
	return p.view === 'live' && data.attentions.length > 0 ? liveFrames(p, data) : headFrames(p);
}

/** The part of a scene that is data and not picture. */
function sceneJson(scene: Scene): unknown {
	if (scene.kind === 'heads') return { step: scene.step, slots: scene.slots, figures: scene.figures };
	if (scene.kind === 'live') {
		const { layer, model, prompt, origin, tokens, maps, within, between } = scene;
		return { layer, model, prompt, origin, tokens, attentions: maps, within, between };
	}
	if (scene.kind === 'chart') return { tokens: scene.tokens, models: scene.lines.map(({ names, shape }) => ({ names, shape })) };
	return {
		step: scene.step,
		matrices: scene.matrices.map(({ matrix, role }) => ({ id: matrix.id, role, values: matrix.values }))
	};
}

export const model: Model<typeof params, HeadFrame, HeadData> = {
	params,
	frames,
	facts: (p) => facts(p),
	check: (p) => resolve(p).problem,
	toJSON: ({ groups, shape, scene, caption }) => ({
		...{ kind: scene.kind, groups, attention: sharing(shape), shape, caption },
		...(sceneJson(scene) as Record<string, unknown>)
	})
};
