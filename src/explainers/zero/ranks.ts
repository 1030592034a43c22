/** Which ranks are drawn: at most four, of HSDP two of each of two groups. */
import type { Config } from './config.ts';

export interface DrawnRank {
	readonly rank: number;
	/** Which shard it holds, of how many, and the group that shares a copy. */
	readonly index: number;
	readonly group: number;
	/** The part of a drawn cell that stands for its shard, of `parts`. */
	readonly part: number;
}

const FEW = 4;

export function drawnRanks({ ranks, shard, replicas }: Config): readonly DrawnRank[] {
	const at = (group: number, index: number, part: number): DrawnRank => ({ rank: group * shard + index, index, group, part });
	// The first ranks and the last, so that the row ends where the world does.
	const some = (count: number): number[] =>
		shard <= count ? Array.from({ length: shard }, (_, i) => i) : [...Array.from({ length: count - 1 }, (_, i) => i), shard - 1];
	if (replicas === 1) return some(Math.min(FEW, ranks)).map((index, part) => at(0, index, part));
	if (shard === 1) {
		const groups = replicas <= FEW ? Array.from({ length: replicas }, (_, i) => i) : [0, 1, 2, replicas - 1];
		return groups.map((group) => at(group, 0, 0));
	}
	return [0, replicas - 1].flatMap((group) => some(2).map((index, part) => at(group, index, part)));
}

/** Parts that a drawn cell has. */
export const partsOf = (drawn: readonly DrawnRank[]): number => Math.max(...drawn.map((d) => d.part)) + 1;
