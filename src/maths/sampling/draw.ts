import { log } from '../log.ts';
import { uniform } from '../rng.ts';
import { COIN } from './coins.ts';
import { ranking } from './order.ts';
import type { Settings } from './settings.ts';

/** How a token was drawn. */
export interface Draw {
	readonly method: 'cdf' | 'gumbel';
	readonly id: number;
	/** Of the drawn token, in the final distribution. */
	readonly probability: number;
	/** The coin of the inverse CDF, in (0, 1), and the interval [low, high) of the drawn token on the unit line, which holds it. */
	readonly u?: number;
	readonly low?: number;
	readonly high?: number;
	/** Gumbel-max: (vocab) logit + noise, -Infinity where cut. */
	readonly scores?: Float64Array;
}

/**
 * Inverse CDF: lay the tokens along the unit line in DESCENDING order of probability, ties by id, and take the one over u in (0, 1).
 *
 * Never a token of probability 0, however u and the sum are rounded: the line ends with the last token that has some. `among`: ids in
 * nearly that order, for speed. RangeError when every probability is 0.
 */
export function drawCdf(
	probs: ArrayLike<number>,
	u: number,
	among?: readonly number[]
): { id: number; u: number; low: number; high: number } {
	const order = ranking(probs, among ?? Array.from({ length: probs.length }, (_, id) => id), 0);
	const last = order.at(-1);
	if (last === undefined) throw new RangeError('drawCdf: every probability is 0');
	let low = 0;
	for (const id of order) {
		const high = id === last ? 1 : Math.min(1, low + probs[id]!);
		if (u < high || id === last) return { id, u, low, high };
		low = high;
	}
	throw new RangeError('drawCdf: unreachable');
}

/** drawCdf for many coins: the same ids to the bit, but the unit line is laid out once and looked up. RangeError when every probability is 0. */
export function cdfLine(probs: ArrayLike<number>, among: readonly number[]): (u: number) => number {
	const order = ranking(probs, among, 0);
	const last = order.length - 1;
	if (last < 0) throw new RangeError('cdfLine: every probability is 0');
	const ends = new Float64Array(order.length);
	let end = 0;
	for (let i = 0; i <= last; i++) ends[i] = end = Math.min(1, end + probs[order[i]!]!);
	return (u) => {
		let low = 0;
		let high = last;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (u < ends[middle]!) high = middle;
			else low = middle + 1;
		}
		return order[low]!;
	};
}

/**
 * Gumbel-max: argmax of x_i - ln(-ln u_i), an exact draw from softmax(x) without any normalisation; ties go to the lowest id.
 * logits and uniforms, in (0, 1): (vocab). vLLM's argmax p_i / q_i with q_i exponential is the same rule.
 */
export function drawGumbel(logits: ArrayLike<number>, uniforms: ArrayLike<number>): { id: number; scores: Float64Array } {
	const scores = new Float64Array(logits.length).fill(-Infinity);
	let id = -1;
	for (let i = 0; i < logits.length; i++) {
		if (logits[i] === -Infinity) continue;
		scores[i] = logits[i]! - log(-log(uniforms[i]!));
		if (id < 0 || scores[i]! > scores[id]!) id = i;
	}
	if (id < 0) throw new RangeError('drawGumbel: every logit is -Infinity');
	return { id, scores };
}

/** Draws from the final logits (vocab) and their softmax with the coins of that seed and position. */
export function draw(logits: Float64Array, probs: Float64Array, position: number, s: Settings, among?: readonly number[]): Draw {
	if (s.draw === 'gumbel') {
		const coins = logits.map((x, id) => (x === -Infinity ? 0.5 : uniform(s.seed, position, COIN.gumbel + id)));
		const { id, scores } = drawGumbel(logits, coins);
		return { method: 'gumbel', id, probability: probs[id]!, scores };
	}
	const hit = drawCdf(probs, uniform(s.seed, position, COIN.draw), among);
	return { method: 'cdf', probability: probs[hit.id]!, ...hit };
}
