import { log } from './log.ts';

/** H = -sum p ln p, nats; a probability of 0 adds nothing. */
export function entropy(probs: ArrayLike<number>): number {
	let h = 0;
	for (let i = 0; i < probs.length; i++) {
		const p = probs[i]!;
		if (p > 0) h -= p * log(p);
	}
	return h > 0 ? h : 0; // -0 and the rounding of a sure thing
}

/** H = -sum p log2 p, bits. */
export function entropyBits(probs: ArrayLike<number>): number {
	return entropy(probs) / Math.LN2;
}
