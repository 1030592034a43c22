import { LN2_HIGH, LN2_LOW, POWERS } from './powers.ts';

/** 1/2!, 1/3!, ... 1/14!: what e^r needs for |r| <= ln(2) / 2 in double precision. */
const TAYLOR = Float64Array.from({ length: 13 }, (_, i) => {
	let factorial = 1;
	for (let n = 2; n <= i + 2; n++) factorial *= n;
	return 1 / factorial;
});

/**
 * e^x = 2^k e^r with k = round(x / ln 2), e^r by its Taylor series; wrong by less than one unit in the last place.
 *
 * Math.exp may differ in the last bit from one browser engine to the next, and with it the token that a seed draws; this one is made
 * of +, -, * and / alone, which IEEE 754 fixes to the bit. The reduction is that of fdlibm's e_exp.c.
 */
export function exp(x: number): number {
	if (x !== x) return NaN;
	if (x > 709.782712893384) return Infinity;
	if (x < -745.1332191019412) return 0;
	const k = Math.floor(x * Math.LOG2E + 0.5);
	const high = x - k * LN2_HIGH;
	const low = k * LN2_LOW;
	const r = high - low;
	const lost = high - r - low; // what the subtraction rounded away
	let q = 0;
	for (let i = TAYLOR.length - 1; i >= 0; i--) q = q * r + TAYLOR[i]!;
	const y = 1 + (r + (r * r * q + lost));
	if (k > 1023) return y * 2 * POWERS[2097]!;
	if (k < -1074) return (y / 2) * POWERS[0]!;
	return y * POWERS[k + 1074]!;
}
