/** Memory as Megatron-LM's own report counts it: megatron/training/theoretical_memory_usage.py (d98e8a64). */

/** Bytes per parameter of bf16 training with fp32 main gradients: 18, or 6 + 12 / dp with the distributed optimizer. */
export function megatronBytesPerParameter(dataParallel: number, distributedOptimizer: boolean): number {
	return distributedOptimizer ? 6 + 12 / dataParallel : 18;
}

export interface MegatronActivations {
	readonly seq: number;
	readonly microbatch: number;
	readonly hidden: number;
	readonly ffn: number;
	readonly layers: number;
	readonly vocabulary: number;
	readonly tp: number;
	readonly pp: number;
	/** Microbatches of a step; fewer than `pp` leave the pipeline part empty. */
	readonly microbatches?: number;
	/** Model chunks per device. */
	readonly virtualStages?: number;
}

/**
 * Bytes of activations on the first pipeline stage with sequence parallelism and selective recomputation, the case that the report knows.
 * The first stage holds pp microbatches of layers / pp layers: all layers, whatever pp is.
 */
export function megatronActivationBytes(a: MegatronActivations): number {
	const { seq, microbatch, hidden, tp, pp, microbatches = pp, virtualStages = 1 } = a;
	const tokens = seq * microbatch;
	const perLayer = tokens * hidden * (18 + (4 * a.ffn) / hidden);
	const embedding = 8 * tokens * pp + tokens * hidden * pp;
	const held = perLayer * a.layers + embedding;
	const interleaved = virtualStages > 1 ? held * (1 + (pp - 1) / (pp * virtualStages)) : held * Math.min(1, microbatches / pp);
	const logits = pp === 1 ? 4 * tokens * hidden * (1 + a.vocabulary / hidden) : 0;
	return (interleaved + logits) / tp;
}
