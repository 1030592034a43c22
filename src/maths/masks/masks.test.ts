import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stream } from '../rng.ts';
import { evaluate } from './evaluate.ts';
import { explain, rulesOf } from './explain.ts';
import { globalRule } from './global-rule.ts';
import { predicate } from './kinds.ts';
import { layerPattern, PATTERNS } from './layer-patterns.ts';
import { buildMask, rowsOf, rowText, type Mask } from './mask.ts';
import { receptiveField, windowReach } from './receptive-field.ts';
import { has, size } from './runs.ts';
import { INITIAL, KINDS, resolve, type Kind, type MaskSettings, type Rules, type Sizes } from './settings.ts';
import { documentIds, imageBlocks } from './tables.ts';
import { tiles } from './tiles.ts';
import { walk } from './tree.ts';

const golden = (list: string) =>
	JSON.parse(readFileSync(new URL(`../../../tests/golden/${list}.json`, import.meta.url), 'utf8')) as Record<string, never>[];

const settings = (rules: Partial<Rules>, sizes: Partial<Sizes> = {}): MaskSettings =>
	resolve({ ...INITIAL, ...rules }, { q: null, kv: null, qOffset: null, kvOffset: 0, ...sizes });
const matrix = (mask: Mask) => rowsOf(mask).map((runs) => [...rowText(runs, mask.settings.kv)].map(Number));

interface Golden {
	id: string;
	kind: string;
	q: number;
	kv: number;
	params: Readonly<Partial<Record<string, unknown>>>;
	matrix: number[][];
}
/** The golden file's names in this project's. */
function fromGolden({ kind, q, kv, params: p }: Golden): MaskSettings {
	const lengths = (ids: number[]): number[] => ids.reduce<number[]>((out, id) => ((out[id] = (out[id] ?? 0) + 1), out), []);
	const known: Record<string, unknown> = {
		prefix: p.prefix,
		contextLength: p.context_length,
		window: p.window ?? p.attention_window,
		halfWindow: p.half_window,
		sinks: p.sinks,
		chunk: p.chunk,
		leftPadding: p.left_padding,
		padding: p.attention_mask,
		docs: p.lengths ?? (Array.isArray(p.doc_ids) ? lengths(p.doc_ids as number[]) : undefined),
		prefixDocs: p.prefix_document,
		virtualTokens: p.virtual_tokens,
		parents: p.parent,
		tokenType: p.token_type,
		global: p.global,
		blockSize: p.block_size,
		randomPairs: p.random_pairs,
		intervals: p.intervals,
		imageTokenLength: p.image_token_length
	};
	const given = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)) as Partial<Rules>;
	const sizes = { q, kv, qOffset: (p.q_offset ?? null) as number | null, kvOffset: (p.kv_offset ?? 0) as number };
	return resolve({ ...INITIAL, ...given, kind: kind.replaceAll('_', '-') as Kind }, sizes);
}

describe('golden masks', () => {
	const cases = golden('masks') as unknown as Golden[];
	it.each(cases)('$id', (one) => {
		const mask = buildMask(fromGolden(one));
		expect(matrix(mask)).toEqual(one.matrix);
		expect(mask.liveCells).toBe(one.matrix.flat().reduce((a, b) => a + b, 0));
	});
	it('covers every golden kind', () => {
		for (const { kind } of cases) expect(KINDS).toContain(kind.replaceAll('_', '-'));
	});
	it.each(golden('layer_patterns') as unknown as { model: string; layers: number; pattern: string[] }[])('$model', (one) => {
		expect(layerPattern(one.model.replace('_', '-') as never, one.layers)).toEqual(one.pattern);
	});
});

/** Settings of any kind, small enough to be checked cell by cell. */
function randomSettings(random: () => number): MaskSettings {
	const int = (min: number, max: number) => min + Math.floor(random() * (max - min + 1));
	const pick = <T>(list: readonly T[]): T => list[int(0, list.length - 1)]!;
	const some = (most: number, min: number, max: number) => Array.from({ length: int(0, most) }, () => int(min, max));
	const length = () => (random() < 0.4 ? null : int(1, 24));
	const more = (): Kind | 'none' => (random() < 0.7 ? 'none' : pick(KINDS));
	return resolve(
		{
			kind: pick(KINDS),
			or: more(),
			and: more(),
			prefix: int(0, 12),
			contextLength: int(0, 12),
			window: int(1, 12),
			halfWindow: int(0, 6),
			sinks: int(0, 5),
			chunk: int(1, 9),
			leftPadding: int(0, 5),
			padding: some(12, 0, 1),
			docs: some(5, 0, 7),
			prefixDocs: some(4, 0, 4),
			virtualTokens: int(0, 5),
			parents: some(12, -1, 12),
			tokenType: some(14, 0, 1),
			global: some(4, 0, 20),
			stride: int(1, 7),
			dilation: int(1, 4),
			radius: random() < 0.5 ? null : int(0, 6),
			blockSize: int(1, 5),
			randomPairs: [[int(0, 4), int(0, 4)]],
			intervals: [[int(0, 4), int(3, 9)] as const, [int(0, 9), int(3, 12)] as const].slice(0, int(1, 2)),
			imageTokenLength: int(1, 5)
		},
		{ q: length(), kv: length(), qOffset: random() < 0.7 ? null : int(0, 12), kvOffset: random() < 0.7 ? 0 : int(0, 8) }
	);
}

