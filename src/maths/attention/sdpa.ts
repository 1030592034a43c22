import { softmax } from '../softmax.ts';

export type Rows = readonly (readonly number[])[];

/** Where the causal triangle lies when there are fewer queries than keys: torch's is_causal against FlashAttention (and every decode step). */
export type Alignment = 'upper-left' | 'lower-right';

export interface SdpaOptions {
	readonly scale?: number;
	/** Left out: every query sees every key. */
	readonly causal?: Alignment;
}

export function dot(a: readonly number[], b: readonly number[]): number {
	return a.reduce((sum, x, i) => sum + x * b[i]!, 0);
}

/** Row vector times matrix: (n) x (n, m) -> (m). */
export function weigh(weights: ArrayLike<number>, rows: Rows): number[] {
	return (rows[0] ?? []).map((_, j) => rows.reduce((sum, row, i) => sum + weights[i]! * row[j]!, 0));
}

/**
 * softmax(Q K^T / sqrt(d)) V: Q (q, d), K (kv, d), V (kv, m) -> probs (q, kv), output (q, m).
 * A query that sees no key at all gets zeros.
 */
export function sdpa(Q: Rows, K: Rows, V: Rows, options: SdpaOptions = {}): { probs: number[][]; output: number[][] } {
	const scale = options.scale ?? 1 / Math.sqrt(Q[0]?.length ?? 1);
	const offset = options.causal === 'lower-right' ? K.length - Q.length : 0;
	const probs = Q.map((q, i) => [
		...softmax(K.map((k, j) => (options.causal !== undefined && j > i + offset ? -Infinity : dot(q, k) * scale)))
	]);
	return { probs, output: probs.map((p) => weigh(p, V)) };
}
