import { NO_HASH } from '#maths/paged/chain.ts';

/**
 * Which block holds the content of which hash. A block keeps its hash when it is freed, until it is handed out again; blocks of equal content are
 * not merged, the one cached first is found (vllm/v1/core/block_pool.py).
 */
export class PrefixCache {
	/** Hash of each block, or NO_HASH; and when it was cached. */
	readonly #hash: Int32Array;
	readonly #since: Int32Array;
	#clock: number;
	/** hash -> blocks, first cached first. Copies, which look up little, do without and search. */
	readonly #found: Map<number, number[]> | undefined;

	constructor(blocks: number, from?: PrefixCache) {
		this.#hash = from === undefined ? new Int32Array(blocks).fill(NO_HASH) : from.#hash.slice();
		this.#since = from === undefined ? new Int32Array(blocks) : from.#since.slice();
		this.#clock = from === undefined ? 0 : from.#clock;
		this.#found = from === undefined ? new Map() : undefined;
	}

	/** The block with this content, or -1. */
	find(hash: number): number {
		if (this.#found !== undefined) return this.#found.get(hash)?.[0] ?? -1;
		let first = this.#hash.indexOf(hash);
		for (let block = first; block !== -1; block = this.#hash.indexOf(hash, block + 1)) {
			if (this.#since[block]! < this.#since[first]!) first = block;
		}
		return first;
	}
	has(block: number): boolean {
		return this.#hash[block] !== NO_HASH;
	}
	put(block: number, hash: number): void {
		this.#hash[block] = hash;
		this.#since[block] = ++this.#clock;
		const same = this.#found?.get(hash);
		if (same === undefined) this.#found?.set(hash, [block]);
		else same.push(block);
	}
	drop(block: number): void {
		const hash = this.#hash[block]!;
		if (hash === NO_HASH) return;
		const rest = this.#found?.get(hash)?.filter((other) => other !== block) ?? [];
		if (rest.length === 0) this.#found?.delete(hash);
		else this.#found?.set(hash, rest);
		this.#hash[block] = NO_HASH;
	}
	flags(): Uint8Array {
		const flags = new Uint8Array(this.#hash.length);
		for (let block = 0; block < flags.length; block++) if (this.#hash[block] !== NO_HASH) flags[block] = 1;
		return flags;
	}
	clone(): PrefixCache {
		return new PrefixCache(this.#hash.length, this);
	}
}
