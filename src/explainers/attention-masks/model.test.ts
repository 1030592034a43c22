import { describe, expect, it } from 'vitest';
import { parseQuery } from '#kit/params/codec.ts';
import { initialParams, randomParams } from '#kit/params/schema.ts';
import { stream } from '#maths/rng.ts';
import { RULES } from '#maths/masks/expr.ts';
import { KINDS } from '#maths/masks/settings.ts';
import { NOTHING, type LiveData, type MaskData } from './data.ts';
import { ask, questionKey } from './ask.ts';
import { labels } from './labels.ts';
import { binned, flow, labelStep, layout } from './layout.ts';
import { model, rowWeights } from './model.ts';
import { params, READS, type MaskParams } from './params.ts';
import { segments, TONE, toneRow } from './segments.ts';
import { maskOf } from './settings-of.ts';

const of = (query: string): MaskParams => {
	const parsed = parseQuery(params, new URLSearchParams(query), initialParams(params));
	expect(parsed.clamped).toEqual([]);
	return parsed.params;
};
const possible = (p: MaskParams): MaskParams => ({ ...p, ...model.check?.(p)?.fix });
const fact = (query: string, id: string, data: MaskData = NOTHING) => model.facts(of(query), data)[id]?.value;
const json = (query: string, step: number) =>
	model.toJSON!(model.frames(of(query), NOTHING).at(step)!) as { mask: string[]; weights: number[]; reached: number[][] };

describe('parameters', () => {
	it('reads the contract’s names, and kinds as libraries write them', () => {
		expect(of('kind=sliding_window&q=1&kv=6&window=4&qOffset=9&kvOffset=4').kind).toBe('sliding-window');
		expect(json('kind=sliding-window&q=1&kv=6&window=4&qOffset=9&kvOffset=4', 0).mask).toEqual(['001111']);
		expect(json('kind=bigbird&q=8&kv=8&blockSize=1&randomPairs=2:5', 0).mask[2]).toBe('11110101');
		expect(params.randomPairs.parse('2,5,3,6')).toEqual({ value: of('randomPairs=2:5,3:6').randomPairs, why: 'notANumber' });
		expect(params.intervals.parse('0:4,0:5').value).toHaveLength(2);
	});
	it('clamps rubbish and never throws', () => {
		for (const text of ['-1', 'NaN', '1e9', '', ',,,', '1:2:3', '999999:1', '😀', '%00', '1,a,2', '-', 'null', '0x10'].flatMap((x) => [
			x,
			x.repeat(50)
		])) {
			for (const name of Object.keys(params)) {
				const { params: p } = parseQuery(params, new URLSearchParams([[name, text]]), initialParams(params));
				expect(model.frames(possible(p), NOTHING).length).toBeGreaterThan(0);
			}
		}
	});
	it('2,000 random parameter sets give frames, facts and sentences in both languages', () => {
		const random = stream(21);
		for (let i = 0; i < 2000; i++) {
			const drawn = randomParams(params, random);
			// Most of them small, so that the test stays quick; one in twenty as large as it comes.
			const p = possible(
				i % 20 === 0
					? drawn
					: {
							...drawn,
							q: drawn.q === null ? null : 1 + (drawn.q % 40),
							kv: drawn.kv === null ? null : 1 + (drawn.kv % 40),
							layers: 1 + (drawn.layers % 6),
							blockSize: 1 + (drawn.blockSize % 6)
						}
			);
			const frames = model.frames(p, NOTHING);
			const { q, kv } = frames[0]!.mask.settings;
			const facts = model.facts(p, NOTHING);
			// One expectation for all sentences: expecting each would take longer than computing them.
			const wrong: unknown[] = [];
			for (const text of Object.values(labels)) {
				for (const frame of [frames[0]!, frames[frames.length >> 1]!, frames.at(-1)!]) {
					const sentence = text.captions[frame.caption.key as 'whole'](frame.caption.values);
					if (!/^.{1,60}?(\.\s|。)./u.test(sentence) || /undefined|NaN,|null/.test(sentence)) wrong.push(sentence);
				}
				for (const [id, { value, unit, source, note }] of Object.entries(facts)) {
					const told = note === undefined ? 'none' : text.notes[note.key as 'cells'](note.values);
					if (!Number.isFinite(value) || unit.length * source.length * text.facts[id as 'kvKept'].length === 0) wrong.push([id, value]);
					if (/undefined|NaN/.test(told)) wrong.push(told);
				}
			}
			expect(wrong).toEqual([]);
			expect(facts.liveCells!.value).toBeLessThanOrEqual(q * kv);
			expect(facts.receptiveField!.value).toBeLessThanOrEqual(kv);
		}
	}, 120_000);
	it('impossible ones are told with a fix that is possible', () => {
		for (const query of ['kind=tree&parents=-1,5,0', 'heads=4&head=7', 'or=tree&parents=3']) {
			const problem = model.check!(of(query))!;
			for (const text of Object.values(labels)) expect(text.problems[problem.key as 'head'](problem.values)).not.toContain('undefined');
			expect(model.check!({ ...of(query), ...problem.fix })).toBeUndefined();
		}
	});
});

