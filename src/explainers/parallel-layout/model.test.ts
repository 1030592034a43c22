import { describe, expect, it } from 'vitest';
import golden from '../../../tests/golden/parallel.json';
import { parseQuery } from '#kit/params/codec.ts';
import { initialParams } from '#kit/params/schema.ts';
import { bytes } from '#kit/text/format.ts';
import { labels } from './labels.ts';
import { geometryOf } from './layout.ts';
import { model } from './model.ts';
import { params as schema, type LayoutParams } from './params.ts';
import { edgesOf, listRanks } from './picture.ts';
import { patchOf, rankFormula, sceneOf, suggestionsOf } from './scene.ts';
import { setupOf } from './setup.ts';

const at = (query: string): LayoutParams => parseQuery(schema, new URLSearchParams(query), initialParams(schema)).params;
const value = (query: string, fact: string) => model.facts(at(query), undefined)[fact]!.value as Readonly<Record<string, never>>;
const total = (record: Readonly<Record<string, number>>): number => Object.values(record).reduce((sum, x) => sum + x, 0);

describe('facts', () => {
	it.each(golden.megatron_groups.map((c) => [`${c.token} of ${JSON.stringify(c.sizes)}`, c] as const))('groups: %s', (_, c) => {
		const sizes = Object.entries(c.sizes)
			.map(([axis, size]) => `${axis}=${size}`)
			.join('&');
		expect(value(`world=${c.world}&${sizes}&order=${c.order}`, 'groups')[c.token]).toEqual(c.groups);
	});
	it('Megatron’s example on two nodes: 16 pipelines’ worth of GPUs, and only they cross', () => {
		expect(value('', 'crossNodeGroups')).toMatchObject({ tp: 0, dp: 0, pp: 4 });
		// 8 b s h (t - 1) / t elements of 2 bytes, 8 layers, 32 microbatches.
		const tp = 8 * 8192 * 4096 * 0.5 * 2;
		expect(value('', 'bytesPerLayer')).toEqual({ tp });
		expect(value('', 'bytesPerStep')).toMatchObject({ tp: tp * 8 * 32 });
		expect(model.facts(at(''), undefined)['bubbleOverTotal']!.value).toBeCloseTo(3 / 35, 12);
	});
	it.each(['', 'world=2048&tp=1&ep=64&dp=128&pp=16&model=deepseek-v3-671b&globalBatch=15360', 'world=64&tp=8&cp=8&dp=1&pp=1'])(
		'parts add up: %s',
		(query) => {
			const { plan, exchanges } = sceneOf(at(query));
			const facts = model.facts(at(query), undefined);
			const number = (id: string) => facts[id]!.value as number;
			expect(number('parameterBytes') + number('gradientBytes') + number('optimizerBytes') + number('activationBytes')).toBe(
				number('bytesPerRank')
			);
			expect(total(value(query, 'bytesPerStep'))).toBeCloseTo(total(plan.traffic[plan.busiest]!), 3);
			expect(number('crossNodeBytes')).toBeCloseTo(
				exchanges.reduce((sum, one) => sum + one.crossBytes, 0),
				3
			);
			expect(plan.time.compute + plan.time.bubble + total(plan.time.byKind)).toBeCloseTo(plan.time.total, 9);
		}
	);
	it('an order costs no bytes, only where they go', () => {
		const worst = 'order=dp-pp-cp-ep-tp';
		expect(value(worst, 'bytesPerStep')).toEqual(value('', 'bytesPerStep'));
		expect(value(worst, 'crossNodeGroups')).toMatchObject({ tp: 8, dp: 0, pp: 0 });
		expect(model.facts(at(worst), undefined)['stepSeconds']!.value).toBeGreaterThan(
			model.facts(at(''), undefined)['stepSeconds']!.value as number
		);
	});
});

describe('what cannot be', () => {
	it.each([
		['world=32', { dp: 4 }],
		['world=17', { world: 16 }],
		['tp=1024&cp=1024', { tp: 1, cp: 1, pp: 1, dp: 16 }],
		['ep=3&model=qwen3-30b-a3b', { ep: 2 }],
		['ep=2', { ep: 1, etp: 0 }],
		['order=tp-pp', { order: 'tp-pp-dp-ep-cp' }],
		['tp=3&dp=1&pp=1&world=3', { tp: 1, dp: 3, ep: 1, etp: 0 }],
		['vpp=64', { vpp: 1 }],
		['pp=64&world=256', { pp: 32, dp: 4, ep: 1, etp: 0 }],
		['globalBatch=63', { globalBatch: 64 }],
		['schedule=dualpipe&globalBatch=8', { schedule: '1f1b' }],
		['cp=2&world=32&seq=8190', { seq: 8192 }]
	] as const)('%s is mended by %j', (query, fix) => {
		const problem = model.check!(at(query))!;
		expect(problem.fix).toEqual(fix);
		const mended = model.check!({ ...at(query), ...problem.fix });
		expect(mended?.key).not.toBe(problem.key);
	});
	it('the picture shows the mended layout', () => {
		expect(setupOf(at('world=32')).layout).toMatchObject({ world: 32, dp: 4 });
		expect(setupOf(at('world=17')).layout).toMatchObject({ world: 16, dp: 2 });
	});
	it('what does not fit is told, and the first suggestion mends it', () => {
		const p = at('world=64&tp=1&dp=64&pp=1&model=llama-3-70b&globalBatch=256');
		const problem = model.check!(p)!;
		expect(problem.key).toBe('tooFull');
		expect(model.check!({ ...p, ...problem.fix })).toBeUndefined();
		for (const one of suggestionsOf(p)) expect(model.check!({ ...p, ...patchOf(one, p) })).toBeUndefined();
	});
});

