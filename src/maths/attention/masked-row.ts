import { softmax } from '../softmax.ts';

const FLOAT32_MIN = -3.4028234663852886e38;

/**
 * What a row gives when every key of it is masked. With -Infinity a plain softmax is 0/0; with the smallest float32 added, as
 * transformers' eager masks do, every score rounds to that same number and all keys share alike.
 */
export function fullyMaskedRow(scores: readonly number[], fill: 'neg-inf' | 'finfo-min'): number[] {
	if (fill === 'neg-inf') return scores.map(() => NaN);
	return [...softmax(scores.map((x) => Math.fround(Math.fround(x) + FLOAT32_MIN)))];
}
