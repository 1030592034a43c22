import { describe, expect, it } from 'vitest';
import golden from '../../../tests/golden/parallel.json';
import { findGpu } from '../data/gpus.ts';
import { findModel, models } from '../data/models.ts';
import { slug } from '../data/slug.ts';
import { stream } from '../rng.ts';
import { AXES, axesOf, DEFAULT_ORDER, isAxis, type Axis } from './axes.ts';
import { causalWork, contiguousChunks, imbalance, zigzagChunks } from './context-parallel.ts';
import type { Job } from './job.ts';
import { crossesNodes, group, groupIndex, groups, groupSize, KINDS, layoutOf, samePipelines, type Sizes } from './layout.ts';
import { crossingShare, crossShares } from './links.ts';
import { inFlight, memoryOf, MEMORY, stageMemory } from './memory.ts';
import { planOf } from './plan.ts';
import { coordinate, groupOf, groupsOf, rankGrid } from './rank-grid.ts';
import { layersOfStages, partsOf, stagesOf } from './stages.ts';
import { suggest } from './suggest.ts';
import { bubbleOverIdeal, bubbleOverTotal } from './time.ts';
import { dispatchElements, layerTraffic, pipelineSends, ringElements, stageTraffic, sumOf, tensorElements, TRAFFIC } from './traffic.ts';

const model = (name: string) => findModel(name)!;
const JOB: Job = {
	...{ model: model('llama-3-8b'), seq: 8192, microBatch: 1, globalBatch: 64, sequenceParallel: true, recompute: 'selective' },
	...{ zero: 1, virtualStages: 1, schedule: '1f1b', fp8Dispatch: false, dropout: false }
};
const SIZES: Sizes = { tp: 2, cp: 1, dp: 2, pp: 4, ep: 1, etp: 1 };
const RATES = { inNode: 450e9, crossNode: 50e9 };
const h100 = findGpu('h100-sxm')!;
const sizesOf = (part: Partial<Record<Axis, number>>): Record<Axis, number> => ({ tp: 1, cp: 1, ep: 1, dp: 1, pp: 1, ...part });

describe('rank groups', () => {
	it.each(golden.megatron_groups.map((c) => [`${c.token} of ${c.order} ${JSON.stringify(c.sizes)}`, c] as const))('%s', (_, c) => {
		const grid = rankGrid(axesOf(c.order), sizesOf(c.sizes));
		expect(grid.world).toBe(c.world);
		expect(groupsOf(grid, c.token.split('-').filter(isAxis))).toEqual(c.groups);
	});

	it('every kind partitions the world and lists ascending ranks, for random sizes and orders', () => {
		const random = stream(61);
		for (let i = 0; i < 60; i++) {
			const pick = () => 1 + Math.floor(random() * 4);
			const [tp, cp, dp, pp] = [pick(), pick(), pick(), pick()];
			const order = [...AXES]
				.map((axis) => [random(), axis] as const)
				.sort((a, b) => a[0] - b[0])
				.map(([, axis]) => axis)
				.join('-');
			const whole = tp * cp * dp;
			const ep = [1, 2, 3, 4, whole].filter((n) => whole % n === 0)[Math.floor(random() * 2)] ?? 1;
			const layout = layoutOf({ tp, cp, dp, pp, ep, etp: 1 }, order, 1 + Math.floor(random() * 8));
			expect(layout.expert.world).toBe(layout.world);
			for (const kind of KINDS) {
				const all = groups(layout, kind);
				expect(all.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: layout.world }, (_, rank) => rank));
				for (const ranks of all) {
					expect(ranks).toHaveLength(groupSize(layout, kind));
					expect([...ranks].sort((a, b) => a - b)).toEqual(ranks);
					expect(group(layout, kind, ranks.at(-1)!)).toEqual(ranks);
					expect(groupIndex(layout, kind, ranks.at(-1)!)).toBe(all.indexOf(ranks));
				}
				expect(all.map((ranks) => ranks[0]!)).toHaveLength(new Set(all.map((ranks) => ranks[0])).size);
			}
		}
	});

	it('a rank is the sum of its coordinates times their strides', () => {
		const grid = rankGrid(axesOf('pp-dp-tp'), sizesOf({ tp: 3, dp: 2, pp: 4 }));
		for (let rank = 0; rank < grid.world; rank++)
			expect(AXES.reduce((sum, axis) => sum + coordinate(grid, rank, axis) * grid.strides[axis], 0)).toBe(rank);
		expect(groupOf(grid, ['pp'], 6)).toEqual([4, 5, 6, 7]);
	});

	it('axes that an order does not name follow in the order of Megatron', () => {
		expect(axesOf('tp-dp-pp')).toEqual(['tp', 'dp', 'pp', 'ep', 'cp']);
		expect(axesOf(DEFAULT_ORDER)).toEqual([...AXES]);
		expect(axesOf('dp-dp-x')).toEqual(['dp', 'tp', 'pp', 'ep', 'cp']);
	});

	it('the expert grid has pipelines of its own when pp is not the slowest axis', () => {
		const sizes = { tp: 2, cp: 2, dp: 4, pp: 2, ep: 4, etp: 1 };
		expect(samePipelines(layoutOf(sizes, DEFAULT_ORDER, 8))).toBe(true);
		const other = layoutOf({ ...sizes, ep: 2 }, 'tp-cp-ep-pp-dp', 8);
		expect(samePipelines(other)).toBe(false);
		expect(groups(other, 'pp')).not.toEqual(groupsOf(other.expert, ['pp']));
	});
});

