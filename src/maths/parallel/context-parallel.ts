/**
 * How the causal work of a sequence is shared out among cp ranks. The sequence is cut into 2 cp chunks; chunk i attends to i whole chunks
 * before it and to half of itself. Work is counted in squares of a chunk.
 * Source: NVIDIA/Megatron-LM megatron/core (chunks cp_rank and 2 * cp_size - cp_rank - 1).
 */

/** Chunks of each rank, one from the front and its mirror from the back: [r, 2 cp - 1 - r]. */
export function zigzagChunks(cp: number): readonly (readonly [number, number])[] {
	return Array.from({ length: cp }, (_, r) => [r, 2 * cp - 1 - r] as const);
}

/** Chunks of each rank when the sequence is simply cut into cp pieces: [2 r, 2 r + 1]. */
export function contiguousChunks(cp: number): readonly (readonly [number, number])[] {
	return Array.from({ length: cp }, (_, r) => [2 * r, 2 * r + 1] as const);
}

/** Causal work of each rank: 2 cp for all with zigzag, 4 r + 2 when contiguous. */
export function causalWork(chunks: readonly (readonly [number, number])[]): readonly number[] {
	return chunks.map((own) => own.reduce((sum, chunk) => sum + chunk + 0.5, 0));
}

/** The slowest rank over the mean: 1 is perfect balance. */
export function imbalance(work: readonly number[]): number {
	return (Math.max(...work) * work.length) / work.reduce((sum, w) => sum + w, 0);
}
