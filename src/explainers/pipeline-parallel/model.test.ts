/** The figure as its readers and its links see it: frames, facts, JSON, and what happens to counts that a schedule cannot take. */
import { describe, expect, it } from 'vitest';
import golden from '../../../tests/golden/pipeline.json' with { type: 'json' };
import { parseQuery } from '#kit/params/codec.ts';
import { initialParams } from '#kit/params/schema.ts';
import { labels } from './labels.ts';
import { geometryOf } from './geometry.ts';
import { cellsOf, levelsOf, visible } from './marks.ts';
import { model } from './model.ts';
import { neighbour, placeAt } from './places.ts';
import { storyOf } from './story.ts';
import { tellPlace } from './tell.ts';

const paramsOf = (query: string) => parseQuery(model.params, new URLSearchParams(query), initialParams(model.params)).params;
const factsOf = (query: string) => model.facts(paramsOf(query), null);
const lastJson = (query: string) => {
	const frames = model.frames(paramsOf(query), null);
	return model.toJSON!(frames.at(-1)!) as { time: number; grid?: string[][]; orders: string[][] };
};

describe('the last step as JSON', () => {
	const CASES = [
		['schedule=1f1b&stages=4&microbatches=8', '1f1b', 4, 8],
		['schedule=gpipe&stages=4&microbatches=8', 'gpipe', 4, 8],
		['schedule=gpipe&stages=4&microbatches=4&reverse=1', 'gpipe_reverse_backward', 4, 4],
		['schedule=interleaved-1f1b&stages=4&microbatches=8&chunks=2', 'interleaved_1f1b', 4, 8],
		['schedule=looped-bfs&stages=4&microbatches=8&chunks=2', 'looped_bfs', 4, 8],
		['schedule=zb-h1&stages=4&microbatches=8', 'zb_h1', 4, 8],
		['schedule=zb-h2&stages=4&microbatches=8', 'zb_h2', 4, 8],
		['schedule=interleaved-zero-bubble&stages=4&microbatches=8&chunks=2', 'interleaved_zero_bubble', 4, 8],
		['schedule=zb-v&stages=2&microbatches=4', 'zbv', 2, 4],
		['schedule=v-half&stages=4&microbatches=8', 'v_half', 4, 8],
		['schedule=v-min&stages=4&microbatches=8', 'v_min', 4, 8],
		['schedule=dualpipe&stages=4&microbatches=8', 'dualpipe', 4, 8],
		['schedule=dualpipev&stages=4&microbatches=10', 'dualpipev', 4, 10],
		['schedule=1f1b&tI=0.5&tW=0.5', '1f1b_unit', 4, 8],
		['schedule=naive&microbatches=4', 'no_pipelining', 4, 4]
	] as const;
	it.each(CASES)('%s has the reference grid and orders', (query, schedule, p, m) => {
		const one = golden.pipeline.find((c) => c.schedule === schedule && c.p === p && c.m === m && c.v !== 4)!;
		const { grid, orders, time } = lastJson(query);
		expect(grid!.map((row) => row.join(' '))).toEqual(one.grid);
		expect(orders.map((row) => row.join(' '))).toEqual(one.orders);
		expect(time).toBe(one.makespan);
		const { bubbleOverTotal, bubbleOverIdeal, peakActivations, idlePerDevice } = factsOf(query);
		expect(bubbleOverTotal!.value).toBeCloseTo(one.bubble_over_total, 12);
		expect(bubbleOverIdeal!.value).toBeCloseTo(one.bubble_over_ideal, 12);
		expect(peakActivations!.value).toEqual(one.peak_inflight_chunks);
		expect(idlePerDevice!.value).toEqual(one.idle_per_rank);
	});
	it('has no grid where times are not whole, and none before the end', () => {
		expect(lastJson('tF=0.7').grid).toBeUndefined();
		const [first] = model.frames(paramsOf(''), null);
		expect(model.toJSON!(first!)).not.toHaveProperty('grid');
	});
	it('says what a waiting device waits for', () => {
		const frame = model.frames(paramsOf(''), null)[6]!;
		const { devices } = model.toJSON!(frame) as { devices: Record<string, unknown>[] };
		expect(devices[0]).toEqual({ operation: null, waitsFor: '1B0', onDevice: 1, held: 4, keptForWeight: 0 });
		expect(devices[2]).toEqual({ operation: '2B0', held: 2, keptForWeight: 0 });
	});
});

describe('frames', () => {
	it('are a slot apart when all durations are whole, whatever starts or ends', () => {
		const frames = model.frames(paramsOf(''), null);
		expect(frames.map(({ time }) => time)).toEqual(Array.from({ length: 34 }, (_, t) => t));
	});
	it('follow the events otherwise, and the tick where it is given', () => {
		const times = model
			.frames(paramsOf('stages=2&microbatches=1&tF=0.5&tI=0.3&tW=0.4'), null)
			.map(({ time }) => Math.round(time * 1e6) / 1e6);
		expect(times).toEqual([0, 0.5, 1, 1.7, 2.4]);
		expect(model.frames(paramsOf('tick=0.5'), null)).toHaveLength(67);
		expect(model.frames(paramsOf('tick=20'), null).map(({ time }) => time)).toEqual([0, 20, 33]);
	});
	it('share one story, so that they grow with time and not with devices times time', () => {
		const frames = model.frames(paramsOf('stages=64&microbatches=512'), null);
		expect(frames).toHaveLength(3 * (512 + 63) + 1);
		expect(new Set(frames.map(({ story }) => story)).size).toBe(1);
		expect(Object.keys(frames[7]!).sort()).toEqual(['index', 'story']);
	});
	it('are never more than a reader could walk', () => {
		const frames = model.frames(paramsOf('schedule=looped-bfs&stages=64&microbatches=512&tF=0.7&tI=0.9&tComm=0.13'), null);
		expect(frames.length).toBeLessThan(20_100);
		expect(frames.at(-1)!.time).toBeCloseTo(frames[0]!.story.schedule.makespan, 6);
		expect(model.frames(paramsOf('microbatches=512&tF=100&tick=0.01'), null).length).toBeLessThan(20_100);
	});
	it('say what has become possible and what the wait has cost', () => {
		const say = (query: string, step: number): string => {
			const { caption } = model.frames(paramsOf(query), null)[step]!;
			return labels.en.captions[caption.key as 'start'](caption.values);
		};
		expect(say('', 10)).toBe(
			'Time 10. Device 1 hands the gradient of microbatch 0 to device 0, which can start the backward pass of microbatch 0 at last. It has had nothing to do since 4: 6 slots of bubble.'
		);
		expect(say('', 13)).toContain(
			'which starts the backward pass of microbatch 1 at once. So far it has had nothing to do for 6 slots of 13.'
		);
		expect(say('schedule=zb-h1&stages=2&microbatches=1&tI=2', 5)).toContain('Device 1 has done all its work and waits 2 slots');
		expect(say('schedule=zb-h1', 26)).toContain('weight gradient');
	});
});

