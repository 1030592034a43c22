import { describe, expect, it } from 'vitest';
import golden from '../../../tests/golden/training-memory.json';
import { stream } from '#maths/rng.ts';
import { parseQuery } from '#kit/params/codec.ts';
import { initialParams, randomParams } from '#kit/params/schema.ts';
import { sumOf } from './bars.ts';
import { gptShape, nearestDivisor, resolve } from './config.ts';
import { labels } from './labels.ts';
import { model } from './model.ts';
import { table } from './paper.ts';
import { params, type ZeroParams } from './params.ts';
import { moments, operations, peak, sum } from './plan.ts';
import { drawnRanks } from './ranks.ts';
import { ringScenes } from './ring.ts';

const read = (query: string): ZeroParams => parseQuery(params, new URLSearchParams(query), initialParams(params)).params;
const facts = (query: string) => model.facts(read(query), undefined);
const value = (query: string, id: string): number => facts(query)[id]!.value as number;

describe('facts', () => {
	it('are the 16.6 GB of the paper', () => expect(value('stage=2&ranks=64&params=7.5e9', 'bytesPerRank')).toBe(16_640_625_000));
	it.each(golden.zero.map((c) => [`${c.params} on ${c.nd}, stage ${c.stage}, K ${c.K}`, c] as const))('%s', (_, c) => {
		const query = `stage=${c.stage}&ranks=${c.nd}&params=${c.params}&K=${c.K}`;
		expect(value(query, 'bytesPerRank') / 1e9).toBeCloseTo(c.gb_exact, 9);
		const parts = ['parameterBytes', 'gradientBytes', 'optimizerBytes'].reduce((all, id) => all + value(query, id), 0);
		expect(parts).toBeCloseTo(value(query, 'bytesPerRank'), 3);
	});
	it.each(golden.zero_comm)('stage $stage sends $volume_in_params Ψ', (c) => {
		expect(value(`stage=${c.stage}&ranks=16`, 'communicationElements')).toBe(c.volume_in_params);
		expect(value(`stage=${c.stage}&ranks=16`, 'ringFactor')).toBe(15 / 16);
		expect(value(`stage=${c.stage}&ranks=16`, 'communicationBytes')).toBeCloseTo(c.volume_in_params * 2 * 7.5e9 * (15 / 16), 0);
	});
	it.each(golden.zero_max_model.filter((c) => c.mp === 1))('the largest model of stage $stage', (c) => {
		const query = `stage=${c.stage}&ranks=${c.nd}&gpu=v100-32gb-sxm2`;
		expect(value(query, 'maxParams') / 1e9).toBeCloseTo(c.max_params_B_exact, 9);
	});
	it.each(golden.deepspeed_estimators.filter((c) => c.zero_init !== false || c.cpu_offload).map((c, i) => [i, c] as const))(
		'DeepSpeed’s estimate %i',
		(_, c) => {
			const offload = !c.cpu_offload ? 'none' : c.cpu_offload_params === true ? 'all' : 'optimizer';
			const query = [
				`stage=${c.fn.includes('zero2') ? 2 : 3}&offload=${offload}&params=${c.total_params}&gpusPerNode=${c.num_gpus_per_node}`,
				`ranks=${c.num_nodes * c.num_gpus_per_node}&largestLayer=${c.largest_layer_params ?? 0}&zeroInit=${c.zero_init === false ? 0 : 1}`
			].join('&');
			expect([value(query, 'deepspeedGpuBytes'), value(query, 'deepspeedHostBytes')]).toEqual([c.gpu_bytes, c.cpu_bytes]);
		}
	);
	it('know Megatron’s recipe and the host', () => {
		expect(value('ranks=8&params=1e9', 'megatronBytes')).toBe(7.5e9);
		expect(value('stage=2&offload=optimizer', 'bytesPerRank')).toBe(15e9);
		expect(value('offload=all', 'bytesPerRank')).toBe(0);
		expect(facts('offload=all')['maxParams']!.value).toBeNull();
		expect(value('offload=all', 'hostBytes') * 64).toBeCloseTo(16 * 7.5e9, 0);
		// ZeRO-Offload: 2 bytes of gradient out and 2 bytes of weight back for each parameter of the shard.
		expect(value('stage=2&offload=optimizer', 'pcieBytes')).toBeCloseTo((4 * 7.5e9) / 64, 3);
		expect(facts('').deepspeedGpuBytes).toBeDefined();
		expect(facts('stage=1').deepspeedGpuBytes).toBeUndefined();
	});
	it('take the shape of a model, and of a size alone that of a GPT', () => {
		expect(resolve(read('model=llama-3-8b'))).toMatchObject({ parameters: 8_030_261_248, layers: 32, largestLayer: 128_256 * 4096 });
		expect(resolve(read('model=llama-3-8b&params=7e9')).parameters).toBe(7e9);
		for (const size of [1e6, 1.5e9, 7.5e9, 175e9, 1e12]) {
			const { layers, hidden, heads } = gptShape(size);
			expect(hidden / heads).toBe(128);
			if (size > 1e9) expect(Math.abs((12 * layers * hidden ** 2) / size - 1)).toBeLessThan(0.1);
		}
		const gpt3 = model
			.frames(read('view=activations&model=gpt-3-175b&tp=8'), undefined)
			.map(({ scene }) => (scene.kind === 'bars' ? sumOf(scene.rows.find((row) => row.lit)!) : 0));
		const paper = golden.activation.filter((c) => c.model === 'GPT-3 175B');
		for (const [mode, i] of [
			['none', 0],
			['tp', 1],
			['tp+sp', 2],
			['tp+sp+sel', 4],
			['full', 5]
		] as const)
			expect(gpt3[i]).toBeCloseTo(paper.find((c) => c.mode === mode)!.bytes_per_layer, 2);
	});
});

