import { exp } from '../exp.ts';
import { log } from '../log.ts';
import { dot, type Rows } from './sdpa.ts';

/** A tile of scores: query block i against key block j; after it the block's running maxima, sums and unnormalised outputs. */
export type Tile =
	| { readonly i: number; readonly j: number; readonly skipped: true }
	| {
			readonly i: number;
			readonly j: number;
			readonly skipped: false;
			readonly m: number[];
			readonly l: number[];
			readonly acc: number[][];
	  };

/**
 * FlashAttention-2, algorithm 1: blocks of Br queries, and for each of them blocks of Bc keys; outputs stay unnormalised to the end.
 * Causal tiles above the diagonal are skipped. Q (q, d), K (kv, d), V (kv, m) -> output (q, m), logsumexp (q).
 */
export function flashTiles(
	Q: Rows,
	K: Rows,
	V: Rows,
	{ Br, Bc, causal, scale }: { Br: number; Bc: number; causal: boolean; scale: number }
): { steps: Tile[]; output: number[][]; logsumexp: number[] } {
	const steps: Tile[] = [];
	const output: number[][] = [];
	const logsumexp: number[] = [];
	for (let i = 0; i * Br < Q.length; i++) {
		const queries = Q.slice(i * Br, (i + 1) * Br);
		const m = queries.map(() => -Infinity);
		const l = queries.map(() => 0);
		const acc = queries.map(() => (V[0] ?? []).map(() => 0));
		for (let j = 0; j * Bc < K.length; j++) {
			if (causal && j * Bc > i * Br + queries.length - 1) {
				steps.push({ i, j, skipped: true });
				continue;
			}
			queries.forEach((q, r) => {
				const keys = K.slice(j * Bc, (j + 1) * Bc);
				const scores = keys.map((k, c) => (causal && j * Bc + c > i * Br + r ? -Infinity : dot(q, k) * scale));
				const next = Math.max(m[r]!, ...scores);
				const correction = m[r] === -Infinity ? 0 : exp(m[r]! - next);
				const p = scores.map((s) => (s === -Infinity ? 0 : exp(s - next)));
				m[r] = next;
				l[r] = l[r]! * correction + p.reduce((a, b) => a + b, 0);
				acc[r] = acc[r]!.map((a, n) => a * correction + p.reduce((sum, x, c) => sum + x * V[j * Bc + c]![n]!, 0));
			});
			steps.push({ i, j, skipped: false, m: [...m], l: [...l], acc: acc.map((row) => [...row]) });
		}
		output.push(...acc.map((row, r) => row.map((a) => a / l[r]!)));
		logsumexp.push(...m.map((max, r) => max + log(l[r]!)));
	}
	return { steps, output, logsumexp };
}
