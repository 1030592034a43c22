import { describe, expect, it } from 'vitest';
import cases from '../../../tests/golden/attention.json';
import { flashTiles } from './flash-tiles.ts';
import { crossEntropy, softmaxBackward, softmaxJacobian } from './gradients.ts';
import { groups, kvHeadOf, tiledKvHeadOf } from './kv-head-of.ts';
import { fullyMaskedRow } from './masked-row.ts';
import { logSumExp, onlineSoftmax } from './online-softmax.ts';
import { sdpa, type Rows } from './sdpa.ts';
import { stream } from '../rng.ts';

/** A case of any kind, with what all kinds are given. */
interface Given {
	readonly kind: string;
	readonly Q: Rows;
	readonly K: Rows;
	readonly V: Rows;
	readonly params: Readonly<Record<'num_heads' | 'num_kv_heads' | 'target' | 'Br' | 'Bc' | 'scale', number>> &
		Readonly<Record<'scores' | 'values' | 'z' | 'upstream' | 'logits', readonly number[]>> & { readonly causal: boolean };
}
type Any = Record<string, unknown>;
const close = (actual: unknown, expected: unknown, path = ''): void => {
	if (typeof expected === 'number') return expect(actual, path).toBeCloseTo(expected, 9);
	if (expected === null || typeof expected !== 'object') return expect(actual, path).toEqual(expected);
	for (const key of Object.keys(expected)) close((actual as Any)[key], (expected as Any)[key], `${path}.${key}`);
	if (Array.isArray(expected)) expect(actual, path).toHaveLength(expected.length);
};
const RUN: Record<string, (c: Given) => unknown> = {
	sdpa: ({ Q, K, V }) => sdpa(Q, K, V),
	causal_alignment: ({ Q, K, V }) => ({
		upper_left_output: sdpa(Q, K, V, { causal: 'upper-left' }).output,
		lower_right_output: sdpa(Q, K, V, { causal: 'lower-right' }).output
	}),
	gqa_mapping: ({ params: { num_heads, num_kv_heads } }) => ({ kv_head_of_q_head: groups(num_heads, num_kv_heads) }),
	online_softmax: ({ params: { scores, values } }) => {
		const trace = onlineSoftmax(scores, values);
		return { trace, final: trace.at(-1)!.out, lse: logSumExp(trace) };
	},
	flash_attention_tiles: ({ Q, K, V, params }) => flashTiles(Q, K, V, params),
	softmax_jacobian: ({ params: { z, upstream } }) => ({ jacobian: softmaxJacobian(z), vjp: softmaxBackward(z, upstream) }),
	cross_entropy: ({ params: { logits, target } }) => crossEntropy(logits, target),
	fully_masked_row: ({ params: { scores } }) => ({
		with_neg_inf: fullyMaskedRow(scores, 'neg-inf').every(Number.isNaN) ? 'NaN' : 'number',
		with_finfo_min: fullyMaskedRow(scores, 'finfo-min')
	})
};
/** What a case says beside what it expects, and what no function here answers. */
const ABOUT = ['id', 'kind', 'params', 'Q', 'K', 'V', 'source', 'checked_by', 'note'];

describe('reference cases', () => {
	it.each(cases.map((c) => [c.id, c] as const))('%s', (_, given) => {
		const run = RUN[given.kind];
		expect(run, `no function for ${given.kind}`).toBeDefined();
		const actual = run!(given as unknown as Given) as Any;
		for (const [key, expected] of Object.entries(given)) {
			if (ABOUT.includes(key) || (given.kind === 'softmax_jacobian' && key === 'probs')) continue;
			close(actual[key], expected, key);
		}
	});
});

const random = stream(5);
const normal = (rows: number, cols: number): Rows =>
	Array.from({ length: rows }, () => Array.from({ length: cols }, () => random() * 4 - 2));

describe('tiles and one pass', () => {
	it.each([
		[1, 1],
		[2, 3],
		[3, 2],
		[5, 5],
		[7, 2]
	])('tiles of %i x %i give what dense attention gives', (Br, Bc) => {
		const [Q, K, V] = [normal(5, 3), normal(5, 3), normal(5, 2)];
		for (const causal of [true, false]) {
			const dense = sdpa(Q, K, V, causal ? { causal: 'upper-left', scale: 0.3 } : { scale: 0.3 }).output;
			close(flashTiles(Q, K, V, { Br, Bc, causal, scale: 0.3 }).output, dense);
		}
	});
	it('a query without keys gets zeros', () => {
		expect(sdpa([[1], [1]], [[1]], [[7]], { causal: 'lower-right' }).output).toEqual([[0], [7]]);
	});
	it('nothing at all has no mass', () => expect(logSumExp(onlineSoftmax([], []))).toBe(-Infinity));
});

describe('who reads which KV head', () => {
	it('neighbours share, every KV head is read equally often', () => {
		for (const [H, G] of [
			[32, 8],
			[9, 3],
			[64, 1],
			[5, 5]
		] as const) {
			const of = groups(H, G);
			expect(of).toEqual([...of].sort((a, b) => a - b));
			for (let g = 0; g < G; g++) expect(of.filter((x) => x === g)).toHaveLength(H / G);
		}
	});
	it('tile agrees only where nothing is shared or all is', () => {
		const same = (H: number, G: number) => groups(H, G).every((g, h) => g === tiledKvHeadOf(h, G));
		expect(same(8, 8)).toBe(true);
		expect(same(8, 1)).toBe(true);
		expect(same(8, 2)).toBe(false);
		expect([0, 1, 2, 3].map((h) => tiledKvHeadOf(h, 2))).toEqual([0, 1, 0, 1]);
		expect(kvHeadOf(7, 8, 2)).toBe(1);
	});
});
