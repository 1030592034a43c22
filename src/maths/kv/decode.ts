/** Bounds of one decode step: what must cross the memory bus, and how much is computed for it. */
import { sharing, type KvShape } from './shape.ts';

/**
 * Milliseconds that a decode step takes at least: weights and the cache of every sequence are read once.
 * @param bytes read by one GPU, @param bytesPerSecond of its memory. Activations and latencies come on top.
 */
export function decodeFloorMs(bytes: number, bytesPerSecond: number): number {
	return (bytes / bytesPerSecond) * 1000;
}

/**
 * FLOP for each byte of cache in the attention of one decode step, whatever the length and the batch.
 * Scores and output cost 2 + 2 FLOP for a key and value number of each query head: H/G in 16 bits. The absorbed form of MLA meets
 * the latent twice and the RoPE key once, for every head: 2 ((d_c + d_R) + d_c) H over d_c + d_R numbers.
 */
export function decodeIntensity(shape: KvShape, bits: number): number {
	const { heads, kvHeads, latent } = shape;
	if (sharing(shape) !== 'mla' || latent === null) return ((4 * heads) / (2 * kvHeads)) * (8 / bits);
	const read = latent.kvRank + latent.ropeDim;
	return ((2 * heads * (read + latent.kvRank)) / read) * (8 / bits);
}
