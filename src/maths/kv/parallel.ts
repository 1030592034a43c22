/** Tensor parallelism: query heads are dealt to the GPUs, and each GPU keeps the KV heads that its query heads read. */
import type { KvShape } from './shape.ts';

/** KV heads on each GPU: never less than one, so that beyond `kvHeads` GPUs heads are copied (vLLM, get_num_kv_heads: max(1, total / tp)). */
export function kvHeadsPerGpu(kvHeads: number, tp: number): number {
	return Math.max(1, Math.floor(kvHeads / tp));
}

/** Numbers that one layer keeps of one token on each GPU. A latent belongs to all heads: every GPU keeps the whole of it. */
export function numbersPerGpu({ kvHeads, headDim, latent }: KvShape, tp: number): number {
	return latent === null ? 2 * kvHeadsPerGpu(kvHeads, tp) * headDim : latent.kvRank + latent.ropeDim;
}

/** How many copies of the cache `tp` GPUs hold together: 1 = nothing is stored twice. */
export function copies(shape: KvShape, tp: number): number {
	return shape.latent === null ? (tp * kvHeadsPerGpu(shape.kvHeads, tp)) / shape.kvHeads : tp;
}

/** Whether heads can be dealt: query heads evenly, and KV heads either evenly or each copied to equally many GPUs. */
export function canSplit({ heads, kvHeads, latent }: KvShape, tp: number): boolean {
	return heads % tp === 0 && (latent !== null || kvHeads % tp === 0 || tp % kvHeads === 0);
}
