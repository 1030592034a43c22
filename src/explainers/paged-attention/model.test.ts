import { describe, expect, it } from 'vitest';
import golden from '../../../tests/golden/paged.json';
import batching from '../../../tests/golden/batching.json';
import { parseQuery, printQuery, queryString } from '#kit/params/codec.ts';
import { initialParams, randomParams } from '#kit/params/schema.ts';
import { locales } from '#kit/text/locale.ts';
import { stream } from '#maths/rng.ts';
import { NO_DATA, type PagedData } from './data.ts';
import { labels } from './labels.ts';
import { geometryOf } from './layout.ts';
import { model, type PagedFrame } from './model.ts';
import { params, type PagedParams } from './params.ts';
import { itemsOf } from './picture.ts';
import { recorded } from './recorded.ts';
import { averageUse } from './facts.ts';
import { runsOf } from './runs.ts';
import { wordsOf } from './words.ts';

const initial = initialParams(params);
const parse = (query: string): PagedParams => parseQuery(params, new URLSearchParams(query), initial).params;
const at = (query: string, data?: PagedData) => {
	const p = parse(query);
	return { p, data: data ?? recorded(p), frames: model.frames(p, data ?? recorded(p)) };
};
interface Json {
	event: { kind: string; request?: string };
	tables: Record<string, [number, number][]>;
	refCounts: number[];
	free: number[];
}
const json = (frame: PagedFrame): Json => JSON.parse(JSON.stringify(model.toJSON!(frame))) as Json;
const last = <T>(list: readonly T[]): T => list.at(-1)!;
const named = (name: string) => (golden as { case: string }[]).find((c) => c.case === name)! as unknown as Record<string, unknown>;

describe('scenes of the paper, through the figure', () => {
	it('Fig. 6', () => {
		const tables = at('scene=paper-fig6').frames.map((frame) => json(frame).tables['A'] ?? []);
		const events = named('paper fig 6')['events'] as { table: number[][] }[];
		expect(tables.filter((table) => table.length > 0)).toEqual(events.map(({ table }) => table));
	});
	it('Fig. 8', () => {
		const { frames, p, data } = at('scene=paper-fig8');
		const { tables, refCounts, free } = json(last(frames));
		expect(Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, table.map(([block]) => block)]))).toEqual({
			A1: [7, 3],
			A2: [7, 1]
		});
		expect([7, 1, 3].map((block) => refCounts[block])).toEqual([2, 1, 1]);
		expect(free).not.toContain(3);
		expect(frames.map(({ kind }) => kind)).toEqual(['arrive', 'prefill', 'fork', 'copy', 'append']);
		expect(model.facts(p, data)['blocksSaved']!.value).toBe(1);
	});
	it('Fig. 9', () => {
		const { frames, p, data } = at('scene=paper-fig9');
		const blocks = (frame: PagedFrame) =>
			Object.fromEntries(Object.entries(json(frame).tables).map(([name, table]) => [name, table.map(([block]) => block)]));
		const c = named('paper fig 9 beam k=4');
		expect(blocks(frames[0]!)).toEqual(c['before']);
		expect(blocks(last(frames))).toEqual(c['after']);
		expect(model.facts(p, data, 0)['blocksSaved']!.value).toBe(16 - 9);
		expect(model.facts(p, data)['blocksSaved']!.value).toBe(20 - 9);
		expect(model.facts(p, data)['blocksInUse']!.value).toBe(9);
	});
});