describe('facts', () => {
	it.each([
		['kind=causal&q=6', 'liveCells', 21],
		['kind=causal&q=6', 'liveShare', 21 / 36],
		['kind=causal&q=6', 'kvKept', 6],
		['kind=sliding-window&q=64&window=4', 'kvKept', 4],
		['kind=sliding-window&q=64&window=4&layers=3', 'receptiveField', 10],
		['kind=sliding-window&q=64&window=4&layers=128', 'receptiveField', 64],
		['kind=attention-sinks&q=64&sinks=2&window=3', 'kvKept', 5],
		['kind=chunked&q=16&chunk=8', 'kvKept', 8],
		['kind=bidirectional&q=5&kv=9', 'liveCells', 45],
		['kind=sliding-window&q=64&window=4&layers=6&pattern=gemma3', 'kvKeptStack', 5 * 4 + 64],
		['kind=chunked&q=16&chunk=4&layers=4&pattern=llama4', 'receptiveField', 16],
		['kind=causal&q=4&heads=2&headDim=8', 'scoreFlops', 2 * 8 * 2 * 10],
		['kind=causal&q=4&heads=2', 'scoreBytes', 2 * 2 * 16],
		['kind=sliding-window&q=4096&window=1024', 'liveTiles', 9 * 32 - 36],
		['kind=cross-attention&q=3&kv=5&padding=1,1,1,0,0', 'receptiveField', 3]
	])('%s: %s = %d', (query, id, value) => expect(fact(query, id)).toBe(value));
	it('a window’s reach in a longer text is told', () => {
		expect(model.facts(of('kind=sliding-window&q=8&window=4&layers=32'), NOTHING).receptiveField!.note).toEqual({
			key: 'reachBeyond',
			values: { layers: 32, unbounded: 97 }
		});
	});
});