describe('a step', () => {
	const random = stream(5);
	const drawn = Array.from({ length: 300 }, () => resolve(randomParams(params, random)));
	it('holds by kind what the total says, and at its fullest the peak', () => {
		for (const c of drawn) {
			const all = moments(c);
			for (const { memory: m } of all) {
				for (const bytes of Object.values(m)) expect(bytes).toBeGreaterThanOrEqual(0);
				expect(sum(m)).toBeLessThanOrEqual(peak(all));
			}
			expect(all[0]!.memory.gathered + all[0]!.memory.gradients + all[0]!.memory.activations).toBe(0);
			expect(all.at(-1)!.memory.activations + all.at(-1)!.memory.gathered + all.at(-1)!.memory.gradients).toBeCloseTo(0, 3);
		}
	});
	it('sends what its operations send, which is the formula', () => {
		for (const c of drawn) {
			const last = moments(c).at(-1)!;
			expect(last.wire).toBeCloseTo(
				operations(c).reduce((all, op) => all + op.wire, 0),
				0
			);
			const [P, S, R] = [c.parameters, c.shard, c.replicas];
			const ring = (S - 1) / S;
			const gathers = c.stage === 3 ? (c.reshard ? 2 : 1) : c.stage === 0 ? 0 : 1;
			const gradients = c.stage === 0 ? (2 * (c.ranks - 1)) / c.ranks : ring + (2 * (R - 1)) / R / S;
			const expected = P * (gathers * ring * c.bytes.parameters + gradients * c.bytes.gradients);
			expect(last.wire / Math.max(expected, 1)).toBeCloseTo(expected === 0 ? 0 : 1, 9);
		}
	});
	it('runs every group forward once and backward once, backwards in reverse order', () => {
		for (const c of drawn) {
			const ops = operations(c);
			const of = (kind: string) => ops.filter((op) => op.kind === kind).map((op) => op.unit);
			const order = Array.from({ length: c.units }, (_, u) => u);
			expect(of('forward')).toEqual(order);
			expect(of('backward')).toEqual([...order].reverse());
			expect(of('reduce')).toEqual([...order].reverse());
			expect(of('update')).toHaveLength(1);
		}
	});
	it('never computes with weights that are not whole, and drops them afterwards', () => {
		for (const c of drawn.filter((one) => one.stage === 3)) {
			for (const m of moments(c)) {
				if (m.op.kind === 'forward' || m.op.kind === 'backward') expect(m.parameters[m.op.unit!]).toBe('full');
				const whole = m.parameters.filter((held) => held === 'full').length;
				if (c.reshard) expect(whole).toBeLessThanOrEqual(1);
			}
		}
	});
	it('needs less memory at rest with every stage', () => {
		for (const c of drawn) {
			const query = `ranks=${c.ranks}&params=${Math.round(c.parameters)}`;
			const states = [0, 1, 2, 3].map((stage) => value(`stage=${stage}&${query}`, 'bytesPerRank'));
			for (const i of [1, 2, 3]) expect(states[i]!).toBeLessThanOrEqual(states[i - 1]!);
		}
	});
	it('draws at most four ranks, each with a part of its own in its group', () => {
		for (const c of drawn) {
			const ranks = drawnRanks(c);
			expect(ranks.length).toBeLessThanOrEqual(4);
			expect(new Set(ranks.map((r) => r.rank)).size).toBe(ranks.length);
			for (const r of ranks) expect(r.rank).toBe(r.group * c.shard + r.index);
			for (const r of ranks) expect(r.rank).toBeLessThan(c.ranks);
		}
	});
	it('without resharding gathers once, and with HSDP an eighth of the gradients crosses', () => {
		expect(value('reshard=0', 'communicationElements')).toBe(2);
		expect(value('shard=8', 'communicationElements')).toBe(3.25);
		// Groups of one share nothing, so nothing is gathered: plain data parallelism.
		expect(value('shard=1', 'communicationElements')).toBe(2);
	});
});

