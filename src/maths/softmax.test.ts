import { describe, expect, it } from 'vitest';
import { entropy, entropyBits } from './entropy.ts';
import { stream } from './rng.ts';
import { logSoftmax, softmax } from './softmax.ts';

describe('softmax', () => {
	it('gives exactly 0 for -Infinity and sums to 1', () => {
		const p = softmax([1, -Infinity, 3]);
		expect(p[1]).toBe(0);
		expect(p[0]! + p[2]!).toBeCloseTo(1, 15);
		expect(p[2]! / p[0]!).toBeCloseTo(Math.E ** 2, 12);
	});

	it('gives nothing but 0 when everything is cut, and nothing at all for nothing', () => {
		expect([...softmax([-Infinity, -Infinity])]).toEqual([0, 0]);
		expect([...logSoftmax([-Infinity, -Infinity])]).toEqual([-Infinity, -Infinity]);
		expect([...softmax([])]).toEqual([]);
	});

	it('neither overflows nor hides what is not a number', () => {
		expect([...softmax([1e308, -1e308])]).toEqual([1, 0]);
		expect([...softmax([Infinity, 0, Infinity])]).toEqual([0.5, 0, 0.5]);
		expect([...softmax([NaN, 0])]).toEqual([NaN, NaN]);
	});

	it('does not change when every logit moves by the same', () => {
		const random = stream(5);
		const x = Array.from({ length: 50 }, () => Math.round(random() * 1024) / 64);
		expect([...softmax(x.map((v) => v + 512))]).toEqual([...softmax(x)]);
	});

	it('logSoftmax is its logarithm, also where it underflows', () => {
		const x = [0, -1, -1000, 2];
		const p = softmax(x);
		logSoftmax(x).forEach((l, i) => (p[i]! > 0 ? expect(l).toBeCloseTo(Math.log(p[i]!), 12) : expect(l).toBeCloseTo(x[i]! - 2.1698, 3)));
	});
});

describe('entropy', () => {
	it('is log of n for n equal chances, 0 for a sure thing', () => {
		expect(entropyBits(new Float64Array(8).fill(0.125))).toBeCloseTo(3, 14);
		expect(entropy([1, 0])).toBe(0);
		expect(Object.is(entropyBits([1]), 0)).toBe(true);
	});
});
