/**
 * The free blocks as a doubly linked list in two arrays: taken at the front, given back at the end, and taken out of the middle when a
 * cached block is hit, all in constant time (vllm/v1/core/kv_cache_utils.py, FreeKVCacheBlockQueue). Ids are 0 .. blocks - 1.
 */
export class FreeQueue {
	/** Index `blocks` is the list's head: before the first and behind the last. */
	readonly #next: Int32Array;
	readonly #previous: Int32Array;
	readonly #head: number;
	#size = 0;

	/** order: ids that are free, first out first; or a queue to copy. */
	constructor(blocks: number, order: Iterable<number> | FreeQueue) {
		this.#head = blocks;
		if (order instanceof FreeQueue) {
			this.#next = order.#next.slice();
			this.#previous = order.#previous.slice();
			this.#size = order.#size;
			return;
		}
		this.#next = new Int32Array(blocks + 1).fill(-1);
		this.#previous = new Int32Array(blocks + 1).fill(-1);
		this.#next[blocks] = this.#previous[blocks] = blocks;
		for (const id of order) this.push(id);
	}

	get size(): number {
		return this.#size;
	}
	has(id: number): boolean {
		return this.#next[id] !== -1;
	}
	/** The block that goes out next, or -1. */
	get first(): number {
		return this.#size === 0 ? -1 : this.#next[this.#head]!;
	}
	/** The block behind `id` in the queue, or -1 at the end. */
	after(id: number): number {
		const next = this.#next[id]!;
		return next === this.#head ? -1 : next;
	}
	push(id: number): void {
		const last = this.#previous[this.#head]!;
		this.#next[last] = id;
		this.#previous[id] = last;
		this.#next[id] = this.#head;
		this.#previous[this.#head] = id;
		this.#size++;
	}
	remove(id: number): void {
		const next = this.#next[id]!;
		const previous = this.#previous[id]!;
		this.#next[previous] = next;
		this.#previous[next] = previous;
		this.#next[id] = this.#previous[id] = -1;
		this.#size--;
	}
	/** Takes the first; RangeError when nothing is free. */
	shift(): number {
		const { first } = this;
		if (first === -1) throw new RangeError('no free block');
		this.remove(first);
		return first;
	}
	toArray(): Int32Array {
		const out = new Int32Array(this.#size);
		for (let i = 0, id = this.first; id !== -1; id = this.after(id)) out[i++] = id;
		return out;
	}
}
