/**
 * Tokens of a prompt whose keys and values need not be computed: whole blocks of the common prefix, and never the last token, whose
 * logits are wanted: min(floor(common / B), floor((n - 1) / B)) B.
 * Source: vllm/v1/core/kv_cache_manager.py, get_computed_blocks (the hit is capped at num_tokens - 1); nano-vllm skips the last block.
 */
export function prefixHit(promptTokens: number, commonPrefix: number, blockSize: number): number {
	return Math.max(0, Math.min(Math.floor(commonPrefix / blockSize), Math.floor((promptTokens - 1) / blockSize))) * blockSize;
}