describe('frames', () => {
	it('go through the mask, its queries, a decode step and the layers', () => {
		const phases = model.frames(of('kind=sliding-window&q=5&layers=2'), NOTHING).map(({ phase, row }) => [phase, row]);
		expect(phases).toEqual([['whole', 4], ...[0, 1, 2, 3, 4].map((row) => ['row', row]), ['decode', 4], ['layer', 4], ['layer', 4]]);
	});
	it('are few for many queries, with the first and the last', () => {
		const rows = model.frames(of('kind=causal&q=4096&layers=128'), NOTHING).filter(({ phase }) => phase === 'row');
		expect([rows.length, rows[0]!.row, rows.at(-1)!.row]).toEqual([48, 0, 4095]);
	});
	it('every frame carries the whole mask and a row that sums to 1', () => {
		for (const step of [0, 3, -1]) {
			const frame = json('kind=prefix-lm&q=6&prefix=3', step);
			expect(frame.mask).toEqual(['111000', '111000', '111000', '111100', '111110', '111111']);
			expect(frame.weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
		}
	});
	it('tell whether a cache can grow', () => {
		const key = (query: string) => model.frames(of(query), NOTHING).find(({ phase }) => phase === 'decode')!.caption.key;
		expect(['causal', 'bidirectional', 'prefix-lm', 'cross-attention', 'block-diffusion'].map((kind) => key(`kind=${kind}&q=8`))).toEqual([
			'decode',
			'decodeNot',
			'decode',
			'decodeCross',
			'decodeNot'
		]);
		expect(key('kind=causal&q=1&kv=6')).toBe('decode');
	});
	it('a query with nothing to read says so', () => {
		expect(model.frames(of('kind=causal-padding&padding=0,0,1'), NOTHING)[1]!.caption.key).toBe('rowEmpty');
	});
});

describe('the picture', () => {
	it('toned rows are the mask, split at the query', () => {
		const mask = maskOf(of('kind=image-bidirectional-sliding&window=3'), NOTHING);
		expect(toneRow(mask.settings, mask.row(1), 1, true)).toEqual([0, 2, TONE.seen, 2, 4, TONE.ahead, 4, 9, TONE.later]);
		expect(toneRow(mask.settings, mask.row(4), 4, false)).toEqual([0, 2, TONE.cut, 2, 5, TONE.seen]);
	});
	it('nothing stands outside or on top of another, for any shape and width', () => {
		const random = stream(4);
		const some = (n: number) => 1 + Math.floor(random() * n);
		for (let i = 0; i < 500; i++) {
			const width = 280 + Math.floor(random() * 900);
			const shape = { q: some(i % 2 === 0 ? 20 : 4096), kv: some(i % 3 === 0 ? 20 : 4096), tokens: random() < 0.5, levels: some(129) };
			const { matrix, bars, stack, height, narrow, legendY } = layout(width, shape);
			for (const box of [matrix, bars, stack]) {
				expect(box.x + box.width).toBeLessThanOrEqual(width);
				expect(box.y + box.height).toBeLessThanOrEqual(height);
				expect(Math.min(box.width, box.height)).toBeGreaterThan(0);
			}
			expect(legendY).toBeGreaterThan(matrix.y + matrix.height);
			expect(stack.y).toBeGreaterThan(bars.y + bars.height + 30);
			if (narrow) expect(bars.y).toBeGreaterThan(legendY + 70);
			else expect(bars.x).toBeGreaterThan(matrix.x + matrix.width + 40);
		}
	});
	it('helpers', () => {
		expect(binned([1, 2, 3, 4, 5], 3)).toEqual({ size: 2, sums: [3, 7, 5] });
		expect([labelStep(12, 300, 20), labelStep(4096, 400, 40), labelStep(1, 5, 20)]).toEqual([1, 500, 1]);
		expect(flow(['ab', 'cd', 'ef'], 80).map(({ line }) => line)).toEqual([0, 1, 2]);
		expect(segments(maskOf(of('kind=packed&docs=2,3&q=7'), NOTHING).settings).map(({ start, end, index }) => [start, end, index])).toEqual([
			[0, 2, 1],
			[2, 5, 2],
			[5, 7, 3]
		]);
	});
	it('every kind and rule has its words, every kind its numbers', () => {
		for (const text of Object.values(labels)) {
			for (const kind of KINDS) expect([text.kinds[kind].length, text.values[kind]]).toEqual([2, text.kinds[kind][0]]);
			for (const rule of RULES)
				for (const say of text.rules[rule]) expect(say({ at: 5, key: 3, distance: 2, window: 4 }).length).toBeGreaterThan(1);
		}
		for (const kind of KINDS) for (const name of READS[kind]) expect(params).toHaveProperty(name);
	});
});

describe('with a language model', () => {
	const T = 4;
	const calls: (Float32Array | undefined)[] = [];
	/** Two layers of two heads whose attention is equal among what the bias leaves; its next token is the number of keys that the last reads. */
	const speaker = {
		config: { layers: 2, heads: 2, contextLength: 64, vocabulary: 8 },
		tokens: ['a', 'b', 'c', 'd'].map((text) => ({ text })),
		encode: () => Promise.resolve([0, 1, 2, 3]),
		lab: (_ids: readonly number[], { bias }: { bias?: Float32Array } = {}) => {
			calls.push(bias);
			const open = (row: number, c: number) => c <= row && (bias?.[row * T + c] ?? 0) === 0;
			const attention = new Float32Array(2 * T * T);
			for (let h = 0; h < 2; h++) {
				for (let row = 0; row < T; row++) {
					const seen = [0, 1, 2, 3].filter((c) => open(row, c));
					for (const c of seen) attention[(h * T + row) * T + c] = 1 / seen.length;
				}
			}
			const logits = new Float32Array(T * 8);
			logits[(T - 1) * 8 + [0, 1, 2, 3].filter((c) => open(T - 1, c)).length] = 20;
			return Promise.resolve({ attentions: [attention, attention], logits, length: T });
		}
	};
	it('gives the mask as a bias and shows both distributions', async () => {
		const p = of('kind=sliding-window&window=2&source=model');
		const data = (await ask(p, speaker as never)) as LiveData;
		expect(calls[0]).toBeUndefined();
		expect([...calls[1]!].map((x) => (x === 0 ? 1 : 0))).toEqual([1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1]);
		expect([data.before[4], data.after[2], data.empty].map((x) => Math.round(x!))).toEqual([1, 1, 0]);
		const frames = model.frames(p, data);
		expect(frames[0]!.mask.settings).toMatchObject({ q: T, kv: T });
		expect([...Array.from(rowWeights(frames[0]!, 3))]).toEqual([0, 0, 0.5, 0.5]);
		expect(frames[2]!.caption.values.token).toBe('b');
	});
	it('keeps the causal triangle, and lets a query without keys read itself', async () => {
		const p = of('kind=causal-padding&padding=0,1,1,1&source=model');
		const data = (await ask(p, speaker as never)) as LiveData;
		expect(data.empty).toBe(1);
		expect([...calls.at(-1)!].slice(0, 4)).toEqual([0, -Infinity, -Infinity, -Infinity]);
		expect(maskOf(of('kind=bidirectional&source=model'), data).liveCells).toBe(10);
	});
	it('counts what it could not give to a causal model', async () => {
		const beyond = async (query: string) => ((await ask(of(`${query}&source=model`), speaker as never)) as LiveData).beyond;
		expect(await beyond('kind=bidirectional')).toBe(6);
		expect(await beyond('kind=prefix-lm&prefix=2')).toBe(1);
		expect(await beyond('kind=sliding-window&window=2')).toBe(0);
	});
	it('asks again only when the answer would differ', () => {
		const key = (query: string) => questionKey(of(query));
		expect(key('source=model&window=9')).toBe(key('source=model'));
		expect(key('source=model&kind=sliding-window&window=9')).not.toBe(key('source=model&kind=sliding-window'));
		expect(key('source=model&layer=3&head=1')).toBe(key('source=model'));
	});
});