describe('counts that a schedule cannot take', () => {
	it.each([
		['schedule=interleaved-1f1b&microbatches=7', 'interleaved', { microbatches: 8 }],
		['schedule=interleaved-zero-bubble&stages=60&microbatches=512', 'interleaved', { microbatches: 480 }],
		['schedule=dualpipe&stages=3&microbatches=5', 'dualpipe', { stages: 4, microbatches: 8 }],
		['schedule=dualpipe&stages=4&microbatches=9', 'dualpipe', { microbatches: 10 }],
		['schedule=dualpipev&stages=4&microbatches=3', 'dualpipev', { microbatches: 8 }]
	])('%s is told with a fix that fixes it', (query, key, fix) => {
		const p = paramsOf(query);
		const problem = model.check!(p);
		expect(problem).toMatchObject({ key, fix });
		expect(model.check!({ ...p, ...problem!.fix })).toBeUndefined();
		// What is drawn is what the fix would draw.
		expect(model.frames(p, null).at(-1)!.time).toBe(model.frames({ ...p, ...problem!.fix }, null).at(-1)!.time);
	});
	it('are none for the others', () => {
		for (const schedule of ['gpipe', '1f1b', 'zb-h1', 'zb-h2', 'zb-v', 'v-half', 'v-min', 'pipedream', 'looped-bfs'])
			expect(model.check!(paramsOf(`schedule=${schedule}&stages=7&microbatches=3`))).toBeUndefined();
	});
});

describe('facts', () => {
	it('name both conventions of the bubble', () => {
		const { bubbleOverTotal, bubbleOverIdeal } = factsOf('');
		const note = (fact: typeof bubbleOverTotal) => labels.en.notes[fact!.note!.key as 'slots'](fact!.note!.values);
		expect(note(bubbleOverTotal)).toBe("9 of 33 slots · GPipe's convention");
		expect(note(bubbleOverIdeal)).toBe("9 over 24 slots · Megatron's convention");
	});
	it('tell versions for PipeDream alone, and what waits for W where the backward is split', () => {
		expect(factsOf('schedule=pipedream').weightVersions!.value).toEqual([4, 3, 2, 1]);
		expect(factsOf('schedule=1f1b').weightVersions!.value).toEqual([1, 1, 1, 1]);
		expect(factsOf('schedule=zb-h2').peakUntilWeight!.value).toEqual([7, 7, 7, 7]);
		expect(factsOf('schedule=1f1b').peakUntilWeight).toBeUndefined();
	});
});

describe('the picture', () => {
	const story = storyOf(paramsOf('schedule=dualpipe'));
	const { makespan, offsets } = story.schedule;

	it('covers every row with cells and gaps, without overlap, in every window', () => {
		for (const [from, to] of [
			[0, story.axis],
			[3.3, 17.2],
			[25, 26]
		] as const) {
			for (let d = 0; d < 4; d++) {
				const cells = cellsOf(story, d, { from, to });
				expect(cells[0]).toBeLessThanOrEqual(from);
				expect(cells.at(-2)).toBeGreaterThanOrEqual(Math.min(to, makespan) - 1e-9);
				for (let i = 3; i < cells.length; i += 3) expect(cells[i]).toBeCloseTo(cells[i - 2]!, 9);
				expect(visible(story, d, { from, to })[0]).toBeGreaterThanOrEqual(offsets[d]!);
			}
		}
	});
	it('shows memory up to its peak', () => {
		const levels = levelsOf(story, 0, { from: 0, to: story.axis }).filter((_, i) => i % 3 === 2);
		expect(Math.max(...levels)).toBe(12);
	});
	it('tells something of every place, and arrow keys walk from the first to the last', () => {
		const geometry = geometryOf(780, story);
		for (let time = 0.25; time < makespan; time += 0.5) {
			for (let down = 0.02; down < 1; down += 0.04) {
				const place = placeAt(story, geometry, time, down)!;
				for (const locale of ['en', 'zh'] as const) expect(tellPlace(story, place, labels[locale])).toBeTruthy();
			}
		}
		let place = neighbour(story, undefined, 1, 0, 0)!;
		const seen = new Set<string>();
		for (let i = 0; i < 60; i++) {
			if (place.kind === 'operation') seen.add(String(place.op));
			place = neighbour(story, place, 1, 0, 0)!;
		}
		expect(seen.size).toBe(offsets[1]! - offsets[0]!);
		expect(neighbour(story, place, 0, 1, 0)!.device).toBe(1);
	});
});