describe('frames', () => {
	it('a custom request takes blocks as it grows', () => {
		const { frames } = at('scene=custom&requests=7+3&blockSize=4&blocks=8');
		const tables = frames.map((frame) => json(frame).tables['A']).filter((table) => table !== undefined);
		expect(tables.map((table) => table.map(([, filled]) => filled))).toEqual([
			[4, 3],
			[4, 4],
			[4, 4, 1],
			[4, 4, 2]
		]);
		expect(json(last(frames)).tables).toEqual({});
	});
	it.each(batching)('iterations of outputs $output_lengths', (c) => {
		const requests = c.output_lengths.map((output) => `3+${output}`).join(',');
		for (const kind of ['static', 'continuous'] as const) {
			const { p, data } = at(`scene=custom&requests=${encodeURIComponent(requests)}&maxBatch=${c.max_batch}&batching=${kind}&versus=none`);
			const facts = model.facts(p, data);
			expect(facts['iterations']!.value).toBe(c[`${kind}_iterations`]);
			expect(facts['batchUse']!.value).toBeCloseTo(c[`${kind}_utilisation`], 12);
		}
	});
	it('the same run in three grains ends in the same state and has ever fewer steps', () => {
		const counts = (['token', 'event', 'iteration'] as const).map((grain) => {
			const { frames } = at(`scene=custom&requests=7+12,6+14,9+8&blocks=9&grain=${grain}`);
			expect(frames[0]!.first).toBe(0);
			frames.slice(1).forEach((frame, i) => expect(frame.first).toBe(frames[i]!.end));
			return frames.length;
		});
		expect(counts[0]!).toBeGreaterThan(counts[1]!);
		expect(counts[1]!).toBeGreaterThan(counts[2]!);
	});
	it('all kinds of events have a step of their own somewhere', () => {
		const kinds = new Set<string>();
		const queries = [
			'scene=parallel&samples=3',
			'scene=beam&samples=4&requests=7+12',
			'scene=prefix&blocks=12&requests=5+6,3+8,6+4,4+5',
			'scene=multiturn&requests=6+7&blocks=12',
			'scene=custom&requests=7+12,6+14,9+8&blocks=9&prefixCaching=0',
			'scene=custom&requests=7+12,6+14,9+8&blocks=9&preemption=swap',
			'scene=custom&requests=7+12,60+14&blocks=9',
			'scene=custom&requests=7+12,6+9&blocks=4&maxBatch=1'
		];
		for (const query of queries) for (const frame of at(query).frames) kinds.add(frame.kind);
		for (const kind of [
			'arrive',
			'reject',
			'wait',
			'hit',
			'prefill',
			'evict',
			'append',
			'grow',
			'copy',
			'fork',
			'drop',
			'full',
			'preempt',
			'swapOut',
			'swapIn',
			'finish'
		])
			expect(kinds).toContain(kind);
	});
	it('paged memory serves a ShareGPT-like workload with more requests at once than any reservation', () => {
		const p = parse('scene=workload&blockSize=16&count=60&seed=3');
		const iterations = (policy: PagedParams['policy']) => runsOf({ ...p, policy, versus: 'none' }, NO_DATA).run;
		const paged = iterations('paged');
		for (const policy of ['contiguous-max', 'contiguous-pow2', 'contiguous-oracle'] as const) {
			expect(paged.iterations).toBeLessThanOrEqual(iterations(policy).iterations);
			expect(Math.max(...paged.moments.map(({ running }) => running))).toBeGreaterThan(
				Math.max(...iterations(policy).moments.map(({ running }) => running))
			);
			expect(averageUse(paged)!).toBeGreaterThan(averageUse(iterations(policy))!);
		}
		expect(averageUse(paged)!).toBeGreaterThan(0.95);
	});
});

