/** What the words of both languages are made of: numbers of captions, and formula symbols. */
import { int, n, share, size, type Values } from '#kit/text/values.ts';
import { bytes, fixed, number, percent } from '#kit/text/format.ts';
import type { HeadsScene } from './frames-heads.ts';
import type { Shown } from './frames-numbers.ts';
import type { Box } from './layout.ts';

/** Names that are the same in every language. */
export const SHARING = { mha: 'MHA', gqa: 'GQA', mqa: 'MQA', mla: 'MLA' };

/** Factors and the like: three digits, no more zeros than needed. */
export const some = (x: number): string => number(Number(x.toPrecision(3)));
export const times = (v: Values, key: string): string => some(n(v, key));
export { bytes, fixed, int, n, number, percent, share, size, type Values };

/** Left and right words of each row of the stage. */
export type Rows = Readonly<Record<'state' | 'query' | 'kv' | 'cache' | 'gpu', readonly [string, string]>> & { readonly copy: string };
export interface BoxInWords {
	readonly row: Box['row'];
	readonly tone: Box['tone'];
	readonly index: number;
	/** The query head that is meant, and the KV head that it reads. */
	readonly head: number;
	readonly kv: number;
	readonly scene: HeadsScene;
}
export interface CellInWords {
	readonly name: string;
	readonly matrix: string;
	readonly row: number;
	readonly col: number;
	readonly how: string;
	readonly role: Shown['role'];
}

const SUB = '₀₁₂₃';
const SYMBOL: Readonly<Record<string, string>> = {
	...{
		c: 'c',
		kR: 'kᴿ',
		cache: '[c, kᴿ]',
		ht: 'h₂',
		xt: 'x₂',
		q: 'q',
		qC: 'qᶜ',
		qR: 'qᴿ',
		kC: 'kᶜ',
		v: 'v',
		o: 'o',
		qA: 'q′',
		u: 'Σ p c',
		oA: 'o′'
	},
	...{ y: 'y', yA: 'y′', x: 'x', h: 'h', K: 'K', V: 'V' }
};
/** The symbol of a matrix; those that need words are given by name without their head. */
export function symbol(id: string, words: Readonly<Record<string, string>>): string {
	const head = /^(?!W_DKV|W_KR|W_O|W_Q$|W_K$|W_V$)(.*?)([0-3])$/.exec(id);
	const name = head?.[1] ?? id;
	return `${words[name] ?? SYMBOL[name] ?? name}${head === null ? '' : SUB[Number(head[2])]}`;
}

/** The sizes that rows of the stage mention. */
export function sizesOf(scene: HeadsScene): {
	readonly width: string;
	readonly kvWidth: string;
	readonly hidden: string;
	readonly numbers: number;
	readonly layerBytes: string;
} {
	const { heads, headDim, kvHeads, hidden, latent } = scene.shape;
	const copies = scene.figures.copies;
	return {
		...{ width: number(heads * headDim), kvWidth: number(kvHeads * headDim), hidden: number(hidden) },
		numbers: (latent === null ? 2 * kvHeads * headDim : latent.kvRank + latent.ropeDim) * copies,
		layerBytes: bytes(scene.figures.perTokenLayer * copies)
	};
}
