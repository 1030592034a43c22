import { exp } from './exp.ts';
import { log } from './log.ts';

/** The largest element, NaN passed over; -Infinity for an empty list. */
function largest(values: ArrayLike<number>): number {
	let max = -Infinity;
	for (let i = 0; i < values.length; i++) if (values[i]! > max) max = values[i]!;
	return max;
}

/**
 * p_i = e^(x_i - max) / sum_j e^(x_j - max), (n) -> (n).
 *
 * -Infinity gives exactly 0. A row of nothing but -Infinity gives nothing but 0: there is nothing to choose, and the zeros say so, as
 * in FlashAttention and torch's safe softmax (a plain softmax would give NaN). Elements of +Infinity share the mass. NaN in, NaN out.
 */
export function softmax(logits: ArrayLike<number>): Float64Array {
	const n = logits.length;
	const probs = new Float64Array(n);
	const max = largest(logits);
	let sum = 0;
	for (let i = 0; i < n; i++) {
		const x = logits[i]!;
		const e = x === max ? (max === -Infinity ? 0 : 1) : x === -Infinity ? 0 : exp(x - max);
		probs[i] = e;
		sum += e;
	}
	if (sum !== 0) for (let i = 0; i < n; i++) probs[i] = probs[i]! / sum;
	return probs;
}

/** ln p_i = x_i - max - ln sum_j e^(x_j - max), (n) -> (n): exact where the probability itself underflows. -Infinity stays -Infinity. */
export function logSoftmax(logits: ArrayLike<number>): Float64Array {
	const n = logits.length;
	const out = new Float64Array(n).fill(-Infinity);
	const max = largest(logits);
	if (max === -Infinity) return out.map((x, i) => (Number.isNaN(logits[i]) ? NaN : x));
	let sum = 0;
	for (let i = 0; i < n; i++) sum += logits[i] === max ? 1 : exp(logits[i]! - max);
	const logSum = log(sum);
	for (let i = 0; i < n; i++) out[i] = (logits[i] === max ? 0 : logits[i]! - max) - logSum;
	return out;
}
