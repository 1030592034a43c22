/** Grouped-query attention of one decode step on a small example, with neighbours sharing a KV head, and with KV heads dealt in turn. */
import { uniform } from '../rng.ts';
import { kvHeadOf, tiledKvHeadOf } from './kv-head-of.ts';
import type { Rows } from './sdpa.ts';
import { columns, difference, given, linear, row, scores, softmaxRows, stacked, times, type Traced } from './traced.ts';

export const HEADS = 4;
const DIM = 2;
const MODEL = 3;
const TOKENS = 3;

/** Weights in steps of a quarter between -1 and 1, so that the arithmetic can be followed in the head; they only illustrate. */
function quarters(seed: number, rows: number, cols: number): Rows {
	return Array.from({ length: rows }, (_, i) => Array.from({ length: cols }, (__, j) => (Math.floor(uniform(seed, i, j) * 9) - 4) / 4));
}

export interface GqaTrace {
	readonly x: Traced;
	readonly W_Q: Traced;
	readonly W_K: Traced;
	readonly W_V: Traced;
	readonly xt: Traced;
	/** All heads of the last token side by side, (1, heads x dim). */
	readonly q: Traced;
	/** The cache: (tokens, kvHeads x dim). */
	readonly K: Traced;
	readonly V: Traced;
	readonly heads: readonly {
		readonly q: Traced;
		readonly K: Traced;
		readonly V: Traced;
		readonly s: Traced;
		readonly p: Traced;
		readonly o: Traced;
	}[];
	/** Outputs, (heads, dim): with the right head for each query, and with tile's. */
	readonly out: Traced;
	readonly tiled: Traced;
	readonly gap: number;
	readonly kvHeads: number;
}

/** The step of the last of three tokens. `kvHeads` is 1, 2 or 4. The projections have no bias and there is no RoPE, to keep it short. */
export function traceGqa(kvHeads: number): GqaTrace {
	const x = given('x', quarters(11, TOKENS, MODEL));
	const W_Q = given('W_Q', quarters(23, HEADS * DIM, MODEL));
	const W_K = given('W_K', quarters(37, HEADS * DIM, MODEL).slice(0, kvHeads * DIM));
	const W_V = given('W_V', quarters(41, HEADS * DIM, MODEL).slice(0, kvHeads * DIM));
	const xt = row('xt', x, TOKENS - 1);
	const q = linear('q', xt, W_Q);
	const K = linear('K', x, W_K);
	const V = linear('V', x, W_V);
	const head = (h: number, kv: number, mark: string) => {
		const name = (id: string) => `${id}${mark}${h}`;
		const qh = columns(name('q'), q, h * DIM, DIM);
		const Kh = columns(name('K'), K, kv * DIM, DIM);
		const Vh = columns(name('V'), V, kv * DIM, DIM);
		const s = scores(name('s'), [[qh, Kh]], 1 / Math.sqrt(DIM));
		const p = softmaxRows(name('p'), s);
		return { q: qh, K: Kh, V: Vh, s, p, o: times(name('o'), p, Vh) };
	};
	const all = Array.from({ length: HEADS }, (_, h) => h);
	const heads = all.map((h) => head(h, kvHeadOf(h, HEADS, kvHeads), ''));
	const wrong = all.map((h) => head(h, tiledKvHeadOf(h, kvHeads), 't'));
	const out = stacked(
		'out',
		heads.map(({ o }) => o)
	);
	const tiled = stacked(
		'tiled',
		wrong.map(({ o }) => o)
	);
	return { x, W_Q, W_K, W_V, xt, q, K, V, heads, out, tiled, gap: difference(out, tiled), kvHeads };
}
