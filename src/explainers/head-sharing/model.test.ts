import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import { parseQuery, printQuery } from '#kit/params/codec.ts';
import { initialParams, randomParams } from '#kit/params/schema.ts';
import { locales } from '#kit/text/locale.ts';
import { models } from '#maths/data/models.ts';
import { stream } from '#maths/rng.ts';
import attention from '../../../tests/golden/attention.json';
import golden from '../../../tests/golden/kv.json';
import { slug } from '#maths/data/slug.ts';
import { divisors, resolve } from './config.ts';
import { rungs } from './frames-heads.ts';
import { heightOf } from './height.ts';
import explainer from './index.ts';
import { labels } from './labels.ts';
import { stageOf } from './layout.ts';
import { model } from './model.ts';
import { params, VIEWS, type HeadParams } from './params.ts';
import { recorded } from './recorded.ts';
import { tableOf } from './table.ts';
import View from './View.svelte';

const initial = initialParams(params);
const at = (query: string) => parseQuery(params, new URLSearchParams(query), initial);
const p = (query: string): HeadParams => at(query).params;
const frames = (query: string) => model.frames(p(query), recorded());
const facts = (query: string) => model.facts(p(query), recorded());
const value = (query: string, id: string) => facts(query)[id]!.value as number;

describe('facts', () => {
	it.each(golden.map((k) => [k.model, k] as const))('%s as in the reference', (name, k) => {
		for (const [seq, bytes] of Object.entries(k.seq_bytes)) {
			const f = facts(`model=${slug(name)}&seq=${seq}&batch=3`);
			expect(f['kvBytesPerToken']!.value).toBe(k.bytes_per_token_all_layers);
			expect(f['kvBytesPerSequence']!.value).toBe(bytes);
			expect(f['kvBytesTotal']!.value).toBe(3 * bytes);
			expect(f['savingVsMha']!.value).toBeCloseTo(k.saving_vs_mha, 12);
		}
	});
	it('follow sizes of one’s own', () => {
		const own = 'model=custom&layers=60&heads=128&headDim=128&hidden=5120';
		expect(value(`${own}&attention=mla&kvLoraRank=512&ropeHeadDim=64`, 'kvBytesPerToken')).toBe(69_120);
		expect(value(`${own}&attention=mha`, 'kvBytesPerToken')).toBe(3_932_160);
		expect(value(`${own}&kvHeads=8`, 'kvBytesPerToken')).toBe(2 * 60 * 8 * 128 * 2);
		expect(value(`${own}&attention=mqa&kvBits=4`, 'kvBytesPerToken')).toBe((2 * 60 * 128) / 2);
		expect(value(`${own}&kvHeads=8&window=1024&localLayers=50&seq=4096`, 'kvBytesPerSequence')).toBe(
			2 * 8 * 128 * 2 * (10 * 4096 + 50 * 1024)
		);
	});
	it('count sequences beside the weights, and time the step', () => {
		// 80e9 - 2 x 8,030,261,248 bytes over 2^30 bytes a sequence of 8,192 tokens.
		expect(value('', 'maxSequences')).toBe(Math.floor((80e9 - 16_060_522_496) / 2 ** 30));
		expect(value('seq=8192&gpu=h100', 'decodeFloorMs')).toBeCloseTo(5.114705767164179, 9);
		expect(value('seq=2048&batch=32&gpu=a100', 'decodeFloorMs')).toBeCloseTo(12.089483613536046, 9);
		expect(value('model=llama-3.1-405b', 'maxSequences')).toBe(0);
		expect(facts('model=llama-3.1-405b')['maxSequences']!.note).toMatchObject({ key: 'noRoom', values: { gpus: 11 } });
		expect(value('model=deepseek-v3-671b', 'decodeIntensity')).toBeCloseTo(241.7777778, 6);
		expect(value('model=qwen3-235b-a22b', 'decodeIntensity')).toBe(16);
	});
	it('count a mixture of experts by what one token meets', () => {
		const bytes = 2 * 37_552_297_472 + 8192 * 70_272;
		expect(value('model=deepseek-v3-671b', 'decodeFloorMs')).toBeCloseTo(bytes / 3.35e9, 6);
	});
	it('change with the attention of a released model by the difference of its matrices', () => {
		// 4,096 x 128 weights fewer in W_K and W_V, for each of seven KV heads and 32 layers.
		const gone = 2 * 7 * 128 * 4096 * 32;
		expect(value('kvHeads=1&seq=1', 'decodeFloorMs')).toBeCloseTo((2 * (8_030_261_248 - gone) + 2 * 32 * 128 * 2) / 3.35e9, 9);
	});
	it('copy KV heads over more GPUs than there are, and latents over all', () => {
		expect(value('model=llama-3-70b&tp=16', 'kvCopies')).toBe(2);
		expect(value('model=deepseek-v3-671b&tp=8', 'kvCopies')).toBe(8);
		expect(facts('model=llama-3-70b')['kvCopies']).toBeUndefined();
		const per = (tp: number) => Math.floor((80e9 - (2 * 70_553_706_496) / tp) / ((2.5 * 2 ** 30 * Math.max(1, tp / 8)) / tp));
		for (const tp of [2, 8, 16, 64]) expect(value(`model=llama-3-70b&tp=${tp}`, 'maxSequences')).toBe(per(tp));
	});
});

