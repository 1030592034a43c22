/** Which part of each kind of traffic leaves its node. Rings run through a group in rank order and back to its first member. */
import { coordinate } from './rank-grid.ts';
import { group, groups, groupSize, nodeOf, type Layout } from './layout.ts';
import { GROUP_OF, TRAFFIC, type ByKind, type TrafficKind } from './traffic.ts';

/** Share of the links of a group that join two nodes: of a ring's n links, of an all-to-all's n (n - 1) pairs. */
export function crossingShare(layout: Layout, ranks: readonly number[], pattern: 'ring' | 'pairs'): number {
	const n = ranks.length;
	if (n < 2) return 0;
	if (pattern === 'ring') {
		const crossing = ranks.filter((rank, i) => nodeOf(layout, rank) !== nodeOf(layout, ranks[(i + 1) % n]!)).length;
		return crossing / n;
	}
	const perNode = new Map<number, number>();
	for (const rank of ranks) perNode.set(nodeOf(layout, rank), (perNode.get(nodeOf(layout, rank)) ?? 0) + 1);
	let within = 0;
	for (const count of perNode.values()) within += count * (count - 1);
	return 1 - within / (n * (n - 1));
}

const patternOf = (kind: TrafficKind): 'ring' | 'pairs' => (kind === 'ep' ? 'pairs' : 'ring');

/** Share of a stage's messages to its neighbours that leave the node; `forward` and `backward` messages for each microbatch. */
function pipelineShare(
	layout: Layout,
	stage: number,
	sends: { forward: number; backward: number },
	chains: readonly (readonly number[])[]
): number {
	const { pp } = layout;
	const all = sends.forward + sends.backward;
	if (all === 0) return 0;
	let crossing = 0;
	for (const chain of chains) {
		const here = nodeOf(layout, chain[stage]!);
		if (nodeOf(layout, chain[(stage + 1) % pp]!) !== here) crossing += sends.forward;
		if (nodeOf(layout, chain[(stage + pp - 1) % pp]!) !== here) crossing += sends.backward;
	}
	return crossing / (all * chains.length);
}

/**
 * For each stage the share of its traffic of each kind that leaves the node. `exact` looks at every group; otherwise those of rank 0
 * stand for all, which is so wherever groups and nodes are aligned.
 */
export function crossShares(
	layout: Layout,
	sends: (stage: number) => { forward: number; backward: number },
	exact = true
): readonly ByKind[] {
	const { pp } = layout;
	const stages = Array.from({ length: pp }, () => Object.fromEntries(TRAFFIC.map((kind) => [kind, 0])) as Record<TrafficKind, number>);
	for (const kind of TRAFFIC) {
		const name = GROUP_OF[kind];
		if (groupSize(layout, name) < 2) continue;
		if (kind === 'pp') {
			const chains = exact ? groups(layout, 'pp') : [group(layout, 'pp', 0)];
			stages.forEach((shares, stage) => (shares.pp = pipelineShare(layout, stage, sends(stage), chains)));
			continue;
		}
		if (!exact) {
			const share = crossingShare(layout, group(layout, name, 0), patternOf(kind));
			for (const shares of stages) shares[kind] = share;
			continue;
		}
		const counts = new Float64Array(pp);
		for (const ranks of groups(layout, name)) {
			const stage = coordinate(layout.dense, ranks[0]!, 'pp');
			stages[stage]![kind] += crossingShare(layout, ranks, patternOf(kind));
			counts[stage] = counts[stage]! + 1;
		}
		stages.forEach((shares, stage) => (shares[kind] /= counts[stage] || 1));
	}
	return stages;
}
