import { describe, expect, it } from 'vitest';
import golden from '../../../tests/golden/training-memory.json';
import { findModel, models } from '../data/models.ts';
import { stream } from '../rng.ts';
import { interleavedFactor, layerActivationBytes, layerActivations, quadraticTerm, RECOMPUTE, selectiveOverhead } from './activations.ts';
import { activeFfn, embeddingParameters, largestMatrix, layerParameters, parameterCount } from './counts.ts';
import { estimateZero2, estimateZero3 } from './deepspeed.ts';
import { megatronActivationBytes, megatronBytesPerParameter } from './megatron.ts';
import { OPTIMIZERS, optimizerState, PRECISIONS, recipe, trainingBytes } from './recipes.ts';
import { bytesPerParameter, communicationVolume, maxParameters, total, zeroBytes, type ZeroStage } from './zero.ts';

const adam = recipe('fp16', 'adam');
const STAGES = [0, 1, 2, 3] as const;

describe('bytes per parameter', () => {
	const totals = new Map(golden.bytes_per_param_training.map((c) => [c.recipe, c.total]));
	it('is that of the recipes', () => {
		expect(trainingBytes(adam)).toBe(totals.get('ZeRO paper fp16 Adam'));
		expect(trainingBytes(recipe('bf16', 'adam'))).toBe(16);
		expect(trainingBytes(recipe('fp32', 'adam'))).toBe(totals.get('fp32 Adam'));
		expect(trainingBytes(recipe('fp32', 'sgd'))).toBe(totals.get('SGD fp32 no momentum'));
		expect(trainingBytes(recipe('bf16-fp32-grads', 'adam'))).toBe(18);
		expect([adam.parameters, adam.gradients, adam.master, ...adam.moments]).toEqual([2, 2, 4, 4, 4]);
		expect(optimizerState(adam)).toBe(12);
		expect(optimizerState(recipe('fp16', 'momentum'))).toBe(8);
	});
	it('is Megatron’s: 18, and 6 + 12 / dp with the distributed optimizer', () => {
		const { examples } = golden.bytes_per_param_training.find((c) => c.formula !== undefined)!;
		for (const [dp, bytes] of Object.entries(examples)) expect(megatronBytesPerParameter(Number(dp), true)).toBe(bytes);
		expect(megatronBytesPerParameter(8, false)).toBe(18);
		// The distributed optimizer is ZeRO-1 with fp32 gradients.
		for (const dp of [1, 2, 8, 64])
			expect(total(bytesPerParameter(recipe('bf16-fp32-grads', 'adam'), 1, dp))).toBe(megatronBytesPerParameter(dp, true));
	});
});

describe('ZeRO', () => {
	const K = { 12: adam, 8: recipe('fp16', 'momentum') };
	it.each(golden.zero.map((c) => [`${c.params / 1e9}B on ${c.nd}, stage ${c.stage}, K ${c.K}`, c] as const))('%s', (_, c) => {
		const gigabytes = total(zeroBytes(c.params, K[c.K as 8 | 12], c.stage as ZeroStage, c.nd)) / 1e9;
		expect(gigabytes).toBeCloseTo(c.gb_exact, 9);
		if (c.gb_paper === undefined) return;
		// Table I rounds its 7.5B columns and cuts the digits off the others.
		const digits = String(c.gb_paper).split('.')[1]?.length ?? 0;
		const scaled = gigabytes * 10 ** digits;
		const printed = (c.paper_digits_rule === 'truncated' ? Math.trunc(scaled) : Math.round(scaled)) / 10 ** digits;
		expect(printed).toBe(c.gb_paper);
	});
	it.each(golden.zero_max_model.map((c) => [`Table II, stage ${c.stage}, MP ${c.mp}`, c] as const))('%s', (_, c) => {
		const billions = maxParameters(c.device_gb * 1e9, adam, c.stage as ZeroStage, c.nd, c.mp) / 1e9;
		expect(billions).toBeCloseTo(c.max_params_B_exact, 9);
		// Rows below the first print the rounded first row times MP.
		expect(Math.abs(billions - c.max_params_B_paper) / billions).toBeLessThan(0.025);
	});
	it.each(golden.zero_comm)('stage $stage sends $volume_in_params times the parameters', (c) =>
		expect(communicationVolume(c.stage as ZeroStage)).toBe(c.volume_in_params)
	);
	it('adds up by kind, falls from stage to stage, and one rank gains nothing', () => {
		const random = stream(7);
		for (let i = 0; i < 300; i++) {
			const bytes = recipe(PRECISIONS[Math.floor(random() * 4)]!, OPTIMIZERS[Math.floor(random() * 5)]!);
			const parameters = Math.round(1e6 + random() * 1e12);
			const ranks = 1 + Math.floor(random() * 1024);
			const all = STAGES.map((stage) => zeroBytes(parameters, bytes, stage, ranks));
			const sums = all.map(total);
			for (const [j, one] of all.entries()) expect(one.parameters + one.gradients + one.optimizer).toBe(sums[j]);
			expect(sums[0]).toBeCloseTo(parameters * trainingBytes(bytes), 0);
			for (const j of [1, 2, 3]) expect(sums[j]!).toBeLessThanOrEqual(sums[j - 1]!);
			expect(sums[3]! * ranks).toBeCloseTo(sums[0]!, -2);
			for (const stage of STAGES) expect(total(zeroBytes(parameters, bytes, stage, 1))).toBeCloseTo(sums[0]!, 0);
			// The largest model that fits fills the memory.
			const most = maxParameters(80e9, bytes, 2, ranks);
			expect(total(zeroBytes(most, bytes, 2, ranks))).toBeCloseTo(80e9, 0);
		}
		expect(communicationVolume(3, true)).toBe(2);
	});
});

