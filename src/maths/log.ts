import { LN2_HIGH, LN2_LOW, POWERS } from './powers.ts';

/** 2/3, 2/5, ... 2/23: the series of 2 artanh(s) / s - 2 in powers of s^2, for |s| <= 0.172. */
const ARTANH = Float64Array.from({ length: 11 }, (_, i) => 2 / (2 * i + 3));

const bits = new DataView(new ArrayBuffer(8));

/**
 * The natural logarithm: x = 2^k (1 + f) with sqrt(1/2) <= 1 + f < sqrt(2), ln(1 + f) = 2 artanh(f / (2 + f)) by its series;
 * wrong by less than one unit in the last place. log(0) is -Infinity, of a negative number NaN.
 *
 * Math.log may differ in the last bit between browser engines, see exp.ts. The form of the sum is that of fdlibm's e_log.c: f stands
 * alone, so that nothing larger than half of f^2 is rounded before the last addition.
 */
export function log(x: number): number {
	if (!(x > 0)) return x === 0 ? -Infinity : NaN;
	if (x === Infinity) return Infinity;
	let k = 0;
	if (x < 2.2250738585072014e-308) {
		x *= 18014398509481984; // 2^54 makes a denormal normal
		k = -54;
	}
	bits.setFloat64(0, x);
	const exponent = (bits.getUint32(0) >>> 20) - 1023;
	let m = x * POWERS[1074 - exponent]!;
	k += exponent;
	if (m >= Math.SQRT2) {
		m /= 2;
		k++;
	}
	const f = m - 1;
	const s = f / (2 + f);
	const z = s * s;
	let r = 0;
	for (let i = ARTANH.length - 1; i >= 0; i--) r = r * z + ARTANH[i]!;
	r *= z;
	const half = 0.5 * f * f;
	return k * LN2_HIGH - (half - (s * (half + r) + k * LN2_LOW) - f);
}
