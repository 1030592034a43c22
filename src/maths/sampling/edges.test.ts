/** The corners of single rules that the golden cases do not reach. */
import { describe, expect, it } from 'vitest';
import { runChain, type Context } from './chain.ts';
import { kthLargest } from './kth-largest.ts';
import { zipfExponent, zipfK } from './mirostat.ts';
import { defaultSettings, type Settings } from './settings.ts';

const BASE = [2, 1, 0.5, 0, -1, -2];

function last(settings: Partial<Settings>, logits: ArrayLike<number> = BASE, context: Partial<Context> = {}) {
	return runChain(logits, { prompt: [], output: [], position: 0, ...context }, { ...defaultSettings, ...settings }).stages.at(-1)!;
}

describe('top-h', () => {
	it('n / 10 of the entropy of ten equal tokens is n tokens', () => {
		for (let n = 1; n <= 10; n++) expect(last({ topH: n / 10 }, Array(10).fill(0)).kept).toHaveLength(n);
	});
	it('looks at the best 100 only', () => {
		expect(last({ topH: 1 }, Array(150).fill(0)).kept).toEqual(Array.from({ length: 100 }, (_, id) => id));
	});
});

describe('tail-free sampling', () => {
	it('counts the drop to what was cut before as curvature', () => {
		// .6285 .2312 .1402 0 0 0: |second differences| .3063 .0492 .1402 0, shares .618 .717 1 1
		expect(last({ topK: 3, tfs: 0.7 }).kept).toEqual([0, 1]);
		expect(last({ topK: 3, tfs: 0.72 }).kept).toEqual([0, 1, 2]);
	});
	it('always cuts the last token of the vocabulary, also of a straight line', () => {
		expect(last({ tfs: 0 }, Array(5).fill(0)).kept).toEqual([0, 1, 2, 3]);
		expect(last({ tfs: 0.99 }, [1, 0]).kept).toEqual([0]);
		expect(last({ tfs: 0.99 }, [1]).kept).toEqual([0]);
	});
});

describe('repetition', () => {
	it('divides what is above 0, multiplies what is below', () => {
		expect([...last({ repetitionPenalty: 2 }, BASE, { output: [2, 4] }).logits]).toEqual([2, 1, 0.25, 0, -2, -2]);
	});
	it('passes over ids that the vocabulary lacks', () => {
		expect([...last({ repetitionPenalty: 2, noRepeatNgram: 1 }, BASE, { output: [-1, 6, 99, 0.5] }).logits]).toEqual(BASE);
	});
});

describe('DRY', () => {
	it('never penalises a breaker, and no match reaches over one', () => {
		const s = { dryMultiplier: 1, dryAllowedLength: 1 };
		const context = { prompt: [0, 1, 2, 0, 1] };
		expect(last(s, BASE, context).logits[2]).toBe(0.5 - 1.75);
		expect([...last(s, BASE, { ...context, breakers: new Set([2]) }).logits]).toEqual(BASE);
		expect(last(s, BASE, { ...context, breakers: new Set([0]) }).logits[2]).toBe(-0.5);
	});
	it('llama.cpp caps the exponent where float32 ends, and with allowed = 0 counts matches of nothing', () => {
		const s = { dryMultiplier: 1, dryBase: 8, dryAllowedLength: 0 };
		expect(last({ ...s, order: 'llamacpp' }, BASE, { prompt: Array<number>(64).fill(1) }).info['penalty']).toBe(8 ** 42);
		expect(last(s, BASE, { prompt: [3, 5] }).logits[5]).toBe(-2);
		expect(last({ ...s, order: 'llamacpp' }, BASE, { prompt: [3, 5] }).logits[5]).toBe(-3);
	});
});

describe('mirostat 1', () => {
	it('fits the best 100 tokens', () => {
		const p = Array.from({ length: 200 }, (_, i) => (i < 100 ? 1 / (i + 1) : 1e-9));
		expect(zipfExponent(p)).toBe(zipfExponent(p.slice(0, 100)));
		expect(zipfExponent(p)).toBeCloseTo(1, 12);
	});
	it("k is continuous where Zipf's exponent is 1, and everything where the list is flat", () => {
		expect(zipfK(1, 3, 1000)).toBeCloseTo(zipfK(1 + 1e-7, 3, 1000), 4);
		expect(last({ mirostat: 1, mirostatMu: 10 }, Array(8).fill(0)).kept).toHaveLength(8);
		expect(last({ mirostat: 1 }, [1]).kept).toEqual([0]);
	});
});

describe('kthLargest', () => {
	it('is the k-th of the sorted list', () => {
		for (const values of [[3], [1, 1, 1], [5, -Infinity, 2, 5, 0, -Infinity, 7], Array.from({ length: 97 }, (_, i) => (i * 37) % 23)]) {
			const sorted = values.toSorted((a, b) => b - a);
			expect(values.map((_, i) => kthLargest(values, i + 1))).toEqual(sorted);
		}
	});
});
