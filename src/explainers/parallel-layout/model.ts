/** The figure without its picture. */
import type { Model, Problem } from '#kit/model.ts';
import { group } from '#maths/parallel/layout.ts';
import { factsOf } from './facts.ts';
import { framesOf, type LayoutFrame } from './frames.ts';
import { params, type LayoutParams } from './params.ts';
import { patchOf, place, sceneOf, sizesText, suggestionsOf } from './scene.ts';
import { setupOf } from './setup.ts';

export type { LayoutFrame } from './frames.ts';

/** First what cannot be laid out or trained, then what does not fit, with the nearest layout that does. */
function check(p: LayoutParams): Problem | undefined {
	const { problem } = setupOf(p);
	if (problem !== undefined) return problem;
	const { plan, memoryBytes } = sceneOf(p);
	if (plan.fits) return undefined;
	const values = {
		name: plan.job.model.name,
		bytes: memoryBytes,
		gpu: plan.gpu.name,
		capacity: plan.gpu.memoryBytes,
		stage: plan.fullest,
		stages: plan.stages.length
	};
	const [best] = suggestionsOf(p);
	if (best === undefined) return { key: 'noRoom', values, fix: { model: 'llama-3-8b' } };
	const { layout, job } = best.plan;
	const told = { sizes: sizesText(layout), world: layout.world, zero: job.zero, recompute: job.recompute };
	return { key: 'tooFull', values: { ...values, ...told }, fix: patchOf(best, p) };
}

function toJSON({ kind, scene, group: name }: LayoutFrame): unknown {
	const { plan, exchanges, rank } = scene;
	return {
		...{ kind, rank, place: place(plan.layout, rank) },
		...(name === undefined ? {} : { groupKind: name, group: group(plan.layout, name, rank) }),
		exchanges: exchanges.map(({ kind: of, size, count, crossing, layerBytes, bytes, crossBytes, seconds }) => ({
			...{ kind: of, groupSize: size, groups: count, crossNodeGroups: crossing, bytesPerLayer: layerBytes ?? null, bytesPerStep: bytes },
			...{ crossNodeBytes: crossBytes, seconds }
		})),
		stages: plan.stages.map((stage, i) => ({ ...stage, memory: plan.memory[i], bytesPerStep: plan.traffic[i] }))
	};
}

export const model: Model<typeof params, LayoutFrame> = {
	params,
	frames: (p) => framesOf(p),
	facts: (p) => factsOf(p),
	check,
	toJSON
};