describe('who reads what', () => {
	it.each(attention.filter((c) => c.kind === 'gqa_mapping').map((c) => [c.id, c] as const))('%s', (_, c) => {
		const { num_heads: heads, num_kv_heads: kv } = c.params as Record<string, number>;
		for (const frame of frames(`heads=${heads}&kvHeads=${kv}`)) expect(frame.groups).toEqual(c.kv_head_of_q_head);
	});
	it('with a latent all read the one', () => expect(new Set(frames('model=kimi-k2-1t')[0]!.groups)).toEqual(new Set([0])));
	it('tile deals in turn', () => {
		const scene = frames('heads=8&kvHeads=2')[3]!.scene;
		if (scene.kind !== 'heads') throw new Error('another scene');
		expect(scene.step).toBe('tile');
		const { ribbons } = stageOf(scene, 800);
		for (const { head, kv, wrong } of ribbons) {
			expect(kv).toBe(head % 2);
			expect(wrong).toBe(Math.floor(head / 4) === head % 2 ? 0 : 1);
		}
	});
	it('has no step for tile where there is nothing to confuse', () => {
		const steps = (query: string) => frames(query).map((f) => f.mark?.key);
		expect(steps('attention=mha')).not.toContain('tile');
		expect(steps('attention=mqa')).not.toContain('tile');
		expect(steps('model=deepseek-v3-671b')).toEqual(['project', 'cache', 'expand', 'absorb', 'score', 'output']);
	});
	it('the ladder goes down by divisors and ends with a latent', () => {
		expect(rungs(32, 8)).toEqual([32, 16, 8, 4, 2, 1]);
		expect(rungs(96, 96)).toEqual([96, 48, 24, 12, 6, 3, 1]);
		expect(rungs(15, 5)).toEqual([15, 5, 1]);
		expect(rungs(28, 4)).toEqual([28, 14, 7, 4, 1]);
		expect(frames('view=ladder').map((f) => f.mark?.key)).toEqual(['mha', 'gqa', 'gqa', 'gqa', 'gqa', 'mqa', 'mla']);
	});
});

describe('parameters', () => {
	it('understand the beginning of a name, and names for slugs', () => {
		expect(p('gpu=H100').gpu).toBe('h100-sxm');
		expect(p('model=Llama-3.1-405B').model).toBe('llama-3.1-405b');
		expect(at('gpu=x100').clamped).toMatchObject([{ why: 'unknownValue', used: 'h100-sxm' }]);
		// "llama-3" begins several.
		expect(at('model=llama-3').clamped).toHaveLength(1);
		for (const m of models) expect(at(`model=${m.slug}`)).toMatchObject({ params: { model: m.slug }, clamped: [] });
	});
	it('name a released model unchanged', () => {
		for (const m of models) expect(resolve(p(`model=${m.slug}`))).toMatchObject({ changed: false, problem: undefined });
		expect(resolve(p('kvHeads=4')).changed).toBe(true);
		expect(resolve(p('kvHeads=8')).changed).toBe(false);
	});
	it.each([
		['heads=32&kvHeads=6', 'notDivisible', { kvHeads: 8 }],
		['attention=mha&kvHeads=8', 'contradiction', { attention: 'auto' }],
		['window=512&localLayers=90', 'tooManyLocal', { localLayers: 32 }],
		['model=smollm2-360m&tp=4', 'cannotSplit', { tp: 5 }],
		['tp=3', 'cannotSplit', { tp: 4 }],
		['attention=mqa&kvHeads=6&tp=3', 'contradiction', { attention: 'auto', kvHeads: 8, tp: 4 }]
	])('%s is mended', (query, key, fix) => expect(model.check!(p(query))).toMatchObject({ key, fix }));
	it('survive hostile addresses', () => {
		for (const query of [
			'view=__proto__&model=constructor',
			'heads=1e999&kvHeads=-1&tp=NaN',
			'seq=0x10&batch=%00',
			'filter=%F0%9F%98%80,,,(((&view=chart',
			'kvLoraRank=&headDim=3.7&window=-0',
			'&&&=&?&model'
		]) {
			const parsed = p(query);
			expect(model.frames(parsed, recorded()).length).toBeGreaterThan(0);
		}
	});
});

