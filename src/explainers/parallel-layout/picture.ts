/** Colours and marks of the picture, as numbers and names. */
import { coordinate } from '#maths/parallel/rank-grid.ts';
import { group, groupIndex, nodeOf, type Kind, type Layout } from '#maths/parallel/layout.ts';
import type { Axis } from '#maths/parallel/axes.ts';
import type { LayoutFrame } from './frames.ts';
import type { LayoutParams } from './params.ts';

export const HUES = 8;
export const hue = (index: number): string => `var(--hue-${index % HUES})`;
/** Every other round of the eight hues is paler. */
export const round = (index: number): number => Math.floor(index / HUES) % 2;

/** What a colour tells: a place on an axis, a node, or one of the groups that talk. */
export interface Colouring {
	readonly by: Axis | 'node' | 'group';
	readonly kind: Kind | undefined;
	readonly count: number;
	readonly of: (rank: number) => number;
}

export function colouring(frame: LayoutFrame, p: LayoutParams): Colouring {
	const { layout } = frame.scene.plan;
	const chosen = p.colour;
	if (chosen === 'auto' && frame.group !== undefined) {
		const kind = frame.group;
		return {
			by: 'group',
			kind,
			count: frame.scene.exchanges.find((one) => one.group === kind)?.count ?? 1,
			of: (rank) => groupIndex(layout, kind, rank)
		};
	}
	if (chosen === 'node') return { by: 'node', kind: undefined, count: frame.scene.nodes, of: (rank) => nodeOf(layout, rank) };
	const axis = chosen === 'auto' ? slowest(layout) : chosen;
	const grid = axis === 'ep' ? layout.expert : layout.dense;
	return { by: axis, kind: undefined, count: grid.sizes[axis], of: (rank) => coordinate(grid, rank, axis) };
}

/** Without an exchange to show, the picture is coloured by pipeline stage, or by the slowest axis that there is. */
function slowest(layout: Layout): Axis {
	if (layout.pp > 1) return 'pp';
	return [...layout.dense.axes].reverse().find((axis) => layout.dense.sizes[axis] > 1) ?? 'dp';
}

/** A message from one GPU to another. */
export interface Edge {
	readonly from: number;
	readonly to: number;
	readonly crossing: boolean;
}

/** More than this many are no longer a picture of who talks with whom. */
export const MOST_EDGES = 72;

/** Who sends to whom in the group of a rank: all pairs with it (experts), a chain (pipeline), or a ring in rank order. */
export function edgesOf(layout: Layout, kind: Kind, rank: number): readonly Edge[] {
	const ranks = group(layout, kind, rank);
	const n = ranks.length;
	if (n < 2 || n > MOST_EDGES) return [];
	const edge = (from: number, to: number): Edge => ({ from, to, crossing: nodeOf(layout, from) !== nodeOf(layout, to) });
	if (kind === 'ep') return ranks.filter((other) => other !== rank).map((other) => edge(rank, other));
	const along = ranks.slice(1).map((to, i) => edge(ranks[i]!, to));
	return kind === 'pp' || n === 2 ? along : [...along, edge(ranks[n - 1]!, ranks[0]!)];
}

/** A list of ranks that fits into so many characters: the first ones, then the last. */
export function listRanks(ranks: readonly number[], characters: number): string {
	const whole = `[${ranks.join(', ')}]`;
	if (whole.length <= characters) return whole;
	const last = String(ranks.at(-1));
	let text = `[${ranks[0]}`;
	for (const rank of ranks.slice(1)) {
		if (text.length + String(rank).length + last.length + 8 > characters) break;
		text += `, ${rank}`;
	}
	return `${text}, … ${last}]`;
}
