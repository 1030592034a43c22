/** exp, log, pow against exact integer arithmetic and against this engine's own. */
import { describe, expect, it } from 'vitest';
import { exp } from './exp.ts';
import { log } from './log.ts';
import { log2 } from './log2.ts';
import { pow } from './pow.ts';
import { stream } from './rng.ts';

const SCALE = 200n; // fixed point: 200 bits behind the point
const ONE = 1n << SCALE;

/** A double as fixed point, exactly where it has no bits below 2^-200. */
function fixed(x: number): bigint {
	let shift = 0n;
	let m = x;
	while (!Number.isInteger(m) && shift < SCALE) {
		m *= 2;
		shift++;
	}
	return (BigInt(Math.trunc(m)) << SCALE) >> shift;
}

/** e^x in fixed point, |x| < 1 or so after halving ten times. */
function exactExp(x: bigint): bigint {
	const y = x >> 20n;
	let term = ONE;
	let sum = ONE;
	for (let i = 1n; term !== 0n && i < 200n; i++) {
		term = (term * y) / (ONE * i);
		sum += term;
	}
	for (let i = 0; i < 20; i++) sum = (sum * sum) >> SCALE;
	return sum;
}

/** The distance to the next double away from 0. */
function ulp(x: number): number {
	const a = Math.abs(x);
	return a < 2 ** -1022 ? 2 ** -1074 : 2 ** (Math.floor(Math.log2(a)) - 52);
}

describe('exp', () => {
	it('is within one unit in the last place of the exact value', () => {
		const random = stream(1);
		let worst = 0;
		for (let i = 0; i < 3000; i++) {
			const x = (random() - 0.5) * 2 ** Math.floor(random() * 8 - 2);
			const error = Number(fixed(exp(x)) - exactExp(fixed(x))) / Number(ONE) / ulp(exp(x));
			worst = Math.max(worst, Math.abs(error));
		}
		expect(worst).toBeLessThan(0.8);
	});

	it('is within one unit in the last place of Math.exp everywhere', () => {
		const random = stream(2);
		for (let i = 0; i < 100_000; i++) {
			const x = (random() - 0.5) * (i % 3 === 0 ? 1500 : i % 3 === 1 ? 40 : 1);
			expect(Math.abs(exp(x) - Math.exp(x)) <= ulp(Math.exp(x)) || exp(x) === Math.exp(x), String(x)).toBe(true);
		}
	});

	it.each([
		[0, 1],
		[-0, 1],
		[Infinity, Infinity],
		[-Infinity, 0],
		[NaN, NaN],
		[709.782712893384, Math.exp(709.782712893384)],
		[709.782712893385, Infinity],
		[1e308, Infinity],
		[-745.13, 5e-324],
		[-745.2, 0],
		[-1e308, 0],
		[5e-324, 1],
		[-5e-324, 1]
	])('exp(%d) = %d', (x, y) => expect(exp(x)).toBe(y));

	it('never falls as x grows', () => {
		for (let x = -750, last = 0; x < 711; x += 0.01) {
			const y = exp(x);
			expect(y).toBeGreaterThanOrEqual(last);
			last = y;
		}
	});
});

describe('log', () => {
	it('is within one unit in the last place of the exact value', () => {
		const random = stream(3);
		let worst = 0;
		for (let i = 0; i < 3000; i++) {
			const x = random() * 2 ** Math.floor(random() * 24 - 12) + (i % 5 === 0 ? 1 : 0);
			const y = log(x);
			// One Newton step from y: ln x = y + x e^-y - 1, exact to the square of the error.
			const error = Number((fixed(x) * exactExp(-fixed(y))) / ONE - ONE) / Number(ONE) / ulp(y);
			worst = Math.max(worst, Math.abs(error));
		}
		expect(worst).toBeLessThan(0.9);
	});

	it('is within one unit in the last place of Math.log everywhere', () => {
		const random = stream(4);
		for (let i = 0; i < 100_000; i++) {
			const x = i % 2 === 0 ? random() * 2 ** Math.floor(random() * 2098 - 1074) : 1 + (random() - 0.5) * 2 ** -Math.floor(random() * 30);
			const y = Math.log(x);
			expect(log(x) === y || Math.abs(log(x) - y) <= ulp(y), String(x)).toBe(true);
		}
	});

	it.each([
		[1, 0],
		[0, -Infinity],
		[-0, -Infinity],
		[-1, NaN],
		[Infinity, Infinity],
		[-Infinity, NaN],
		[NaN, NaN],
		[5e-324, -744.4400719213812],
		[Number.MAX_VALUE, 709.782712893384],
		[2, Math.LN2],
		[Math.E, 1]
	])('log(%d) = %d', (x, y) => expect(log(x)).toBe(y));

	it('log2 of powers of two is whole to one unit in the last place', () => {
		for (let k = -40; k <= 40; k++) expect(log2(2 ** k)).toBeCloseTo(k, 13);
	});
});

describe('pow', () => {
	it('is exact for small whole powers and close for others', () => {
		expect(pow(3, 5)).toBe(243);
		expect(pow(7, 1)).toBe(7);
		expect(pow(7, 0)).toBe(1);
		expect(pow(2, -3)).toBe(0.125);
		for (const y of [0.5, 1.7, -2.3, 10.1]) expect(pow(1.75, y) / 1.75 ** y).toBeCloseTo(1, 13);
		expect(pow(2, 5000)).toBe(Infinity);
	});
});
