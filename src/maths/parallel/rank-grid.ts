/**
 * Ranks as a grid of mixed radix: rank = sum of coordinate * stride, where an axis' stride is the product of the sizes before it.
 * Source: NVIDIA/Megatron-LM:megatron/core/parallel_state.py, RankGenerator and generate_masked_orthogonal_rank_groups.
 */
import type { Axis } from './axes.ts';

export interface RankGrid {
	/** From the fastest to the slowest. */
	readonly axes: readonly Axis[];
	readonly sizes: Readonly<Record<Axis, number>>;
	readonly strides: Readonly<Record<Axis, number>>;
	/** The number of ranks: the product of the sizes. */
	readonly world: number;
}

export function rankGrid(axes: readonly Axis[], sizes: Readonly<Record<Axis, number>>): RankGrid {
	const strides = {} as Record<Axis, number>;
	let world = 1;
	for (const axis of axes) {
		strides[axis] = world;
		world *= sizes[axis];
	}
	return { axes, sizes, strides, world };
}

/** Where a rank stands on an axis, 0 .. size - 1. */
export function coordinate(grid: RankGrid, rank: number, axis: Axis): number {
	return Math.floor(rank / grid.strides[axis]) % grid.sizes[axis];
}

/** What the coordinates on some axes add to a rank, the first axis of the grid fastest. */
function offsets(grid: RankGrid, axes: readonly Axis[]): readonly number[] {
	let sums: number[] = [0];
	for (const axis of grid.axes) {
		if (!axes.includes(axis)) continue;
		const before = sums;
		sums = [];
		for (let i = 0; i < grid.sizes[axis]; i++) for (const sum of before) sums.push(sum + i * grid.strides[axis]);
	}
	return sums;
}

/**
 * The groups of ranks that agree on every axis but `axes`: a partition of 0 .. world - 1. Ranks ascend inside a group; groups are listed
 * with the first of the other axes fastest, as get_ranks does.
 */
export function groupsOf(grid: RankGrid, axes: readonly Axis[]): readonly (readonly number[])[] {
	const members = offsets(grid, axes);
	const others = grid.axes.filter((axis) => !axes.includes(axis));
	return offsets(grid, others).map((first) => members.map((offset) => first + offset));
}

/** The group of one rank, without making the others. */
export function groupOf(grid: RankGrid, axes: readonly Axis[], rank: number): readonly number[] {
	const first = axes.reduce((rest, axis) => rest - coordinate(grid, rank, axis) * grid.strides[axis], rank);
	return offsets(grid, axes).map((offset) => first + offset);
}
