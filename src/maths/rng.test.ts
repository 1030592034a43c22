import { describe, expect, it } from 'vitest';
import { philox, stream, uniform } from './rng.ts';

describe('philox', () => {
	// Known answers of Random123 (kat_vectors: philox2x32 10).
	it.each([
		[0, 0, 0, 0xff1dae59, 0x6cd10df2],
		[0xffffffff, 0xffffffff, 0xffffffff, 0x2c3f628b, 0xab4fd7ad],
		[0x243f6a88, 0x85a308d3, 0x13198a2e, 0xdd7ce038, 0xf62a4c12]
	])('counter %d %d, key %d', (c0, c1, key, high, low) => expect(philox(c0, c1, key)).toEqual([high, low]));
});

describe('uniform', () => {
	it('is the same for the same place, and another for another seed, position or index', () => {
		expect(uniform(7, 3, 2)).toBe(uniform(7, 3, 2));
		expect(new Set([uniform(7, 3, 2), uniform(8, 3, 2), uniform(7, 4, 2), uniform(7, 3, 3), uniform(3, 7, 2)]).size).toBe(5);
		expect(uniform(7, 3)).toBe(uniform(7, 3, 0));
	});

	it('stays inside (0, 1) and fills it evenly, over positions and over seeds', () => {
		for (const at of [(i: number) => uniform(1, i), (i: number) => uniform(i, 0), (i: number) => uniform(1, 0, i)]) {
			const bins = new Float64Array(64);
			for (let i = 0; i < 64_000; i++) {
				const u = at(i);
				expect(u > 0 && u < 1).toBe(true);
				bins[Math.floor(u * 64)]!++;
			}
			const chi = bins.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
			expect(chi).toBeGreaterThan(25); // 63 degrees of freedom: the middle 99.99 %
			expect(chi).toBeLessThan(125);
		}
	});
});

describe('stream', () => {
	it('repeats for the same seed', () => {
		const a = stream(9);
		const b = stream(9);
		const c = stream(10);
		const first = Array.from({ length: 5 }, a);
		expect(Array.from({ length: 5 }, b)).toEqual(first);
		expect(Array.from({ length: 5 }, c)).not.toEqual(first);
		expect(first.every((u) => u >= 0 && u < 1)).toBe(true);
	});
});