describe('DeepSpeed’s estimates', () => {
	it.each(golden.deepspeed_estimators.map((c, i) => [`${i} ${c.fn} ${c.total_params / 1e6}M`, c] as const))('%s', (_, c) => {
		const input = { parameters: c.total_params, gpusPerNode: c.num_gpus_per_node, nodes: c.num_nodes };
		const estimate = c.fn.includes('zero2')
			? estimateZero2({ ...input, offload: c.cpu_offload })
			: estimateZero3({
					...input,
					...{ largestLayer: c.largest_layer_params!, zeroInit: c.zero_init! },
					...{ offloadOptimizer: c.cpu_offload, offloadParameters: c.cpu_offload_params! }
				});
		expect(estimate).toEqual({ cpuBytes: c.cpu_bytes, gpuBytes: c.gpu_bytes });
		expect(estimate.cpuBytes / 2 ** 30).toBeCloseTo(c.cpu_gib, 1);
		expect(estimate.gpuBytes / 2 ** 30).toBeCloseTo(c.gpu_gib, 1);
	});
});

describe('activations', () => {
	it.each(golden.activation.map((c) => [`${c.model} ${c.mode}`, c] as const))('%s', (_, c) => {
		const how = {
			tp: c.mode === 'none' ? 1 : c.t,
			sequenceParallel: c.mode.includes('sp'),
			recompute: c.mode === 'full' ? ('full' as const) : c.mode.includes('sel') ? ('selective' as const) : ('none' as const)
		};
		const shape = { seq: c.s, batch: c.b, hidden: c.h, heads: c.a };
		expect(layerActivationBytes(shape, how)).toBeCloseTo(c.bytes_per_layer, 3);
		expect(quadraticTerm(shape)).toBeCloseTo(c.five_as_over_h, 9);
	});
	it('save 70% and 65% by selective recomputation, as the paper says', () => {
		for (const [c, shape] of [
			[golden.activation_quadratic[0]!, { seq: 2048, batch: 1, hidden: 12288, heads: 96 }],
			[golden.activation_quadratic[1]!, { seq: 2048, batch: 1, hidden: 20480, heads: 128 }]
		] as const) {
			const [none, selective] = (['none', 'selective'] as const).map((recompute) =>
				layerActivationBytes(shape, { tp: 1, sequenceParallel: false, recompute })
			);
			expect(1 - selective! / none!).toBeCloseTo(c.share_saved_by_selective, 12);
			expect(`${Math.round(100 * (1 - selective! / none!))}%`).toBe(c.paper_saved);
		}
	});
	it('have the components of the paper', () => {
		// s b h = 1 and a s^2 b = 1 in turn, so that the coefficients show.
		const linear = layerActivations({ seq: 1, batch: 1, hidden: 1, heads: 0 });
		const quadratic = layerActivations({ seq: 1, batch: 1, hidden: 0, heads: 1 });
		const of = (list: typeof linear, ...names: string[]) => list.filter((p) => names.includes(p.name)).reduce((sum, p) => sum + p.bytes, 0);
		expect(of(linear, 'qkvInput', 'queriesKeys', 'values', 'projectionInput', 'attentionMask')).toBe(11);
		expect(of(linear, 'mlpInput', 'geluInput', 'mlpOutputInput', 'mlpMask')).toBe(19);
		expect(of(linear, 'normInputs')).toBe(4);
		expect(of(quadratic, 'softmaxOutput', 'softmaxMask', 'dropoutOutput')).toBe(5);
		expect(golden.activation_components.attention.sum).toBe('11sbh+5as^2b');
		expect(golden.activation_components.total).toBe('sbh(34+5as/h)');
	});
	it('never grow with more splitting or more recomputation', () => {
		const random = stream(3);
		for (let i = 0; i < 200; i++) {
			const shape = {
				...{ seq: 1 + Math.floor(random() * 9000), batch: 1 + Math.floor(random() * 8) },
				...{
					hidden: 64 * (1 + Math.floor(random() * 200)),
					heads: 1 + Math.floor(random() * 128),
					ffn: 64 * (1 + Math.floor(random() * 900))
				}
			};
			const bytes = (tp: number, sequenceParallel: boolean, recompute: (typeof RECOMPUTE)[number]) =>
				layerActivationBytes(shape, { tp, sequenceParallel, recompute });
			expect(bytes(1, true, 'none')).toBe(bytes(1, false, 'none'));
			expect(bytes(8, false, 'none')).toBeLessThan(bytes(1, false, 'none'));
			expect(bytes(8, true, 'none')).toBeCloseTo(bytes(1, false, 'none') / 8, 3);
			expect(bytes(4, false, 'selective')).toBeLessThan(bytes(4, false, 'none'));
			expect(bytes(1, false, 'full')).toBeLessThan(bytes(1, false, 'selective'));
		}
	});
	it('are those of Megatron’s report', () => {
		const shape = { seq: 2048, microbatch: 1, hidden: 12288, ffn: 49152, layers: 96, vocabulary: 51200 };
		const perLayer = layerActivationBytes(
			{ seq: 2048, batch: 1, hidden: 12288, heads: 96 },
			{ tp: 8, sequenceParallel: true, recompute: 'selective' }
		);
		const embedding = (pp: number) => ((8 * 2048 + 2048 * 12288) * pp) / 8;
		expect(megatronActivationBytes({ ...shape, tp: 8, pp: 4 })).toBeCloseTo(96 * perLayer + embedding(4), 3);
		expect(megatronActivationBytes({ ...shape, tp: 8, pp: 4, microbatches: 2 })).toBeCloseTo((96 * perLayer + embedding(4)) / 2, 3);
		expect(megatronActivationBytes({ ...shape, tp: 8, pp: 4, virtualStages: 3 })).toBeCloseTo(
			(96 * perLayer + embedding(4)) * interleavedFactor(4, 3),
			3
		);
		const logits = (4 * 2048 * 12288 * (1 + 51200 / 12288)) / 8;
		expect(megatronActivationBytes({ ...shape, tp: 8, pp: 1 })).toBeCloseTo(96 * perLayer + embedding(1) + logits, 3);
		expect(interleavedFactor(4, 1)).toBe(1);
	});
});

