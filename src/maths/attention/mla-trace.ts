/** Multi-head latent attention of one decode step on a small example, both ways: keys and values expanded, and weights absorbed. */
import type { Rows } from './sdpa.ts';
import { beside, columns, difference, given, linear, rope, row, scores, softmaxRows, times, type Traced } from './traced.ts';

/** Weights (out, in) without norms. `W_Q` holds for each head its content rows, then its RoPE rows. */
export interface MlaExample {
	/** Hidden states (tokens, model). */
	readonly h: Rows;
	readonly W_Q: Rows;
	readonly W_DKV: Rows;
	readonly W_KR: Rows;
	/** (heads, content, latent) and (heads, value, latent). */
	readonly W_UK: readonly Rows[];
	readonly W_UV: readonly Rows[];
	readonly W_O: Rows;
	readonly scale: number;
	readonly ropeBase: number;
}

export interface MlaHead {
	readonly [name: string]: Traced;
}
export interface MlaTrace {
	readonly shared: Readonly<Record<'h' | 'W_DKV' | 'W_KR' | 'c' | 'kr' | 'kR' | 'cache' | 'ht' | 'W_O', Traced>>;
	readonly heads: readonly Readonly<
		Record<'W_Q' | 'q' | 'qC' | 'qr' | 'qR' | 'W_UK' | 'W_UV' | 'kC' | 'v' | 's' | 'p' | 'o' | 'qA' | 'sA' | 'pA' | 'u' | 'oA', Traced>
	>[];
	/** Outputs of both ways, (1, model), and how far they are apart. */
	readonly y: Traced;
	readonly yA: Traced;
	readonly gap: number;
}

/** The step of token `t` over the cache of tokens 0 to t. DeepSeek-V2, arXiv 2405.04434, equations 9 to 19, norms left out. */
export function traceMla(example: MlaExample, t: number): MlaTrace {
	const h = given('h', example.h.slice(0, t + 1));
	const W_DKV = given('W_DKV', example.W_DKV);
	const W_KR = given('W_KR', example.W_KR);
	const W_O = given('W_O', example.W_O);
	const c = linear('c', h, W_DKV);
	const kr = linear('kr', h, W_KR);
	const kR = rope('kR', kr, (position) => position, example.ropeBase);
	const cache = beside('cache', [c, kR]);
	const ht = row('ht', h, t);
	const ropeDim = example.W_KR.length;
	const content = example.W_UK[0]!.length;
	const heads = example.W_UK.map((up, i) => {
		const name = (id: string) => `${id}${i}`;
		const first = i * (content + ropeDim);
		const W_UK = given(name('W_UK'), up);
		const W_UV = given(name('W_UV'), example.W_UV[i]!);
		const W_Q = given(name('W_Q'), example.W_Q.slice(first, first + content + ropeDim));
		const q = linear(name('q'), ht, W_Q);
		const qC = columns(name('qC'), q, 0, content);
		const qr = columns(name('qr'), q, content, ropeDim);
		const qR = rope(name('qR'), qr, () => t, example.ropeBase);
		// Expanded: a key and a value of its own for this head and every cached token.
		const kC = linear(name('kC'), c, W_UK);
		const v = linear(name('v'), c, W_UV);
		const expanded: readonly (readonly [Traced, Traced])[] = [
			[qC, kC],
			[qR, kR]
		];
		const s = scores(name('s'), expanded, example.scale);
		const p = softmaxRows(name('p'), s);
		const o = times(name('o'), p, v);
		// Absorbed: W_UK moves to the query, W_UV behind the weighted sum; the cache is read as it lies.
		const qA = times(name('qA'), qC, W_UK);
		const absorbed: readonly (readonly [Traced, Traced])[] = [
			[qA, c],
			[qR, kR]
		];
		const sA = scores(name('sA'), absorbed, example.scale);
		const pA = softmaxRows(name('pA'), sA);
		const u = times(name('u'), pA, c);
		const oA = linear(name('oA'), u, W_UV);
		return { W_Q, q, qC, qr, qR, W_UK, W_UV, kC, v, s, p, o, qA, sA, pA, u, oA };
	});
	const all = beside(
		'os',
		heads.map(({ o }) => o)
	);
	const allA = beside(
		'osA',
		heads.map(({ oA }) => oA)
	);
	const y = linear('y', all, W_O);
	const yA = linear('yA', allA, W_O);
	return { shared: { h, W_DKV, W_KR, c, kr, kR, cache, ht, W_O }, heads, y, yA, gap: difference(y, yA) };
}
