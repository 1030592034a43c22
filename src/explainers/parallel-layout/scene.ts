/** All that the picture, the facts and the captions are made of; computed once for parameters. */
import { coordinate } from '#maths/parallel/rank-grid.ts';
import { crossesNodes, group, groups, groupSize, KINDS, nodesOf, type Kind, type Layout } from '#maths/parallel/layout.ts';
import { memoryOf } from '#maths/parallel/memory.ts';
import { planOf, type Plan } from '#maths/parallel/plan.ts';
import { suggest, type Suggestion } from '#maths/parallel/suggest.ts';
import { GROUP_OF, layerTraffic, TRAFFIC, type ByKind, type TrafficKind } from '#maths/parallel/traffic.ts';
import { MOST_GPUS, type LayoutParams } from './params.ts';
import { axesInUse, setupOf, type Setup } from './setup.ts';

/** A row of the traffic: one kind of exchange of the busiest GPU. */
export interface Exchange {
	readonly kind: TrafficKind;
	/** Kind of the groups in which it happens, ranks in each, how many there are and how many of them span nodes. */
	readonly group: Kind;
	readonly size: number;
	readonly count: number;
	readonly crossing: number;
	/** Of one layer and microbatch, where it happens in layers. */
	readonly layerBytes: number | undefined;
	readonly bytes: number;
	readonly crossBytes: number;
	readonly seconds: number;
}

export interface Scene {
	readonly params: LayoutParams;
	readonly setup: Setup;
	readonly plan: Plan;
	readonly exchanges: readonly Exchange[];
	readonly nodes: number;
	/** The GPU whose groups are shown. */
	readonly rank: number;
	readonly memoryBytes: number;
}

const known = new WeakMap<LayoutParams, Scene>();
const crossings = new WeakMap<Layout, Readonly<Record<Kind, number>>>();
const lists = new WeakMap<LayoutParams, readonly Suggestion[]>();

/** Groups of each kind that have members in more than one node. */
export function crossingGroups(layout: Layout): Readonly<Record<Kind, number>> {
	let counts = crossings.get(layout);
	if (counts === undefined) {
		counts = Object.fromEntries(
			KINDS.map((kind) => [
				kind,
				groupSize(layout, kind) === 1 ? 0 : groups(layout, kind).filter((ranks) => crossesNodes(layout, ranks)).length
			])
		) as Record<Kind, number>;
		crossings.set(layout, counts);
	}
	return counts;
}

function exchangesOf(plan: Plan): readonly Exchange[] {
	const { layout, job, busiest } = plan;
	const crossing = crossingGroups(layout);
	const perLayer: Partial<ByKind> = layerTraffic(job, layout, job.model.experts !== null);
	const bytes = plan.traffic[busiest]!;
	return TRAFFIC.flatMap((kind) => {
		const name = GROUP_OF[kind];
		const size = groupSize(layout, name);
		const ofExperts = kind === 'expert-tp' || kind === 'expert-dp';
		if (size < 2 || (ofExperts && job.model.experts === null)) return [];
		return {
			...{ kind, group: name, size, count: layout.world / size, crossing: crossing[name] },
			...{ layerBytes: perLayer[kind], bytes: bytes[kind], crossBytes: bytes[kind] * plan.cross[busiest]![kind] },
			seconds: plan.time.byKind[kind]
		};
	});
}

export function sceneOf(p: LayoutParams): Scene {
	let scene = known.get(p);
	if (scene === undefined) {
		const setup = setupOf(p);
		const plan = planOf(setup.job, setup.layout, setup.gpu, setup.rates);
		scene = {
			...{ params: p, setup, plan, exchanges: exchangesOf(plan), nodes: nodesOf(setup.layout) },
			...{ rank: Math.min(p.rank, setup.layout.world - 1), memoryBytes: memoryOf(plan.memory[plan.fullest]!) }
		};
		known.set(p, scene);
	}
	return scene;
}

/** Layouts near this one that fit. */
export function suggestionsOf(p: LayoutParams): readonly Suggestion[] {
	let list = lists.get(p);
	if (list === undefined) {
		const { job, layout, gpu, rates } = setupOf(p);
		lists.set(p, (list = suggest(job, layout, { gpu, rates, mostGpus: MOST_GPUS })));
	}
	return list;
}

/** The parameters that make a suggestion the figure's state. */
export function patchOf({ plan: { layout, job } }: Suggestion, p: LayoutParams): Partial<LayoutParams> {
	const { world, tp, cp, ep, dp, pp, etp } = layout;
	return {
		...{ world, tp, cp, ep, dp, pp, etp: etp === tp ? 0 : etp, microBatch: job.microBatch, recompute: job.recompute },
		...{ zero: String(job.zero) as LayoutParams['zero'], rank: Math.min(p.rank, world - 1) }
	};
}

/** "TP 8 · PP 2 · DP 4": the sizes that are more than one. */
export function sizesText(layout: Layout): string {
	const all = (['tp', 'cp', 'ep', 'pp', 'dp'] as const).filter((axis) => layout[axis] > 1);
	return all.length === 0 ? 'DP 1' : all.map((axis) => `${axis.toUpperCase()} ${layout[axis]}`).join(' · ');
}

/** "tp + 2·dp + 4·pp": how a rank follows from its place on each axis that has more than one. */
export function rankFormula(layout: Layout): string {
	const terms = axesInUse(layout).map((axis) => (layout.dense.strides[axis] === 1 ? axis : `${layout.dense.strides[axis]}·${axis}`));
	return terms.length === 0 ? '0' : terms.join(' + ');
}

/** "TP 1 · DP 0 · PP 2". */
export function place(layout: Layout, rank: number, join = ' · '): string {
	return axesInUse(layout)
		.map((axis) => `${axis.toUpperCase()} ${coordinate(layout.dense, rank, axis)}`)
		.join(join);
}

/** First and last layer of a rank's stage, and its routed experts: [first, last] of each, or undefined where it has none. */
export function holdings(
	{ plan }: Scene,
	rank: number
): { layers?: readonly [number, number]; experts?: readonly [number, number]; stage: number } {
	const { layout, job, stages } = plan;
	const stage = stages[coordinate(layout.dense, rank, 'pp')]!;
	const each = (job.model.experts?.total ?? 0) / layout.ep;
	const first = Math.floor(coordinate(layout.expert, rank, 'ep') * each);
	return {
		stage: stage.index,
		...(stage.layers > 0 ? { layers: [stage.first, stage.first + stage.layers - 1] as const } : {}),
		...(stage.moeLayers > 0 ? { experts: [first, Math.max(first, Math.ceil(first + each) - 1)] as const } : {})
	};
}

export const groupOfRank = (scene: Scene, kind: Kind, rank: number): readonly number[] => group(scene.plan.layout, kind, rank);
