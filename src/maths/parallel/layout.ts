/** A parallel layout: the grid of ranks that everything but experts uses, and the grid that experts use, over the same GPUs. */
import { axesOf, type Axis } from './axes.ts';
import { coordinate, groupOf, groupsOf, rankGrid, type RankGrid } from './rank-grid.ts';

export interface Sizes {
	readonly tp: number;
	readonly cp: number;
	readonly dp: number;
	readonly pp: number;
	/** Experts are divided by `ep`; a single expert by `etp`. */
	readonly ep: number;
	readonly etp: number;
}
export interface Layout extends Sizes {
	readonly order: string;
	readonly world: number;
	readonly gpusPerNode: number;
	/** Replicas of an expert: world / (etp ep pp). */
	readonly edp: number;
	/** tp, cp, dp, pp; here ep is 1. */
	readonly dense: RankGrid;
	/** etp, ep, edp, pp; here cp is 1. */
	readonly expert: RankGrid;
}

/** Kinds of groups, as Megatron names them; those of the expert grid that have a namesake are told apart by "expert". */
export const KINDS = ['tp', 'cp', 'dp', 'pp', 'ep', 'expert-tp', 'expert-dp', 'dp-cp', 'tp-cp', 'tp-dp', 'tp-pp', 'tp-ep'] as const;
export type Kind = (typeof KINDS)[number];

const EXPERT: Readonly<Partial<Record<Kind, readonly Axis[]>>> = {
	ep: ['ep'],
	'expert-tp': ['tp'],
	'expert-dp': ['dp'],
	'tp-ep': ['tp', 'ep']
};

/**
 * The layout of sizes; its world is tp cp dp pp. The expert grid has cp = 1 because Megatron never lets ep and cp be larger than 1 in one
 * generator; etp ep pp must divide the world.
 */
export function layoutOf(sizes: Sizes, order: string, gpusPerNode: number): Layout {
	const { tp, cp, dp, pp, ep, etp } = sizes;
	const axes = axesOf(order);
	const dense = rankGrid(axes, { tp, cp, dp, pp, ep: 1 });
	const edp = dense.world / (etp * ep * pp);
	return { ...sizes, order, world: dense.world, gpusPerNode, edp, dense, expert: rankGrid(axes, { tp: etp, cp: 1, ep, dp: edp, pp }) };
}

const gridOf = (layout: Layout, kind: Kind): RankGrid => (kind in EXPERT ? layout.expert : layout.dense);
const axesOfKind = (kind: Kind): readonly Axis[] => EXPERT[kind] ?? (kind.split('-') as Axis[]);

/** Lists of groups that were asked for: pictures, traffic and facts of one layout ask for the same ones. */
const known = new WeakMap<Layout, Map<Kind, readonly (readonly number[])[]>>();

/** All groups of a kind, in Megatron's order. */
export function groups(layout: Layout, kind: Kind): readonly (readonly number[])[] {
	let lists = known.get(layout);
	if (lists === undefined) known.set(layout, (lists = new Map<Kind, readonly (readonly number[])[]>()));
	let list = lists.get(kind);
	if (list === undefined) lists.set(kind, (list = groupsOf(gridOf(layout, kind), axesOfKind(kind))));
	return list;
}

/** The group of a kind that a rank is in. */
export function group(layout: Layout, kind: Kind, rank: number): readonly number[] {
	return groupOf(gridOf(layout, kind), axesOfKind(kind), rank);
}

/** The place of a rank's group in the list of groups(), without making the list. */
export function groupIndex(layout: Layout, kind: Kind, rank: number): number {
	const grid = gridOf(layout, kind);
	const own = axesOfKind(kind);
	let index = 0;
	let step = 1;
	for (const axis of grid.axes) {
		if (own.includes(axis)) continue;
		index += step * coordinate(grid, rank, axis);
		step *= grid.sizes[axis];
	}
	return index;
}

/** Ranks in each group of a kind. */
export function groupSize(layout: Layout, kind: Kind): number {
	return axesOfKind(kind).reduce((size, axis) => size * gridOf(layout, kind).sizes[axis], 1);
}

/** Whether both grids cut the world into the same pipelines, which Megatron insists on. */
export function samePipelines({ dense, expert, pp }: Layout): boolean {
	if (pp === 1) return true;
	// Ranks of one stage must be the same in both: the stage is a digit of the rank in either grid.
	return dense.strides.pp === expert.strides.pp;
}

export const nodeOf = (layout: Layout, rank: number): number => Math.floor(rank / layout.gpusPerNode);
export const nodesOf = (layout: Layout): number => Math.ceil(layout.world / layout.gpusPerNode);

/** Whether members of a group sit in more than one node. */
export function crossesNodes(layout: Layout, ranks: readonly number[]): boolean {
	const node = nodeOf(layout, ranks[0] ?? 0);
	return ranks.some((rank) => nodeOf(layout, rank) !== node);
}
