import { NO_HASH, type HashChain } from '#maths/paged/chain.ts';
import { rangeKey, type Content } from '#maths/paged/content.ts';
import type { PrefixCache } from '#maths/paged/prefix-cache.ts';

/** Blocks of the longest cached prefix of a sequence of `tokens` tokens, never the block of the last token (see prefix-hit.ts). */
export function cachedPrefix(content: Content, tokens: number, blockSize: number, hashes: HashChain, cache: PrefixCache): number[] {
	const hits: number[] = [];
	for (let i = 0, hash = NO_HASH; i < Math.floor((tokens - 1) / blockSize); i++) {
		const key = rangeKey(content, i * blockSize, (i + 1) * blockSize);
		if (key === undefined) break;
		hash = hashes.hash(hash, key);
		const block = cache.find(hash);
		if (block === -1) break;
		hits.push(block);
	}
	return hits;
}

/** Lengthens the chain of hashes to all full blocks of a sequence. */
export function nameFullBlocks(content: Content, tokens: number, blockSize: number, hashes: HashChain, chain: number[]): void {
	for (let i = chain.length; i < Math.floor(tokens / blockSize); i++) {
		const key = rangeKey(content, i * blockSize, (i + 1) * blockSize);
		if (key === undefined) return;
		chain.push(hashes.hash(chain.at(-1) ?? NO_HASH, key));
	}
}
