/** How many bytes the cache of keys and values takes. `bits` are those of one cached number. */
import type { KvShape } from './shape.ts';

/**
 * Numbers that one layer keeps of one token: a key and a value for each KV head; with a latent the latent, which serves as both,
 * and the one RoPE key that all heads share (DeepSeek-V2, arXiv 2405.04434, table 1).
 */
export function cachedNumbers({ kvHeads, headDim, latent }: KvShape): number {
	return latent === null ? 2 * kvHeads * headDim : latent.kvRank + latent.ropeDim;
}

/** The same with a KV head for every query head. */
export function mhaNumbers({ heads, headDim }: KvShape): number {
	return 2 * heads * headDim;
}

/** Bytes of one token in all layers, every layer keeping it. */
export function bytesPerToken(shape: KvShape, bits: number): number {
	return (shape.layers * cachedNumbers(shape) * bits) / 8;
}

/** Tokens kept in all layers together: a local layer keeps at most its window. */
export function keptTokens({ layers, localLayers, window }: KvShape, tokens: number): number {
	const local = window === 0 ? 0 : localLayers;
	return (layers - local) * tokens + local * Math.min(tokens, window);
}

/** Bytes of one sequence of `tokens` tokens, windows applied. */
export function bytesPerSequence(shape: KvShape, tokens: number, bits: number): number {
	return (keptTokens(shape, tokens) * cachedNumbers(shape) * bits) / 8;
}

/** What one more token costs once every window is full: only the global layers grow. */
export function bytesBeyondWindow(shape: KvShape, bits: number): number {
	return ((keptTokens(shape, shape.window + 1) - keptTokens(shape, shape.window)) * cachedNumbers(shape) * bits) / 8;
}
