/** Blocks that hold n tokens: ceil(n / B) (Kwon et al., PagedAttention, SOSP 2023, section 4.2). tokens, blockSize: whole, blockSize >= 1. */
export function blocksFor(tokens: number, blockSize: number): number {
	return Math.ceil(tokens / blockSize);
}

/** Slots of the last block that hold no token: at most blockSize - 1 for each sequence. */
export function emptySlots(tokens: number, blockSize: number): number {
	return blocksFor(tokens, blockSize) * blockSize - tokens;
}
