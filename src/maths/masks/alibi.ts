import { pow } from '../pow.ts';

/**
 * ALiBi's slope of each head, (heads). For a power of two 2^(-8 (h+1) / heads); otherwise those of the power of two below, then every
 * second one of the next power (Press et al. 2021, get_slopes; BLOOM and MPT agree).
 */
export function alibiSlopes(heads: number): readonly number[] {
	const below = 2 ** Math.floor(Math.log2(heads));
	const of = (n: number): readonly number[] => Array.from({ length: n }, (_, h) => pow(2, (-8 / n) * (h + 1)));
	const extra = of(2 * below).filter((_, h) => h % 2 === 0);
	return [...of(below), ...extra.slice(0, heads - below)];
}

/** What ALiBi adds to the score of a key `distance` positions before its query. Ahead of it (bidirectional masks) the distance counts too. */
export const alibiBias = (slope: number, distance: number): number => (distance === 0 ? 0 : -slope * Math.abs(distance));
