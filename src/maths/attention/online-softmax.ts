import { exp } from '../exp.ts';
import { log } from '../log.ts';

/** One key met: the largest score so far, how much the past shrinks for it, the running sum and the running output. */
export interface OnlineStep {
	readonly x: number;
	readonly v: number;
	readonly m: number;
	readonly correction: number;
	readonly p: number;
	readonly l: number;
	readonly acc: number;
	readonly out: number;
}

/** Softmax-weighted mean of `values` in one pass (Milakov and Gimelshein 2018, algorithm 3): nothing is ever seen twice. */
export function onlineSoftmax(scores: readonly number[], values: readonly number[]): readonly OnlineStep[] {
	let m = -Infinity;
	let l = 0;
	let acc = 0;
	return scores.map((x, i) => {
		const v = values[i]!;
		const next = Math.max(m, x);
		const correction = m === -Infinity ? 0 : exp(m - next);
		const p = exp(x - next);
		m = next;
		l = l * correction + p;
		acc = acc * correction + p * v;
		return { x, v, m, correction, p, l, acc, out: acc / l };
	});
}

/** ln of the sum of e^score, from the last step. */
export function logSumExp(steps: readonly OnlineStep[]): number {
	const last = steps.at(-1);
	return last === undefined ? -Infinity : last.m + log(last.l);
}