interface TpCase {
	readonly [key: string]: unknown;
	readonly s: number;
	readonly b: number;
	readonly h: number;
	readonly t: number;
}
const cases = golden.tp_comm as unknown as readonly TpCase[];
interface OtherCase {
	readonly model: string;
	readonly N: number;
	readonly P: number;
	readonly kv_heads: number;
	readonly head_dim: number;
	readonly elements_sent_per_rank: number;
	readonly tokens_per_rank: number;
	readonly k: number;
	readonly h: number;
	readonly ep: number;
	readonly dispatch_elements_sent: number;
	readonly dispatch_bytes: number;
	readonly combine_bytes: number;
	readonly cp: number;
	readonly assignment: readonly (readonly number[])[];
	readonly causal_work_per_rank: readonly number[];
	readonly naive_contiguous_work: readonly number[];
}
const of = (name: string) => cases.filter((c) => c['case'] === name) as unknown as readonly OtherCase[];

describe('traffic', () => {
	it.each(cases.filter((c) => 'allreduces_per_layer' in c).map((c) => [`${String(c['model'])} t=${c.t}`, c] as const))(
		'TP of %s',
		(_, c) => {
			expect(tensorElements(c.s, c.b, c.h, c.t)).toBe(c['elements_per_layer_per_device']);
			const shape = { ...JOB.model, hidden: c.h, experts: null };
			const job = { ...JOB, model: shape, seq: c.s, microBatch: c.b };
			const layout = layoutOf({ ...SIZES, tp: c.t, etp: c.t }, DEFAULT_ORDER, 8);
			expect(layerTraffic(job, layout, false).tp).toBe(c['bytes_bf16']);
			// Sequence parallelism has the same volume, full recomputation half as much again.
			expect(layerTraffic({ ...job, sequenceParallel: false }, layout, false).tp).toBe(c['bytes_bf16']);
			expect(layerTraffic({ ...job, recompute: 'full' }, layout, false).tp).toBe(1.5 * Number(c['bytes_bf16']));
		}
	);
	it.each(of('ring_attention_forward'))('ring attention $N on $P', (c) => {
		expect(ringElements(c.N, 2 * c.kv_heads * c.head_dim, c.P)).toBe(c.elements_sent_per_rank);
	});
	it.each(of('expert_parallel_alltoall'))('experts of $model', (c) => {
		const elements = dispatchElements(c.tokens_per_rank, c.k, c.h, c.ep);
		expect(elements).toBe(c.dispatch_elements_sent);
		const fp8 = c.dispatch_bytes === c.dispatch_elements_sent;
		const m = model('qwen3-30b-a3b');
		const shape = { ...m, hidden: c.h, experts: { ...m.experts!, perToken: c.k } };
		const job = { ...JOB, model: shape, seq: c.tokens_per_rank, fp8Dispatch: fp8 };
		const layout = layoutOf({ tp: 1, cp: 1, dp: c.ep, pp: 1, ep: c.ep, etp: 1 }, DEFAULT_ORDER, 8);
		// Backward doubles both ways.
		expect(layerTraffic(job, layout, true).ep).toBe(2 * (c.dispatch_bytes + c.combine_bytes));
		expect(layerTraffic(job, layout, false).ep).toBe(0);
	});
	it('ZeRO: 2, 2, 2 and 3 times the parameters for one microbatch of 16-bit gradients, here 32-bit ones', () => {
		const layout = layoutOf({ tp: 1, cp: 1, dp: 4, pp: 1, ep: 1, etp: 1 }, DEFAULT_ORDER, 8);
		const parts = partsOf(JOB.model)!;
		const stages = stagesOf(JOB.model, parts, layout);
		const dp = (zero: Job['zero']) => stageTraffic({ ...JOB, globalBatch: 4, zero }, layout, stages, stages[0]!).dp / (0.75 * parts.total);
		expect([0, 1, 2, 3].map((zero) => dp(zero as 0))).toEqual([8, 6, 6, 8]);
	});
	it('what all GPUs send is the sum over the axes, and each crossing share a share', () => {
		for (const [name, order] of [
			['llama-3-8b', DEFAULT_ORDER],
			['qwen3-30b-a3b', 'tp-cp-ep-pp-dp'],
			['qwen3-30b-a3b', 'dp-tp-cp-ep-pp']
		] as const) {
			const layout = layoutOf({ tp: 2, cp: 2, dp: 2, pp: 4, ep: 4, etp: 1 }, order, 6);
			const plan = planOf({ ...JOB, model: model(name) }, layout, h100, RATES);
			for (const [i, bytes] of plan.traffic.entries()) {
				expect(sumOf(bytes)).toBeCloseTo(
					TRAFFIC.map((kind) => bytes[kind]).reduce((a, b) => a + b),
					0
				);
				for (const kind of TRAFFIC) expect(plan.cross[i]![kind] >= 0 && plan.cross[i]![kind] <= 1, kind).toBe(true);
			}
			const messages = plan.traffic.map(({ pp }) => pp / (plan.microbatches * 2 * (8192 / 2 / 2) * plan.job.model.hidden));
			expect(messages).toEqual([1, 2, 2, 1]);
		}
	});
	it('interleaved stages send once for each chunk, and around the corner', () => {
		const all = [0, 1, 2, 3].map((stage) => pipelineSends(stage, 4, 2));
		// p v - 1 boundaries in either direction.
		expect(all.reduce((sum, s) => sum + s.forward, 0)).toBe(7);
		expect(all.reduce((sum, s) => sum + s.backward, 0)).toBe(7);
		expect(pipelineSends(0, 1, 1)).toEqual({ forward: 0, backward: 0 });
	});
});

