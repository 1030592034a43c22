import { describe, expect, it } from 'vitest';
import cases from '../../../tests/golden/mla.json';
import { traceGqa } from './gqa-trace.ts';
import { mlaExample } from './mla-example.ts';
import { traceMla, type MlaExample } from './mla-trace.ts';
import { sdpa } from './sdpa.ts';
import { beside, difference, given, linear, rope, short, softmaxRows, stacked, times, type Traced } from './traced.ts';

const golden = cases.find((c) => c.id === 'absorb-equivalence')! as unknown as MlaExample & {
	readonly params: { readonly scale: number; readonly rope_base: number };
	readonly latent_c: number[][];
	readonly k_rope: number[][];
	readonly probs: number[][][];
	readonly output: number[][];
	readonly q_absorbed: number[][][];
};
const example: MlaExample = { ...golden, scale: golden.params.scale, ropeBase: golden.params.rope_base };
const near = (actual: readonly number[], expected: readonly number[]) => {
	expect(actual).toHaveLength(expected.length);
	actual.forEach((x, i) => expect(x).toBeCloseTo(expected[i]!, 10));
};

describe('MLA, expanded and absorbed', () => {
	it.each([0, 1, 2])('token %i equals the reference', (t) => {
		const { shared, heads, y, yA } = traceMla(example, t);
		near(shared.c.values[t]!, golden.latent_c[t]!);
		near(shared.kR.values[t]!, golden.k_rope[t]!);
		heads.forEach((head, i) => {
			near(head.p.values[0]!, golden.probs[i]![t]!.slice(0, t + 1));
			near(head.pA.values[0]!, golden.probs[i]![t]!.slice(0, t + 1));
			near(head.qA.values[0]!, golden.q_absorbed[t]![i]!);
			near(head.oA.values[0]!, head.o.values[0]!);
		});
		near(y.values[0]!, golden.output[t]!);
		near(yA.values[0]!, golden.output[t]!);
	});
	it('the example of the figure is that of the reference', () => {
		for (const key of ['h', 'W_Q', 'W_DKV', 'W_KR', 'W_UK', 'W_UV', 'W_O'] as const) {
			const flat = (x: unknown): number[] => (x as number[][][]).flat(3).map((n) => n + 0);
			expect(flat(mlaExample[key])).toEqual(flat(golden[key]));
		}
		expect(mlaExample.scale).toBe(golden.params.scale);
		expect(mlaExample.ropeBase).toBe(golden.params.rope_base);
	});
	it('gives the same both ways to the last bits', () => expect(traceMla(mlaExample, 2).gap).toBeLessThan(1e-15));
});

describe('the small GQA example', () => {
	it.each([1, 2, 4])('with %i KV heads equals attention with repeated heads', (kvHeads) => {
		const { heads, out, K, V, q } = traceGqa(kvHeads);
		heads.forEach((_, h) => {
			const g = Math.floor(h / (4 / kvHeads));
			const take = (rows: Traced, first: number) => rows.values.map((r) => r.slice(first, first + 2));
			near(out.values[h]!, sdpa(take(q, 2 * h), take(K, 2 * g), take(V, 2 * g)).output[0]!);
		});
	});
	it('breaks with tile exactly where a part of the heads is shared', () => {
		expect(traceGqa(4).gap).toBe(0);
		expect(traceGqa(1).gap).toBe(0);
		expect(traceGqa(2).gap).toBeGreaterThan(0.1);
	});
});

describe('a traced number', () => {
	const x = given('x', [[0.5, -2]]);
	const W = given('W', [
		[1, 3],
		[0, -0.25]
	]);
	it('spells its arithmetic', () => {
		expect(linear('y', x, W).how(0, 0)).toBe('0.5 × 1 + (−2) × 3 = −5.5');
		expect(times('z', x, W).how(0, 1)).toBe('0.5 × 3 + (−2) × (−0.25) = 2');
		expect(softmaxRows('p', given('s', [[0, 0]])).how(0, 1)).toBe('e^0 / (e^0 + e^0) = 0.5');
		expect(rope('r', x, () => 0, 1e4).how(0, 1)).toBe('0.5 × sin 0 + (−2) × cos 0 = −2');
		expect(x.how(0, 0)).toBe('');
	});
	it('names its sources', () => {
		expect(linear('y', x, W).from(0, 1)).toEqual([
			{ matrix: 'x', row: 0, col: 0 },
			{ matrix: 'W', row: 1, col: 0 },
			{ matrix: 'x', row: 0, col: 1 },
			{ matrix: 'W', row: 1, col: 1 }
		]);
		expect(beside('b', [x, x]).from(0, 3)).toEqual([{ matrix: 'x', row: 0, col: 1 }]);
		expect(stacked('v', [W, x]).from(2, 1)).toEqual([{ matrix: 'x', row: 0, col: 1 }]);
		expect(rope('r', x, () => 1, 1e4).from(0, 1)).toHaveLength(2);
	});
	it('differs by its largest difference', () => expect(difference(x, given('w', [[0.5, 1]]))).toBe(3));
	it('is written short, never as minus zero', () => {
		expect([short(-0), short(0.1875), short(-0.00004), short(1 / 3)]).toEqual(['0', '0.1875', '0', '0.3333']);
	});
});