describe('a mask is its predicate', () => {
	it('solved rows equal the predicate asked cell by cell, for 1,500 random settings', () => {
		const random = stream(7);
		for (let i = 0; i < 1500; i++) {
			const s = randomSettings(random);
			const mask = buildMask(s);
			const want = rowsOf(mask).map((_, row) =>
				Array.from({ length: s.kv }, (_, c) => (evaluate(mask.rule, s.qOffset + row, s.kvOffset + c) ? '1' : '0')).join('')
			);
			expect([s.kind, ...rowsOf(mask).map((runs) => rowText(runs, s.kv))]).toEqual([s.kind, ...want]);
			for (const runs of rowsOf(mask)) for (let j = 1; j < runs.length; j++) expect(runs[j]!).toBeGreaterThan(runs[j - 1]!);
		}
	});
	it('OR and AND are those of sets', () => {
		const random = stream(8);
		for (let i = 0; i < 300; i++) {
			const s = { ...randomSettings(random), or: 'none', and: 'none' } as const;
			const other = KINDS[Math.floor(random() * KINDS.length)]!;
			const [a, b] = [buildMask(s), buildMask({ ...s, kind: other })];
			const both = matrix(buildMask({ ...s, and: other })).flat();
			const any = matrix(buildMask({ ...s, or: other })).flat();
			const [x, y] = [matrix(a).flat(), matrix(b).flat()];
			expect(both).toEqual(x.map((v, j) => v & y[j]!));
			expect(any).toEqual(x.map((v, j) => v | y[j]!));
			expect(size(both.flatMap((v, j) => (v === 1 ? [j, j + 1] : [])))).toBe(a.liveCells + b.liveCells - any.reduce((u, v) => u + v, 0));
		}
	});
	it('a reason agrees with the cell and names rules of the mask', () => {
		const random = stream(9);
		for (let i = 0; i < 200; i++) {
			const s = randomSettings(random);
			const rule = predicate(s);
			const [at, to] = [s.qOffset + Math.floor(random() * s.q), s.kvOffset + Math.floor(random() * s.kv)];
			const reason = explain(rule, at, to);
			expect(reason.allowed).toBe(evaluate(rule, at, to));
			expect(reason.rules.length).toBeGreaterThan(0);
			for (const id of reason.rules) expect(rulesOf(rule)).toContain(id);
		}
	});
});

describe('counts in closed form', () => {
	it.each([1, 2, 7, 64, 4096])('causal and windows of %i tokens', (n) => {
		expect(buildMask(settings({}, { q: n })).liveCells).toBe((n * (n + 1)) / 2);
		for (const w of [1, 3, 512].filter((x) => x <= n)) {
			expect(buildMask(settings({ kind: 'sliding-window', window: w }, { q: n })).liveCells).toBe(w * n - (w * (w - 1)) / 2);
			expect(buildMask(settings({ kind: 'sliding-window-inclusive', window: w - 1 }, { q: n })).liveCells).toBe(w * n - (w * (w - 1)) / 2);
			if (n % w === 0) expect(buildMask(settings({ kind: 'chunked', chunk: w }, { q: n })).liveCells).toBe((n * (w + 1)) / 2);
		}
	});
	it('packed documents are triangles', () => {
		expect(buildMask(settings({ kind: 'packed', docs: [3, 2, 3] })).liveCells).toBe(6 + 3 + 6);
	});
	it('tiles of 128 as a block mask counts them', () => {
		expect(tiles(buildMask(settings({}, { q: 1024 })))).toEqual({ total: 64, computed: 36, full: 28 });
		expect(tiles(buildMask(settings({ kind: 'bidirectional' }, { q: 200 })))).toEqual({ total: 4, computed: 4, full: 4 });
		expect(tiles(buildMask(settings({ kind: 'packed', docs: [128, 128] })))).toEqual({ total: 4, computed: 2, full: 0 });
	});
	it('4,096 x 4,096 cells of every kind are solved in time for a drag', () => {
		for (const kind of KINDS) {
			const start = performance.now();
			buildMask(settings({ kind, docs: [1000, 2000, 1000] }, { q: 4096, kv: 4096 }));
			expect([kind, performance.now() - start < 1500]).toEqual([kind, true]);
		}
	});
});