describe('links', () => {
	const layout = layoutOf({ tp: 2, cp: 1, dp: 2, pp: 4, ep: 1, etp: 1 }, DEFAULT_ORDER, 8);
	it('a ring over two nodes crosses twice, pairs as often as they do', () => {
		expect(crossingShare(layout, [0, 4, 8, 12], 'ring')).toBe(0.5);
		expect(crossingShare(layout, [0, 4, 8, 12], 'pairs')).toBeCloseTo(2 / 3, 12);
		expect(crossingShare(layout, [0, 1], 'ring')).toBe(0);
	});
	it('Megatron’s example on two nodes: only the pipeline leaves them, between stages 1 and 2', () => {
		expect(groups(layout, 'tp').some((ranks) => crossesNodes(layout, ranks))).toBe(false);
		expect(groups(layout, 'dp').some((ranks) => crossesNodes(layout, ranks))).toBe(false);
		expect(groups(layout, 'pp').every((ranks) => crossesNodes(layout, ranks))).toBe(true);
		const shares = crossShares(layout, (stage) => pipelineSends(stage, 4, 1));
		expect(shares.map(({ pp }) => pp)).toEqual([0, 0.5, 0.5, 0]);
		expect(shares.every((s) => s.tp === 0 && s.dp === 0)).toBe(true);
	});
	it('rank 0 stands for all where nodes and groups are aligned', () => {
		const big = layoutOf({ tp: 4, cp: 2, dp: 8, pp: 4, ep: 8, etp: 1 }, DEFAULT_ORDER, 8);
		const sends = (stage: number) => pipelineSends(stage, 4, 1);
		expect(crossShares(big, sends, false)).toEqual(crossShares(big, sends, true));
	});
});

