/** What beam search knows: the whole tree of candidates that it looked at, and who is where. */
import type { BeamOptions } from './options.ts';

/**
 * Why a candidate goes no further:
 * - outscored: not among the best `beams` unfinished ones of its step;
 * - late: it ends, but behind the first `beams` candidates of its step (such are only spares, and never enter the results);
 * - beaten: it ends, but the results are full of better ones;
 * - displaced: it was a result until better ones ended;
 * - stopped: it was running when the search stopped.
 */
export type PrunedWhy = 'outscored' | 'late' | 'beaten' | 'displaced' | 'stopped';

export interface BeamNode {
	readonly id: number;
	/** Id of the parent node; -1: the prompt. */
	readonly parent: number;
	/** Which group of beams; 0 without diversity. */
	readonly group: number;
	/** Tokens generated up to and with this one, 1 for the first. */
	readonly step: number;
	/** Place among the candidates of its group and step, 0 for the best. */
	readonly rank: number;
	readonly token: number;
	/** Of this token, before any diversity penalty. */
	readonly logProb: number;
	/** What Hamming diversity took off at this token. */
	readonly penalty: number;
	/** Sum of logProb along the path. */
	readonly sumLogProb: number;
	/** What candidates are ranked by: sum of logProb - penalty along the path. */
	readonly total: number;
	/** Final score, total / step ^ lengthPenalty: of what ends here. */
	readonly score: number;
	/** running: a leaf to extend; expanded: it has children; finished: a result; pruned: see why. */
	readonly status: 'running' | 'expanded' | 'finished' | 'pruned';
	readonly why?: PrunedWhy;
	/** It ends: by an end token or, `length`, at the greatest length. */
	readonly ends?: 'eos' | 'length';
}

export interface BeamGroup {
	/** Node ids, best first; -1 is the prompt. */
	readonly running: readonly number[];
	/** Node ids, best first; at most the group's width. */
	readonly finished: readonly number[];
	readonly done: boolean;
}

export interface BeamState {
	readonly prompt: readonly number[];
	readonly options: BeamOptions;
	readonly step: number;
	/** Every candidate ever looked at; node.id is its index. */
	readonly nodes: readonly BeamNode[];
	readonly groups: readonly BeamGroup[];
}

/** The tokens from the prompt to a node, without the prompt. */
export function pathOf(state: BeamState, node: number): number[] {
	const path: number[] = [];
	for (let at = state.nodes[node]; at !== undefined; at = state.nodes[at.parent]) path.push(at.token);
	return path.reverse();
}
