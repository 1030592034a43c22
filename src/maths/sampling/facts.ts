import { exp } from '../exp.ts';
import { log2 } from '../log2.ts';
import { byProbability } from './order.ts';
import { SLACK } from './processor.ts';

/** The least number of tokens that hold mass p; 1 for p <= 0. probs: (vocab), summing to 1; `order` if it is known, as byProbability gives it. */
export function nucleusSize(probs: ArrayLike<number>, p: number, order: readonly number[] = byProbability(probs)): number {
	let mass = 0;
	let n = 0;
	for (const id of order) {
		if (n > 0 && mass >= p - SLACK) break;
		mass += probs[id]!;
		n++;
	}
	return n;
}

/** How many tokens stand before it in descending order, ties by id: 0 for the most likely. */
export function rankOf(probs: ArrayLike<number>, id: number): number {
	const p = probs[id]!;
	let rank = 0;
	for (let i = 0; i < probs.length; i++) if (probs[i]! > p || (probs[i] === p && i < id)) rank++;
	return rank;
}

/** -log2 p, bits: Infinity for what could not be. */
export function surpriseBits(p: number): number {
	return Math.max(0, -log2(p));
}

/** e^(-mean ln p) of a text's tokens; NaN for an empty text. */
export function perplexity(logProbs: readonly number[]): number {
	return exp(-logProbs.reduce((sum, x) => sum + x, 0) / logProbs.length);
}
