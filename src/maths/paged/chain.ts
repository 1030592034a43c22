/** No parent: the chain's beginning (vLLM's NONE_HASH). */
export const NO_HASH = -1;

/**
 * The hash chain of prefix caching: hash(i) = H(hash(i - 1), tokens of block i), so that one number stands for a block and everything
 * before it (vllm/v1/core/kv_cache_utils.py; there H is SHA-256). Here H is perfect: names are numbered in the order in which they are first seen.
 */
export class HashChain {
	readonly #ids = new Map<string, number>();

	hash(parent: number, tokens: string): number {
		const name = `${parent}|${tokens}`;
		const known = this.#ids.get(name);
		if (known !== undefined) return known;
		const id = this.#ids.size;
		this.#ids.set(name, id);
		return id;
	}
}
