import { log } from './log.ts';

/** The binary logarithm, ln(x) / ln(2): exact to about one unit in the last place, the same on every engine. */
export function log2(x: number): number {
	return log(x) / Math.LN2;
}
