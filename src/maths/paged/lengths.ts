import { exp } from '#maths/exp.ts';
import { log } from '#maths/log.ts';
import { normalQuantile } from '#maths/paged/normal.ts';

/** A log-normal length in tokens: ln X ~ N(ln mean - sigma^2 / 2, sigma^2), so that E[X] = mean before rounding and cutting. */
export interface LengthLaw {
	readonly mean: number;
	readonly sigma: number;
}

/**
 * Means of the two data sets as tokenised in the PagedAttention paper (Fig. 11): ShareGPT 161.31 in, 337.99 out; Alpaca 19.31 in, 58.45 out.
 * The log-normal shape and its sigma are a choice of this figure (long tails, as in the paper's histograms), not a fit.
 */
export const LENGTHS = {
	sharegpt: { prompt: { mean: 161.31, sigma: 1 }, output: { mean: 337.99, sigma: 0.8 } },
	alpaca: { prompt: { mean: 19.31, sigma: 0.6 }, output: { mean: 58.45, sigma: 1 } }
} as const satisfies Readonly<Record<string, { readonly prompt: LengthLaw; readonly output: LengthLaw }>>;
export type LengthsName = keyof typeof LENGTHS;

/** A length for a uniform u in (0, 1): the law's quantile, rounded, within 1 .. most. */
export function drawLength({ mean, sigma }: LengthLaw, u: number, most: number): number {
	const x = exp(log(mean) - (sigma * sigma) / 2 + sigma * normalQuantile(u));
	return Math.min(most, Math.max(1, Math.round(x)));
}
