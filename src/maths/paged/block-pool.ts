import { FreeQueue } from '#maths/paged/free-queue.ts';
import { PrefixCache } from '#maths/paged/prefix-cache.ts';

function firstOrder(blocks: number, order: readonly number[]): number[] {
	const ahead = new Set(order);
	return [...ahead, ...Array.from({ length: blocks }, (_, i) => i).filter((id) => !ahead.has(id))];
}

/**
 * Physical blocks: who is free, how many refer to each, how full each is, and what the prefix cache knows of them. A freed block keeps its
 * cached content until it is handed out again, so the free queue is also the cache's LRU list (vllm/v1/core/block_pool.py).
 */
export class BlockPool {
	readonly blocks: number;
	readonly caching: boolean;
	readonly refs: Uint16Array;
	/** Slots with a token, of live blocks and of cached ones. */
	readonly filled: Uint16Array;
	readonly cache: PrefixCache;
	readonly #free: FreeQueue;
	#used: number;

	/** order: blocks that go out first at the start; the others follow in the order of their numbers. */
	constructor(blocks: number, caching: boolean, order: readonly number[] = [], from?: BlockPool) {
		this.blocks = blocks;
		this.caching = caching;
		this.#free = new FreeQueue(blocks, from === undefined ? firstOrder(blocks, order) : from.#free);
		this.refs = from?.refs.slice() ?? new Uint16Array(blocks);
		this.filled = from?.filled.slice() ?? new Uint16Array(blocks);
		this.cache = from?.cache.clone() ?? new PrefixCache(caching ? blocks : 0);
		this.#used = from === undefined ? 0 : from.#used;
	}

	get free(): number {
		return this.#free.size;
	}
	/** Slots of live blocks that hold a token. */
	get used(): number {
		return this.#used;
	}
	freeList(): Int32Array {
		return this.#free.toArray();
	}
	/** Takes the block that has been free for longest; what it held is forgotten. */
	fresh(): number {
		const block = this.#free.shift();
		this.#forget(block);
		this.refs[block] = 1;
		return block;
	}
	/** One more reference to a cached block; a free one leaves the queue from wherever it stands. */
	take(block: number): void {
		if (this.refs[block] === 0) {
			this.#free.remove(block);
			this.#used += this.filled[block]!;
		}
		this.refs[block]!++;
	}
	release(block: number): void {
		if (--this.refs[block]! > 0) return;
		this.#used -= this.filled[block]!;
		if (!this.caching || !this.cache.has(block)) this.filled[block] = 0;
		this.#free.push(block);
	}
	fill(block: number, slots: number): void {
		this.#used += slots - this.filled[block]!;
		this.filled[block] = slots;
	}
	/** Cached blocks among the first n of the queue. */
	evictable(n: number): readonly number[] {
		const out: number[] = [];
		if (!this.caching) return out;
		for (let i = 0, id = this.#free.first; i < n && id !== -1; i++, id = this.#free.after(id)) if (this.cache.has(id)) out.push(id);
		return out;
	}
	evict(n: number): void {
		for (const block of this.evictable(n)) this.#forget(block);
	}
	flags(): Uint8Array {
		return this.caching ? this.cache.flags() : new Uint8Array(this.blocks);
	}
	clone(): BlockPool {
		return new BlockPool(this.blocks, this.caching, [], this);
	}

	/** Only for free blocks: nothing of theirs counts as used. */
	#forget(block: number): void {
		if (this.caching) this.cache.drop(block);
		this.filled[block] = 0;
	}
}
