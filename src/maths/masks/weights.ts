import { softmax } from '../softmax.ts';
import { alibiBias } from './alibi.ts';
import type { Runs } from './runs.ts';

/** A row of scores with a mask: -Infinity where nothing may be read. scores: (kv), runs: key columns. */
export function masked(scores: ArrayLike<number>, runs: Runs): Float64Array {
	const out = new Float64Array(scores.length).fill(-Infinity);
	for (let i = 0; i < runs.length; i += 2) for (let c = runs[i]!; c < runs[i + 1]!; c++) out[c] = scores[c]!;
	return out;
}

/**
 * The attention that a mask leaves one query when all scores are equal, with ALiBi's bias where a slope is given: (kv), summing to 1, or
 * all 0 in a row where nothing may be read. `own` is the query's column, counted from 0 (it may lie outside).
 */
export function weights(runs: Runs, kv: number, own: number, slope = 0): Float64Array {
	return softmax(
		masked(
			Float64Array.from({ length: kv }, (_, c) => alibiBias(slope, own - c)),
			runs
		)
	);
}