describe('sizes and offsets', () => {
	it('queries are the last positions, behind virtual tokens, or a sequence of their own', () => {
		expect(settings({}, { q: 2, kv: 6 }).qOffset).toBe(4);
		expect(settings({}, { q: 2, kv: 6, kvOffset: 4 }).qOffset).toBe(8);
		expect(settings({}, { q: 6, kv: 2 }).qOffset).toBe(0);
		expect(settings({ kind: 'prefix-tuning', virtualTokens: 3 }, { q: 4 })).toMatchObject({ kv: 7, qOffset: 3 });
		expect(settings({ kind: 'vision-cross-attention' })).toMatchObject({ q: 6, kv: 6, qOffset: 0 });
		expect(settings({ kind: 'packed', docs: [3, 4] })).toMatchObject({ q: 7, kv: 7 });
	});
	it('lists become tables', () => {
		expect(documentIds([2, 1], 5)).toEqual([0, 0, 1, 2, 2]);
		expect(imageBlocks([1, 1, 0, 1], 6)).toEqual([0, 0, -1, 1, -1, -1]);
		expect(walk([-1, 0, 0, 1])).toEqual({ enter: [0, 1, 3, 2], leave: [4, 3, 4, 3], depth: [0, 1, 1, 2] });
	});
	it('left padding leaves the padded queries nothing to read', () => {
		expect(buildMask(settings({ kind: 'causal-padding', padding: [0, 0, 1, 1, 1] })).emptyRows).toBe(2);
	});
	it('a tree that grows on a cache sees all of it', () => {
		const mask = buildMask(settings({ kind: 'tree' }, { q: 7, kv: 10 }));
		expect(rowText(mask.row(6), 10)).toBe('1111101001');
		expect(rowText(mask.row(0), 10)).toBe('1111000000');
	});
});

describe('through the layers', () => {
	it.each([
		[1, 4],
		[3, 4],
		[5, 3],
		[9, 1]
	])('%i windows of %i keys reach as the formula says', (layers, window) => {
		const mask = buildMask(settings({ kind: 'sliding-window', window }, { q: 64 }));
		const steps = receptiveField(mask, 63, layerPattern('uniform', layers));
		expect(steps.map(size)).toEqual(Array.from({ length: layers + 1 }, (_, l) => windowReach(l, window)));
	});
	it('a chunk never reaches before its first token, a global layer everything', () => {
		const mask = buildMask(settings({ kind: 'chunked', chunk: 4 }, { q: 16 }));
		expect(size(receptiveField(mask, 14, layerPattern('uniform', 9)).at(-1)!)).toBe(3);
		expect(receptiveField(mask, 14, layerPattern('llama4', 4)).map(size)).toEqual([1, 15, 15, 15, 15]);
	});
	it('equals the product of the layers as matrices', () => {
		const random = stream(11);
		for (let i = 0; i < 200; i++) {
			const n = 1 + Math.floor(random() * 14);
			const kind = KINDS.filter((x) => !x.includes('cross'))[Math.floor(random() * 27)]!;
			const s = resolve({ ...INITIAL, ...randomSettings(random), kind, or: 'none', and: 'none' }, { q: n, kv: n, qOffset: 0, kvOffset: 0 });
			const mask = buildMask(s);
			const kinds = layerPattern(PATTERNS[Math.floor(random() * PATTERNS.length)]!, 1 + Math.floor(random() * 5));
			const local = matrix(mask);
			const whole = matrix(buildMask(s, globalRule(mask.rule)));
			const row = Math.floor(random() * n);
			let reached = Array.from({ length: n }, (_, c) => c === row);
			for (const layer of [...kinds].reverse()) {
				const m = layer === 'G' ? whole : local;
				reached = reached.map((was, c) => was || reached.some((r, at) => r && m[at]![c] === 1));
			}
			const got = receptiveField(mask, row, kinds).at(-1)!;
			expect([kind, Array.from({ length: n }, (_, c) => has(got, c))]).toEqual([kind, reached]);
		}
	});
	it('a global layer drops windows and keeps the rest', () => {
		const dropped = (kind: Kind) => matrix(buildMask(settings({ kind }), globalRule(predicate(settings({ kind })))));
		expect(dropped('sliding-window')).toEqual(matrix(buildMask(settings({}))));
		expect(dropped('packed-sliding-window')).toEqual(matrix(buildMask(settings({ kind: 'packed' }))));
		expect(dropped('image-bidirectional-sliding')).toEqual(matrix(buildMask(settings({ kind: 'image-bidirectional' }))));
	});
});
