/** The steps: the ranks, each exchange of a training step where it happens first, what a GPU remembers, and the step as a whole. */
import type { Caption, Frame } from '#kit/model.ts';
import { causalWork, contiguousChunks, imbalance } from '#maths/parallel/context-parallel.ts';
import type { Kind } from '#maths/parallel/layout.ts';
import { MEMORY } from '#maths/parallel/memory.ts';
import { bubbleOverTotal } from '#maths/parallel/time.ts';
import { sumOf, tensorPasses, type TrafficKind } from '#maths/parallel/traffic.ts';
import type { LayoutParams } from './params.ts';
import { holdings, rankFormula, sceneOf, type Exchange, type Scene } from './scene.ts';

export type StepKind = 'ranks' | TrafficKind | 'memory' | 'step';

export interface LayoutFrame extends Frame {
	readonly kind: StepKind;
	readonly scene: Scene;
	/** Groups that talk in this step. */
	readonly group: Kind | undefined;
}

/** Exchanges in the order in which a step comes to them; those of an expert's own replicas come with the gradients. */
const ORDER: readonly TrafficKind[] = ['tp', 'cp', 'ep', 'expert-tp', 'pp', 'dp', 'expert-dp'];

function ranks(scene: Scene): Caption {
	const { layout, stages } = scene.plan;
	const { world, gpusPerNode, order } = layout;
	const values = { world, nodes: scene.nodes, gpusPerNode: Math.min(gpusPerNode, world), order, formula: rankFormula(layout) };
	return { key: 'ranks', values: { ...values, stages: stages.length } };
}

function exchange(scene: Scene, one: Exchange): Caption {
	const { layout, job, parts, stages, busiest, microbatches } = scene.plan;
	const { kind, size, count, crossing } = one;
	const base = { size, count, crossing, bytes: one.bytes, layer: one.layerBytes ?? 0, cross: one.crossBytes, m: microbatches };
	const own = holdings(scene, scene.rank);
	const key = kind === 'tp' && job.sequenceParallel ? 'tp.sp' : kind === 'dp' || kind === 'expert-dp' ? `${kind}.${job.zero}` : kind;
	return {
		key,
		values: {
			...base,
			zero: job.zero,
			experts: job.model.experts?.total ?? 0,
			perToken: job.model.experts?.perToken ?? 0,
			each: (job.model.experts?.total ?? 0) / layout.ep,
			edp: layout.edp,
			dp: layout.dp,
			cp: layout.cp,
			ep: layout.ep,
			layers: Math.max(...stages.map(({ layers }) => layers)),
			bubble: bubbleOverTotal(job, layout),
			// The busiest of contiguous pieces has almost twice the mean.
			uneven: imbalance(causalWork(contiguousChunks(layout.cp))),
			parameters: kind === 'expert-dp' ? stages[busiest]!.expertParameters : stages[busiest]!.denseParameters,
			total: parts.total,
			stage: own.stage,
			...tensorPasses(job)
		}
	};
}

function memory(scene: Scene): Caption {
	const { plan, memoryBytes } = scene;
	const fullest = plan.memory[plan.fullest]!;
	const biggest = MEMORY.reduce<(typeof MEMORY)[number]>((best, part) => (fullest[part] > fullest[best] ? part : best), 'parameters');
	const values = {
		bytes: memoryBytes,
		capacity: plan.gpu.memoryBytes,
		gpu: plan.gpu.name,
		stage: plan.fullest,
		stages: plan.stages.length,
		dual: plan.job.schedule === 'dualpipe' ? 1 : 0
	};
	return { key: plan.fits ? 'memory' : 'memory.over', values: { ...values, biggest, part: fullest[biggest] } };
}

function step(scene: Scene): Caption {
	const { plan } = scene;
	const { time, traffic, busiest, cross } = plan;
	const bytes = traffic[busiest]!;
	const all = sumOf(bytes);
	const out = Object.entries(bytes).reduce((sum, [kind, b]) => sum + b * cross[busiest]![kind as TrafficKind], 0);
	const { inNode, crossNode } = scene.setup.rates;
	const values = { seconds: time.total, compute: time.compute / time.total, bubble: time.bubble / time.total, slower: inNode / crossNode };
	return {
		key: 'step',
		values: { ...values, bytes: all, cross: all === 0 ? 0 : out / all, rest: 1 - (time.compute + time.bubble) / time.total }
	};
}

const known = new WeakMap<LayoutParams, readonly LayoutFrame[]>();

export function framesOf(p: LayoutParams): readonly LayoutFrame[] {
	let frames = known.get(p);
	if (frames === undefined) {
		const scene = sceneOf(p);
		const frame = (kind: StepKind, caption: Caption, group?: Kind): LayoutFrame => ({ kind, scene, caption, group, mark: { key: kind } });
		const exchanges = ORDER.flatMap((kind) => scene.exchanges.filter((one) => one.kind === kind));
		frames = [
			frame('ranks', ranks(scene)),
			...exchanges.map((one) => frame(one.kind, exchange(scene, one), one.group)),
			frame('memory', memory(scene)),
			frame('step', step(scene))
		];
		known.set(p, frames);
	}
	return frames;
}