describe('the words', () => {
	const told = (query: string, key: 'score' | 'project'): string => {
		const { caption } = frames(query).find((frame) => frame.caption.key === key)!;
		return labels.en.captions[key](caption.values);
	};
	it('a query meets the keys that its window leaves', () => {
		expect(told('model=mistral-7b-v0.1&seq=8192', 'score')).toContain('the 4,096 keys of its KV head that the window leaves');
		expect(told('model=gemma-3-4b&seq=8192', 'score')).toContain('the 8,192 keys of its KV head (in local layers at most 1,024)');
		expect(told('model=mistral-7b-v0.1&seq=2048', 'score')).toContain('the 2,048 keys of its KV head, divides');
		expect(told('model=llama-3-8b&seq=8192', 'score')).toContain('the 8,192 keys of its KV head, divides');
	});
	it('one KV head has one key and one value, and MHA no “but”', () => {
		expect(told('model=gemma-3-1b', 'project')).toContain('4 queries, but only one key and one value of 256 numbers');
		expect(told('model=llama-2-7b', 'project')).toContain('32 queries, and as many keys and values');
	});
});

const random = stream(2026);
const some = Array.from({ length: 2000 }, () => randomParams(params, random));

describe('whatever the parameters', () => {
	it('2,000 random sets give frames, words and facts, and their fix stands', () => {
		// Sentences that are wrong are collected: half a million expectations would take their time.
		const bad: string[] = [];
		const hold = (ok: boolean, what: string): void => {
			if (!ok) bad.push(what);
		};
		for (const q of some) {
			const list = model.frames(q, recorded());
			hold(list.length > 0, 'no frame');
			const problem = model.check!(q);
			const values = model.facts(q, recorded());
			if (problem) {
				const mended = { ...q, ...problem.fix } as HeadParams;
				hold(model.check!(mended) === undefined, `${problem.key} not mended`);
				hold(JSON.stringify(model.facts(mended, recorded())) === JSON.stringify(values), `${problem.key}: other facts`);
			}
			for (const locale of locales) {
				const text = labels[locale];
				const notes = Object.values(values).flatMap(({ note }) => (note ? [text.notes[note.key as 'floor'](note.values)] : []));
				if (problem) notes.push(text.problems[problem.key as 'cannotSplit'](problem.values));
				for (const sentence of notes) hold(sentence !== '' && !/undefined|NaN/.test(sentence), sentence);
				for (const { caption, mark } of list) {
					const sentence = text.captions[caption.key as 'tile'](caption.values);
					hold((locale === 'en' ? /^.{1,60}?\.\s\S/ : /^.{1,60}?。\S/).test(sentence) && !/undefined|NaN/.test(sentence), sentence);
					hold(Object.hasOwn(text.marks, mark!.key), `mark ${mark!.key}`);
				}
				for (const id of Object.keys(values)) hold(Boolean(text.facts[id as 'kvCopies']), `fact ${id}`);
			}
			for (const { value: number } of Object.values(values)) hold(Number(number) >= 0, 'negative fact');
		}
		expect(bad).toEqual([]);
	}, 60_000);
	it('addresses print and parse to the same', () => {
		for (const q of some) expect(at(new URLSearchParams(printQuery(params, q, initial)).toString()).params).toEqual(q);
	});
	it('pictures, tables and JSON are made', () => {
		for (const [i, q] of some.slice(0, 120).entries()) {
			const list = model.frames(q, recorded());
			const step = i % list.length;
			const [width, k] = [[328, 780][i % 2]!, [0, 0.4][i % 3 === 0 ? 1 : 0]!];
			const from = list[step]!;
			const to = list[Math.min(step + 1, list.length - 1)]!;
			const locale = locales[i % 2]!;
			const props = { params: q, frames: list, step, from, to, k, width, height: heightOf(width, q), text: labels[locale], locale };
			const { body } = render(View, { props });
			expect(body).not.toMatch(/NaN|undefined|Infinity/);
			expect(tableOf(from, labels[locale]).rows.length).toBeGreaterThan(0);
			expect(JSON.stringify(model.toJSON!(from))).not.toContain('null,null');
		}
	}, 60_000);
});

describe('the folder', () => {
	it('has named views that mean what they say', () => {
		for (const { id, query } of explainer.views) {
			expect(labels.en.views[id as 'live'], id).toBeTruthy();
			const search = new URLSearchParams(query);
			const step = Number(search.get('step') ?? 0);
			const parsed = parseQuery(params, search, initial);
			expect(parsed.clamped, id).toEqual([]);
			expect(model.check!(parsed.params), id).toBeUndefined();
			expect(step).toBeLessThan(model.frames(parsed.params, recorded()).length);
		}
		expect(frames('')[3]!.mark?.key).toBe('tile');
		expect(frames('view=numbers&attention=mla')[8]!.mark?.key).toBe('scoreAbsorbed');
	});
	it('has a word for every value', () => {
		for (const locale of locales) for (const view of VIEWS) expect(labels[locale].values[view]).toBeTruthy();
		expect(divisors(12)).toEqual([1, 2, 3, 4, 6, 12]);
	});
});