describe('context parallelism', () => {
	it.each(of('cp_zigzag'))('cp = $cp', (c) => {
		expect(zigzagChunks(c.cp)).toEqual(c.assignment);
		expect(causalWork(zigzagChunks(c.cp))).toEqual(c.causal_work_per_rank);
		expect(causalWork(contiguousChunks(c.cp))).toEqual(c.naive_contiguous_work);
	});
	it('zigzag is exactly even, and both deal out all of the triangle', () => {
		for (let cp = 1; cp <= 64; cp++) {
			const [zigzag, plain] = [causalWork(zigzagChunks(cp)), causalWork(contiguousChunks(cp))];
			expect(imbalance(zigzag)).toBe(1);
			expect(imbalance(plain)).toBeCloseTo(2 - 1 / cp, 12);
			for (const work of [zigzag, plain]) expect(work.reduce((a, b) => a + b)).toBe(2 * cp * cp);
			expect(
				zigzagChunks(cp)
					.flat()
					.sort((a, b) => a - b)
			).toEqual(Array.from({ length: 2 * cp }, (_, i) => i));
		}
	});
});

describe('stages and memory', () => {
	it('layers are dealt out whole; Llama 3’s own 126 on 16 leave one fewer at both ends', () => {
		expect(layersOfStages(126, 16)).toEqual([7, ...Array.from({ length: 14 }, () => 8), 7]);
		expect(layersOfStages(61, 16).reduce((a, b) => a + b)).toBe(61);
		expect(layersOfStages(2, 4)).toEqual([0, 1, 1, 0]);
		expect(layersOfStages(32, 4)).toEqual([8, 8, 8, 8]);
	});
	it('the parts of a model are all of it, however it is cut', () => {
		for (const m of models) {
			const parts = partsOf(m);
			if (parts === undefined) {
				expect(m.slug).toBe('llama-4-maverick-17b-128e');
				continue;
			}
			for (const [tp, pp, ep] of [
				[1, 1, 1],
				[4, 4, 2],
				[2, 16, 8]
			] as const) {
				const stages = stagesOf(m, parts, { tp, pp, ep, etp: 1 });
				const sum = stages.reduce((all, s) => all + s.denseParameters * tp + s.expertParameters * ep, 0);
				expect(sum / (parts.total + (m.tied && pp > 1 ? parts.embedding : 0)), m.name).toBeCloseTo(1, 9);
			}
		}
	});
	it('memory is the sum of its kinds: 18 bytes, or 6 + 12 / dp, for each parameter', () => {
		for (const c of golden.bytes_per_param_training) {
			for (const [dp, bytes] of Object.entries(c.examples ?? { '8': 18 })) {
				const layout = layoutOf({ tp: 1, cp: 1, dp: Number(dp), pp: 1, ep: 1, etp: 1 }, DEFAULT_ORDER, 8);
				const parts = partsOf(JOB.model)!;
				const stages = stagesOf(JOB.model, parts, layout);
				const memory = stageMemory({ ...JOB, zero: c.total === 18 ? 0 : 1 }, layout, stages, stages[0]!);
				expect((memoryOf(memory) - memory.activations) / parts.total).toBeCloseTo(bytes, 9);
				expect(memoryOf(memory)).toBe(MEMORY.reduce((sum, part) => sum + memory[part], 0));
			}
		}
	});
	it('sharding divides what it says by the replicas and leaves the rest', () => {
		const layout = layoutOf({ tp: 1, cp: 2, dp: 4, pp: 1, ep: 1, etp: 1 }, DEFAULT_ORDER, 8);
		const parts = partsOf(JOB.model)!;
		const stages = stagesOf(JOB.model, parts, layout);
		const at = (zero: Job['zero']) => stageMemory({ ...JOB, zero }, layout, stages, stages[0]!);
		const [none, one, two, three] = [at(0), at(1), at(2), at(3)];
		expect(none.optimizer / one.optimizer).toBeCloseTo(8, 9);
		expect(one.gradients / two.gradients).toBeCloseTo(8, 9);
		expect(two.parameters / three.parameters).toBeCloseTo(8, 9);
		expect(three.activations).toBe(none.activations);
	});
	it.each(golden.pipeline_formulas)('microbatches in flight and bubble, p=$p m=$m', (c) => {
		const flights = Array.from({ length: c.p }, (_, stage) => inFlight(JOB, c.p, stage, c.m));
		if (c.inflight_1f1b !== null) expect(flights).toEqual(c.inflight_1f1b);
		const job = { ...JOB, globalBatch: c.m };
		expect(bubbleOverIdeal(job, { pp: c.p, dp: 1 })).toBeCloseTo(c.megatron_fraction_over_ideal, 12);
		expect(bubbleOverTotal(job, { pp: c.p, dp: 1 })).toBeCloseTo(c.fraction_over_total, 12);
		for (const v of [2, 4] as const) {
			const chunked = { ...job, virtualStages: v };
			expect(bubbleOverIdeal(chunked, { pp: c.p, dp: 1 })).toBeCloseTo(c.interleaved_over_ideal[v], 12);
			expect(inFlight(chunked, c.p, 0, c.m) * v).toBeCloseTo(c.interleaved_peak_chunks_rank0[v], 9);
		}
	});
	it('DualPipe on 8 stages with 20 microbatches: 6 of 66 idle, 9 held', () => {
		const job = { ...JOB, schedule: 'dualpipe' as const, globalBatch: 20 };
		expect(bubbleOverTotal(job, { pp: 8, dp: 1 })).toBeCloseTo(6 / 66, 12);
		expect(inFlight(job, 8, 0, 20)).toBe(9);
	});
});