describe('the words', () => {
	const told = (query: string, kind: string, locale: 'en' | 'zh' = 'en'): string => {
		const { caption } = model.frames(at(query), undefined).find((frame) => frame.kind === kind)!;
		return labels[locale].captions[caption.key as 'tp'](caption.values);
	};
	it('a caption rounds a number as the fact beside it does', () => {
		const deepseek =
			'world=2048&tp=1&ep=64&dp=128&pp=16&model=deepseek-v3-671b&gpu=h800-sxm&seq=4096&globalBatch=15360&schedule=dualpipe&fp8Dispatch=1';
		const sent = model.facts(at(deepseek), undefined)['bytesPerStep']!.value as Record<string, number>;
		for (const kind of ['ep', 'pp', 'dp']) expect(told(deepseek, kind)).toContain(`${bytes(sent[kind]!)} a step`);
	});
	it('counts the all-reduces of a layer: one pass has two, one where experts stand for the MLP; full recomputation repeats the forward', () => {
		const words = (query: string): string => /(\w+) all-reduces/.exec(told(`sp=0&${query}`, 'tp'))![1]!;
		expect(words('')).toBe('four');
		expect(words('recompute=full')).toBe('six');
		expect(words('model=mixtral-8x7b')).toBe('two');
		expect(words('model=mixtral-8x7b&recompute=full')).toBe('three');
		expect(words('model=deepseek-v2-lite-16b')).toBe('four');
		expect(told('sp=0&model=mixtral-8x7b&recompute=full', 'tp', 'zh')).toContain('共三次 all-reduce');
	});
	it('says of the network only what is so', () => {
		expect(told('', 'step')).toContain('over links 9 times slower');
		expect(told('networkGbps=12800', 'step')).not.toContain('slower');
		expect(told('world=8&tp=8&dp=1&pp=1', 'step')).toContain('all of it inside the node');
		expect(told('world=1&tp=1&dp=1&pp=1', 'step')).toMatch(/A GPU sends 0 B\.$/);
	});
	it('one stage has no early ones, and DualPipe holds alike on all', () => {
		expect(told('world=8&tp=8&dp=1&pp=1', 'memory')).not.toContain('stages');
		expect(told('', 'memory')).toContain('Early stages');
		expect(told('schedule=dualpipe', 'memory')).not.toContain('Early');
	});
	it('a GPU without a layer holds no slice of one, and one layer is no range', () => {
		const values = { rank: 0, node: 0, place: '', group: '', tp: 2, firstExpert: -1 };
		expect(labels.en.why.gpu({ ...values, firstLayer: -1, lastLayer: -1 })).toContain('holds no layer.');
		expect(labels.en.why.gpu({ ...values, firstLayer: 3, lastLayer: 3 })).toContain('1/2 of every matrix of layer 3.');
	});
});

describe('the picture', () => {
	it('frames are the ranks, every exchange that has members, memory and the step', () => {
		const kinds = (query: string) => model.frames(at(query), undefined).map(({ kind }) => kind);
		expect(kinds('')).toEqual(['ranks', 'tp', 'pp', 'dp', 'memory', 'step']);
		expect(kinds('world=1&tp=1&dp=1&pp=1')).toEqual(['ranks', 'memory', 'step']);
		expect(kinds('world=32&tp=2&ep=8&etp=1&dp=8&pp=2&model=qwen3-30b-a3b')).toEqual([
			'ranks',
			'tp',
			'ep',
			'pp',
			'dp',
			'expert-dp',
			'memory',
			'step'
		]);
	});
	it('16,384 GPUs are one sheet, 16 are nodes', () => {
		expect(geometryOf(780, at('')).map.kind).toBe('nodes');
		const { map } = geometryOf(780, at('world=16384&tp=8&dp=128&pp=16'));
		expect(map.kind).toBe('sheet');
		expect(map.h).toBeLessThanOrEqual(320);
	});
	it('messages: a ring, a chain, or all pairs; across nodes where they are', () => {
		const { layout } = sceneOf(at('')).plan;
		expect(edgesOf(layout, 'pp', 0).map(({ from, to, crossing }) => [from, to, crossing])).toEqual([
			[0, 4, false],
			[4, 8, true],
			[8, 12, false]
		]);
		expect(edgesOf(layout, 'tp-dp', 0)).toHaveLength(4);
		expect(rankFormula(layout)).toBe('tp + 2·dp + 4·pp');
	});
	it('long lists of ranks keep their ends', () => {
		expect(listRanks([0, 1], 20)).toBe('[0, 1]');
		expect(
			listRanks(
				Array.from({ length: 64 }, (_, i) => i),
				20
			)
		).toMatch(/^\[0, 1.*… 63\]$/);
	});
	it('a step is exported with its exchanges and stages', () => {
		const frame = model.toJSON!(model.frames(at(''), undefined)[2]!) as Record<string, unknown>;
		expect(frame).toMatchObject({ kind: 'pp', rank: 0, groupKind: 'pp', group: [0, 4, 8, 12] });
		expect(frame['stages']).toHaveLength(4);
	});
});
