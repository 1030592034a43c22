/** ZeRO: which third of the model states each rank keeps whole and which in parts (Rajbhandari et al., arXiv 1910.02054, section 5). */
import { optimizerState, type BytesPerParameter } from './recipes.ts';

/** 0 = plain data parallelism; 1 shards optimizer states, 2 also gradients, 3 also parameters. */
export type ZeroStage = 0 | 1 | 2 | 3;

/** Bytes by kind. */
export interface StateBytes {
	readonly parameters: number;
	readonly gradients: number;
	readonly optimizer: number;
}

/** Bytes that one rank keeps of one parameter. `shard` = ranks that share one copy: all of them, or a group with HSDP. */
export function bytesPerParameter(bytes: BytesPerParameter, stage: ZeroStage, shard: number): StateBytes {
	return {
		parameters: bytes.parameters / (stage >= 3 ? shard : 1),
		gradients: bytes.gradients / (stage >= 2 ? shard : 1),
		optimizer: optimizerState(bytes) / (stage >= 1 ? shard : 1)
	};
}

export function total({ parameters, gradients, optimizer }: StateBytes): number {
	return parameters + gradients + optimizer;
}

/** Bytes of the model states on one rank, by kind. `parameters` is a count. Table I of the paper is the total of these. */
export function zeroBytes(parameters: number, bytes: BytesPerParameter, stage: ZeroStage, shard: number): StateBytes {
	const each = bytesPerParameter(bytes, stage, shard);
	return {
		parameters: parameters * each.parameters,
		gradients: parameters * each.gradients,
		optimizer: parameters * each.optimizer
	};
}

/** The most parameters whose model states fit into `memoryBytes` of each rank (Table II, left); `modelParallel` ranks split one copy. */
export function maxParameters(memoryBytes: number, bytes: BytesPerParameter, stage: ZeroStage, shard: number, modelParallel = 1): number {
	return (modelParallel * Math.max(0, memoryBytes)) / total(bytesPerParameter(bytes, stage, shard));
}

/**
 * Numbers that each rank sends in a step, in multiples of the parameter count, as the paper counts (section 7): gradients are
 * reduce-scattered (1), weights all-gathered (1), and stage 3 gathers them a second time for the backward pass unless they are kept.
 * A ring sends (N - 1) / N of each.
 */
export function communicationVolume(stage: ZeroStage, keepGathered = false): number {
	return stage === 3 && !keepGathered ? 3 : 2;
}