describe('selective recomputation', () => {
	it('costs what Korthikanti et al. print: 2.7 % for GPT-3, 1.6 % for 530B', () => {
		expect((100 * selectiveOverhead({ seq: 2048, hidden: 12288 })).toFixed(1)).toBe('2.7');
		expect((100 * selectiveOverhead({ seq: 2048, hidden: 20480 })).toFixed(1)).toBe('1.6');
	});
	it('is never more than the whole again, however long the sequence', () => {
		for (const seq of [1, 131_072, 2 ** 24]) expect(selectiveOverhead({ seq, hidden: 4096 })).toBeLessThan(1);
	});
});

describe('parameter counts', () => {
	it('divide into embeddings and layers that add up', () => {
		for (const model of models) {
			expect(parameterCount(model)).toBeGreaterThan(0);
			expect(embeddingParameters(model) + model.layers * layerParameters(model)).toBeCloseTo(parameterCount(model), 0);
		}
	});
	it('know the largest matrix', () => {
		expect(largestMatrix(findModel('llama-3-8b')!)).toBe(128_256 * 4096);
		expect(largestMatrix(findModel('llama-2-7b')!)).toBe(32_000 * 4096);
		expect(activeFfn(findModel('llama-3-8b')!)).toBe(14336);
		expect(activeFfn(findModel('deepseek-v3-671b')!)).toBe(2048 * 9);
	});
});
