import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { alibiBias, alibiSlopes } from './alibi.ts';
import { masked, weights } from './weights.ts';
import { softmax } from '../softmax.ts';

interface Golden {
	id: string;
	kind: string;
	params: { num_heads: number; slope: number; n: number; scores: number[]; q: number };
	slopes: number[];
	log2: number[];
	bias: (number | null)[][];
	probs: number[];
}
const cases = JSON.parse(readFileSync(new URL('../../../tests/golden/alibi.json', import.meta.url), 'utf8')) as Golden[];

describe('ALiBi', () => {
	it.each(cases.filter(({ kind }) => kind === 'slopes'))('$id', ({ params, slopes, log2 }) => {
		const mine = alibiSlopes(params.num_heads);
		expect(mine).toHaveLength(params.num_heads);
		slopes.forEach((slope, h) => expect(mine[h]).toBeCloseTo(slope, 11));
		log2.forEach((exponent, h) => expect(Math.log2(mine[h]!)).toBeCloseTo(exponent, 11));
	});
	it('has a slope for any number of heads', () => {
		for (let heads = 1; heads <= 200; heads++) {
			const slopes = alibiSlopes(heads);
			expect(slopes).toHaveLength(heads);
			expect(new Set(slopes).size).toBe(heads);
			expect(slopes.every((m) => m > 0 && m < 1)).toBe(true);
		}
	});
	it('biases a row by its distance', () => {
		const { params, bias } = cases.find(({ kind }) => kind === 'bias_causal')!;
		bias.forEach((row, q) => row.forEach((b, k) => k <= q && expect(alibiBias(params.slope, q - k)).toBe(b)));
	});
	it('equals the shifted form of the implementations after softmax', () => {
		const { params, probs } = cases.find(({ kind }) => kind === 'softmax_row')!;
		const { scores, slope, q } = params;
		const mine = softmax(scores.map((x, k) => x + alibiBias(slope, q - k)));
		const theirs = softmax(scores.map((x, k) => x + slope * k));
		probs.forEach((p, k) => {
			expect(mine[k]).toBeCloseTo(p, 11);
			expect(theirs[k]).toBeCloseTo(p, 11);
		});
	});
});

describe('a row of attention', () => {
	it('shares equal scores equally, hides what is masked, and sums to 1', () => {
		expect([...weights([1, 3], 4, 2)]).toEqual([0, 0.5, 0.5, 0]);
		const row = weights([0, 4], 6, 3, 0.5);
		expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 15);
		expect(row[3]! / row[2]!).toBeCloseTo(Math.exp(0.5), 12);
		expect([...row.slice(4)]).toEqual([0, 0]);
	});
	it('is nothing where nothing may be read', () => {
		expect([...weights([], 3, 0)]).toEqual([0, 0, 0]);
		expect([...masked([1, 2, 3], [1, 2])]).toEqual([-Infinity, 2, -Infinity]);
	});
});
