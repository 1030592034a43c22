/** What a processor is, and the few things that cutters share. */
import type { Distribution } from './distribution.ts';
import { kthLargest } from './kth-largest.ts';
import type { Context } from './context.ts';
import type { Settings } from './settings.ts';

export interface Result {
	/** (vocab), a new array; -Infinity where cut. */
	readonly logits: Float64Array;
	/** What the caption needs; named in each processor's docstring. Ids among them are vocabulary indices. */
	readonly info: Readonly<Record<string, number>>;
}

/** A pure function of logits (vocab) with at least one above -Infinity; `d` is the same logits with what is known about them. */
export type Processor = (logits: Float64Array, context: Context, settings: Settings, d?: Distribution) => Result;

/**
 * A sum of rounded probabilities reaches a mass only up to rounding; so near to it counts as reached, which is what exact arithmetic
 * answers. (Engines in float32 answer either way on an exact boundary.)
 */
export const SLACK = 1e-12;

/** How many tokens a cutter must leave: minTokensToKeep, at least one and at most all that are left. */
export function leastKept(s: Settings, d: Distribution): number {
	return Math.min(d.size, Math.max(1, Math.floor(s.minTokensToKeep)));
}

/** The logits with everything cut but the first n in order. */
export function keepFirst(d: Distribution, n: number): Float64Array {
	const out = new Float64Array(d.logits.length).fill(-Infinity);
	const { order } = d;
	for (let i = 0; i < n && i < d.size; i++) out[order[i]!] = d.logits[order[i]!]!;
	return out;
}

/** The logits with everything cut for which `keep` is false. */
export function keepWhere(logits: Float64Array, keep: (id: number) => boolean): Float64Array {
	return logits.map((x, id) => (keep(id) ? x : -Infinity));
}

/** Keep p >= threshold, or the first n in order where that leaves fewer. */
export function keepAbove(d: Distribution, threshold: number, n: number): Float64Array {
	const above = d.probs.reduce((count, p, id) => (p >= threshold && d.logits[id]! > -Infinity ? count + 1 : count), 0);
	return above >= n ? keepWhere(d.logits, (id) => d.probs[id]! >= threshold) : keepFirst(d, n);
}

/** As Hugging Face's epsilon and eta: keep p >= threshold, and whatever is not below the n-th best logit, ties included. */
export function keepLikely(d: Distribution, threshold: number, n: number): Float64Array {
	const floor = kthLargest(d.logits, n);
	return keepWhere(d.logits, (id) => d.probs[id]! >= threshold || d.logits[id]! >= floor);
}

/** No logit may become +-Infinity or NaN but by being cut: the nearest number that a double holds. */
export function finite(x: number): number {
	return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, x));
}