describe('suggestions', () => {
	const cluster = { gpu: h100, rates: RATES, mostGpus: 65_536 };
	const asked = layoutOf({ tp: 1, cp: 1, dp: 64, pp: 1, ep: 1, etp: 1 }, DEFAULT_ORDER, 8);
	it('a model that does not fit gets layouts that do, the nearest first', () => {
		const job = { ...JOB, model: model('llama-3-70b'), globalBatch: 256 };
		expect(planOf(job, asked, h100, RATES).fits).toBe(false);
		const list = suggest(job, asked, cluster);
		expect(list.length).toBeGreaterThan(2);
		for (const { plan, changes } of list) {
			expect(plan.fits).toBe(true);
			expect(plan.layout.world).toBe(64);
			expect(changes.length).toBeGreaterThan(0);
		}
		const distances = list.map(({ distance }) => distance);
		expect(distances).toEqual([...distances].sort((a, b) => a - b));
	});
	it('asks for more GPUs only where none of the layouts fits', () => {
		const few = layoutOf({ tp: 1, cp: 1, dp: 8, pp: 1, ep: 1, etp: 1 }, DEFAULT_ORDER, 8);
		const list = suggest({ ...JOB, model: model(slug('Llama-3.1-405B')), globalBatch: 512 }, few, cluster);
		expect(list[0]!.plan.layout.world).toBeGreaterThan(8);
		expect(list[0]!.changes.some(({ what }) => what === 'world')).toBe(true);
	});
	it('is quick enough to follow a slider', () => {
		const big = layoutOf({ tp: 8, cp: 1, dp: 2048, pp: 1, ep: 1, etp: 8 }, DEFAULT_ORDER, 8);
		const start = performance.now();
		suggest({ ...JOB, model: model(slug('Llama-3.1-405B')), globalBatch: 2048 }, big, cluster);
		expect(performance.now() - start).toBeLessThan(2000);
	});
});