describe('words', () => {
	it('recorded texts fill the blocks of the opening', () => {
		const { data, frames } = at('scene=several&source=model');
		expect(data.origin).toBe('recorded');
		const { run } = frames[0]!.story;
		expect(wordsOf('several', data, run, 0, 5, frames[0]!.end)).toEqual(['<s>', 'Once', 'upon', 'a', 'time']);
		expect(run.setup.requests.map(({ prompt, output }) => [prompt, output])).toEqual(
			data.texts.map((t) => [t.prompt.length, t.outputs[0]!.length])
		);
	});
	it('beams share the words before they part', () => {
		const { data, frames } = at('scene=beam&source=model&samples=4');
		const { run } = frames[0]!.story;
		for (const frame of frames) {
			const byBlock = new Map<number, string>();
			for (const { sequence, tokens, table } of frame.snapshot.places) {
				const words = wordsOf('beam', data, run, sequence, tokens, frame.end);
				table.forEach(([block, filled], i) => {
					const text = words.slice(i * 4, i * 4 + filled).join('|');
					// Two tables that name one block mean the same words by it.
					if (byBlock.has(block)) expect(byBlock.get(block)).toBe(text);
					byBlock.set(block, text);
				});
			}
		}
	});
	it('a question that was not recorded shows lengths', () =>
		expect(at('scene=single&source=model&promptA=Hello').data.origin).toBe('none'));
});

/** Two thousand were tried; what stays here takes a few seconds. */
const SETS = 250;

describe('any state', () => {
	it('random parameter sets: frames, facts, captions and geometry', () => {
		const random = stream(11);
		for (let i = 0; i < SETS; i++) {
			const p = randomParams(params, random);
			const data = recorded(p);
			const frames = model.frames(p, data);
			expect(frames.length).toBeGreaterThan(0);
			const step = Math.floor(random() * frames.length);
			for (const frame of [frames[step]!, last(frames)]) {
				for (const locale of locales) {
					const { key, values } = frame.caption;
					const caption = labels[locale].captions[key as keyof (typeof labels)['en']['captions']]({ ...values });
					expect(caption).toMatch(locale === 'en' ? /^.{1,60}?\. / : /^.{1,60}?。/);
					expect(caption).not.toMatch(/undefined|NaN|-1/);
					expect(labels[locale].marks[frame.mark.key as 'start']).toBeTypeOf('string');
				}
				expect(itemsOf(frame)).toBeDefined();
			}
			for (const fact of Object.values(model.facts(p, data, step))) {
				expect(fact.source).not.toBe('');
				if (fact.unit === 'share' && fact.value !== null) expect(Number(fact.value) >= 0 && Number(fact.value) <= 1).toBe(true);
				if (fact.note)
					for (const locale of locales) expect(labels[locale].notes[fact.note.key as 'slots'](fact.note.values)).toBeTypeOf('string');
			}
			for (const width of [280, 340, 780, 1100]) expect(geometryOf(width, p).height).toBeGreaterThan(200);
			model.check?.(p);
		}
	}, 60_000);
	it('printing and parsing give the same parameters', () => {
		const random = stream(5);
		for (let i = 0; i < 500; i++) {
			const p = randomParams(params, random);
			expect(parse(queryString(printQuery(params, p, initial)))).toEqual(p);
		}
	});
	it.each([
		'requests=',
		'requests=abc',
		'requests=0+0',
		'requests=9999999999+1',
		'requests=7 3,x,5:2,',
		'blocks=-3',
		'blocks=1e9',
		'blockSize=0',
		'samples=99&scene=beam',
		'scene=nonsense',
		'rate=NaN',
		'count=1e99',
		'maxLen=1'
	])('hostile query %s', (query) => {
		const { frames, p, data } = at(`${query}&versus=paged`);
		expect(frames.length).toBeGreaterThan(0);
		expect(Object.keys(model.facts(p, data)).length).toBeGreaterThan(9);
	});
	it('"+" in a query may arrive as a space', () =>
		expect(parse('requests=7+3,12+5').requests).toEqual([
			[7, 3],
			[12, 5]
		]));
	it('what cannot be is said, and mended by the fix', () => {
		for (const query of [
			'scene=paper-fig6&blockSize=16',
			'scene=custom&requests=60+14&blocks=9',
			'scene=custom&requests=60+14&maxLen=32'
		]) {
			let p = parse(query);
			for (let i = 0; i < 3 && model.check!(p) !== undefined; i++) p = { ...p, ...model.check!(p)!.fix };
			expect(model.check!(parse(query))).toBeDefined();
			expect(model.check!(p)).toBeUndefined();
		}
	});
});
