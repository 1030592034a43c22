/** What the parameters mean together: sizes of the model, the recipe, who shares what. Always possible. */
import { findGpu, gpus, type Gpu } from '#maths/data/gpus.ts';
import { findModel, type ModelConfig } from '#maths/data/models.ts';
import { layerActivationBytes, type LayerShape, type Recompute } from '#maths/memory/activations.ts';
import { activeFfn, largestMatrix, parameterCount } from '#maths/memory/counts.ts';
import { recipe, type BytesPerParameter } from '#maths/memory/recipes.ts';
import { zeroBytes, type StateBytes, type ZeroStage } from '#maths/memory/zero.ts';
import type { Problem } from '#kit/model.ts';
import { PAPER_PARAMS, type ZeroParams } from './params.ts';

export interface Config {
	/** Name of the released model; nothing for a size alone. */
	readonly model: ModelConfig | undefined;
	readonly parameters: number;
	readonly largestLayer: number;
	readonly bytes: BytesPerParameter;
	readonly stage: ZeroStage;
	readonly ranks: number;
	/** Ranks that share one copy, and how many such groups there are. */
	readonly shard: number;
	readonly replicas: number;
	readonly offload: 'none' | 'optimizer' | 'all';
	readonly reshard: boolean;
	readonly units: number;
	readonly layers: number;
	readonly shape: LayerShape;
	readonly recompute: Recompute;
	readonly gpu: Gpu;
	readonly problem: Problem | undefined;
}

/** The layers of a GPT of that many parameters: 12 L h² = P with h = 128 L, heads of 128, as wide for its depth as GPT-3 (h / L = 128). */
export function gptShape(parameters: number): { readonly layers: number; readonly hidden: number; readonly heads: number } {
	const layers = Math.max(1, Math.round((parameters / (12 * 128 ** 2)) ** (1 / 3)));
	return { layers, hidden: 128 * layers, heads: layers };
}

/** Of the divisors of n the nearest to a number, the larger of two as near. */
export function nearestDivisor(n: number, to: number): number {
	let best = 1;
	for (let d = 1; d * d <= n; d++) {
		if (n % d !== 0) continue;
		for (const one of [d, n / d]) {
			const [near, was] = [Math.abs(one - to), Math.abs(best - to)];
			if (near < was || (near === was && one > best)) best = one;
		}
	}
	return best;
}

/** Only what is shared can be offloaded, and weights are shared with stage 3 alone. */
const possibleStage = (p: ZeroParams): ZeroStage =>
	(p.offload === 'all' ? 3 : p.offload === 'optimizer' && p.stage === 0 ? 2 : p.stage) as ZeroStage;
const possibleShard = (p: ZeroParams): number => (p.shard === null ? p.ranks : nearestDivisor(p.ranks, p.shard));

function problemOf(p: ZeroParams, layers: number): Problem | undefined {
	if (p.offload === 'all' && p.stage < 3) return { key: 'offloadAll', values: { stage: p.stage }, fix: { stage: 3 } };
	if (p.offload === 'optimizer' && p.stage === 0) return { key: 'offloadPlain', values: {}, fix: { stage: 2 } };
	if (p.shard !== null && p.ranks % p.shard !== 0) {
		const shard = possibleShard(p);
		return { key: 'shard', values: { ranks: p.ranks, shard: p.shard, used: shard }, fix: { shard } };
	}
	if (p.units > layers) return { key: 'units', values: { units: p.units, layers }, fix: { units: layers } };
	return undefined;
}

export function resolve(p: ZeroParams): Config {
	const model = findModel(p.model);
	const parameters = p.params ?? (model === undefined ? PAPER_PARAMS : parameterCount(model));
	const guess = gptShape(parameters);
	const layers = p.layers ?? model?.layers ?? guess.layers;
	const hidden = p.hidden ?? model?.hidden ?? guess.hidden;
	const heads = p.heads ?? model?.heads ?? guess.heads;
	const ffn = model !== undefined && p.hidden === null ? activeFfn(model) : 4 * hidden;
	const base = recipe(p.precision, p.optimizer);
	const problem = problemOf(p, layers);
	const ranks = p.ranks;
	const stage: ZeroStage = possibleStage(p);
	// Nothing is shared in plain data parallelism.
	const shard = stage === 0 ? ranks : possibleShard(p);
	return {
		...{ model, parameters, layers, ranks, shard, replicas: ranks / shard, problem },
		largestLayer: p.largestLayer ?? (model === undefined ? 4 * hidden ** 2 : largestMatrix(model)),
		bytes: p.K === null ? base : { ...base, master: 0, moments: [p.K] },
		...{ stage, offload: p.offload, reshard: p.reshard, units: Math.min(p.units, layers), recompute: p.recompute },
		shape: { seq: p.seq, batch: p.batch, hidden, heads, ffn },
		gpu: findGpu(p.gpu) ?? gpus[0]!
	};
}

/** Bytes of the model states on the GPU of each rank, as the paper counts them: what has been moved to host memory is not there. */
export function gpuStates(c: Config): StateBytes {
	const { parameters, gradients, optimizer } = zeroBytes(c.parameters, c.bytes, c.stage, c.shard);
	return {
		parameters: c.offload === 'all' ? 0 : parameters,
		// A shard of reduced gradients goes to the host at once; with stage 1 the buffer of all gradients stays.
		gradients: c.offload !== 'none' && c.stage >= 2 ? 0 : gradients,
		optimizer: c.offload === 'none' ? optimizer : 0
	};
}

/** The same in host memory, for each rank: the optimizer's states and the reduced gradients, and with `all` the parameters. */
export function hostStates(c: Config): StateBytes {
	if (c.offload === 'none') return { parameters: 0, gradients: 0, optimizer: 0 };
	const sharded = zeroBytes(c.parameters, c.bytes, 3, c.shard);
	return { ...sharded, parameters: c.offload === 'all' ? sharded.parameters : 0 };
}

/** Activations that all layers keep until the backward pass reaches them. */
export function activationBytes(c: Config): number {
	return c.layers * layerActivationBytes(c.shape, { tp: 1, sequenceParallel: false, recompute: c.recompute });
}