describe('impossible combinations', () => {
	it.each([
		['offload=all&stage=1', 'offloadAll', { stage: 3 }],
		['offload=optimizer&stage=0', 'offloadPlain', { stage: 2 }],
		['shard=7', 'shard', { shard: 8 }],
		['units=8&layers=4', 'units', { units: 4 }]
	])('%s is told with a way out', (query, key, fix) => {
		const p = read(query);
		const problem = model.check!(p)!;
		expect([problem.key, problem.fix]).toEqual([key, fix]);
		expect(labels.en.problems[problem.key as 'shard'](problem.values)).toMatch(/\.$/);
		expect(model.check!({ ...p, ...problem.fix })).toBeUndefined();
		expect(model.frames(p, undefined).length).toBeGreaterThan(1);
	});
	it('the nearest divisor', () => expect([nearestDivisor(64, 7), nearestDivisor(60, 7), nearestDivisor(7, 3)]).toEqual([8, 6, 1]));
});

describe('Table I', () => {
	it('is printed as the reference has it', () => {
		for (const c of golden.zero.filter((one) => one.source.includes('Table I'))) {
			const cell = table.find((one) => one.parameters === c.params && one.ranks === c.nd && one.stage === c.stage);
			if (cell === undefined) continue;
			expect(cell.printed).toBe(c.gb_paper);
			if (cell.rule !== 'both') expect(cell.rule).toBe(c.paper_digits_rule);
		}
		expect(table).toHaveLength(54);
		expect(table.filter((c) => c.rule === 'truncated' && c.parameters === 7.5e9)).toEqual([]);
	});
});

describe('the words', () => {
	const told = (query: string, key: string, locale: 'en' | 'zh' = 'en'): string => {
		const { caption } = model.frames(read(query), undefined).find((frame) => frame.caption.key === key)!;
		return labels[locale].captions[key as 'end'](caption.values);
	};
	it('a step that does not fit is no part of the memory that there is', () => {
		expect(told('stage=0&ranks=8', 'end')).toMatch(/took 123 GB, more than the 80 GB of the GPU\.$/);
		expect(told('stage=0&ranks=8', 'end', 'zh')).toMatch(/要 123 GB，超出显卡的 80 GB。$/);
		expect(told('', 'end')).toMatch(/took [\d.]+ GB of 80 GB\.$/);
	});
	it('ranks that share nothing update everything, and all-reduce all of it', () => {
		expect(told('shard=1', 'replicate')).toContain('plain data parallelism again');
		expect(told('shard=1', 'update')).toContain('Each rank updates all parameters');
		expect(told('ranks=1&stage=0', 'update')).not.toContain('redundancy');
		expect(told('shard=8', 'replicate')).toContain('only 1/8 of the gradients crosses');
	});
});

describe('the ring', () => {
	it.each(['all-reduce', 'reduce-scatter', 'all-gather'] as const)('%s ends with what it promises', (collective) => {
		for (let n = 2; n <= 8; n++) {
			const last = ringScenes(collective, n).at(-1)!;
			const sums = Array.from({ length: n }, (_, c) => ((n * (n + 1)) / 2) * (c + 1));
			if (collective === 'all-reduce') for (const row of last.values) expect(row).toEqual(sums);
			if (collective === 'reduce-scatter') for (const [r, row] of last.values.entries()) expect(row[(r + 1) % n]).toBe(sums[(r + 1) % n]);
			if (collective === 'all-gather') for (const row of last.values) expect(row).toEqual(row.map((_, c) => (c + 1) ** 2));
			expect(last.sent).toBeCloseTo(last.factor, 12);
			expect(last.done).toBe(last.steps);
		}
	});
});
