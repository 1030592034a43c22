import { exp } from './exp.ts';
import { log } from './log.ts';

/**
 * base^y for base > 0, the same on every engine (`**` is not): by squaring for a whole y of at most 1024, else exp(y ln base), whose
 * relative error grows as |y ln base| units in the last place.
 */
export function pow(base: number, y: number): number {
	if (!Number.isInteger(y) || Math.abs(y) > 1024) return exp(y * log(base));
	let power = 1;
	let square = base;
	for (let n = Math.abs(y); n > 0; n = Math.floor(n / 2)) {
		if (n % 2 === 1) power *= square;
		square *= square;
	}
	return y < 0 ? 1 / power : power;
}
