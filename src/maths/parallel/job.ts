/** What is trained, and how a step is cut up: all that traffic, memory and time follow from beside the layout. */
import type { ModelConfig } from '../data/models.ts';
import type { Recompute } from '../memory/activations.ts';
import type { Layout } from './layout.ts';

/** `1f1b` with `virtualStages` > 1 is interleaved. */
export const SCHEDULES = ['1f1b', 'dualpipe'] as const;

export interface Job {
	readonly model: ModelConfig;
	/** Tokens of a sequence; sequences of a microbatch on one data-parallel replica, and of a step on all of them. */
	readonly seq: number;
	readonly microBatch: number;
	readonly globalBatch: number;
	readonly sequenceParallel: boolean;
	readonly recompute: Recompute;
	/** What data parallelism shards: nothing, optimizer states, gradients too, parameters too. */
	readonly zero: 0 | 1 | 2 | 3;
	readonly virtualStages: number;
	readonly schedule: (typeof SCHEDULES)[number];
	/** Tokens go to their experts in 8 bits instead of 16; what comes back has 16. */
	readonly fp8Dispatch: boolean;
	/** Whether masks of dropout are kept; few large models drop anything out any more. */
	readonly dropout: boolean;
}

/** Microbatches that a replica works through in one step, at least one. */
export function microbatches(job: Job, { dp }: Pick<Layout, 'dp'>): number {
	return Math.max(1, Math.floor(job.globalBatch / (dp * job.microBatch)));
}

/** Tokens of a microbatch that one GPU holds between layers: sequence parallelism shares those of a tensor-parallel group. */
export function localTokens(job: Job, { cp, tp }: Pick<Layout, 'cp' | 'tp'>): number {
	return (job.microBatch * job.seq) / cp / (job.sequenceParallel ? tp : 1);
}

/** Width of keys and values together of one token on one GPU. KV heads beyond their number are copied; a latent is expanded to all heads. */
export function kvWidth({ heads, kvHeads, headDim, latent }: ModelConfig, tp: number): number {
	if (latent !== null) return Math.max(1, heads / tp) * (2 * headDim + latent.ropeDim);
	return 2 * headDim * Math.max(1, (kvHeads ?? heads) / tp);
}
