import { powerOfTwo } from '#maths/paged/reserve.ts';

/**
 * The buddy allocator (Knuth, The Art of Computer Programming, vol. 1, 2.5): chunks of powers of two, split in halves when a smaller one
 * is wanted and merged with their other half when both are free. A memory that is no power of two starts as the powers of two of its size, the greatest
 * first. The lowest fitting address of the smallest fitting size is taken.
 */
export class Buddy {
	/** Free chunks: address -> size. */
	readonly free: Map<number, number>;
	readonly slots: number;

	constructor(slots: number, free?: Iterable<readonly [number, number]>) {
		this.slots = slots;
		this.free = new Map(free);
		if (free !== undefined) return;
		for (let at = 0, rest = slots; rest > 0;) {
			const size = powerOfTwo(rest) === rest ? rest : powerOfTwo(rest) / 2;
			this.free.set(at, size);
			at += size;
			rest -= size;
		}
	}

	/** The free chunk that `slots` would be cut from, or -1. */
	find(slots: number): number {
		const wanted = powerOfTwo(slots);
		let best = -1;
		let bestSize = Infinity;
		for (const [address, size] of this.free) {
			if (size >= wanted && (size < bestSize || (size === bestSize && address < best))) [best, bestSize] = [address, size];
		}
		return best;
	}
	/** The address of a chunk of powerOfTwo(slots) slots, or -1 when none is free. */
	take(slots: number): number {
		const address = this.find(slots);
		if (address === -1) return -1;
		const wanted = powerOfTwo(slots);
		let size = this.free.get(address)!;
		this.free.delete(address);
		while (size > wanted) {
			size /= 2;
			this.free.set(address + size, size);
		}
		return address;
	}
	/** Gives a chunk back; `slots` as it was asked for. */
	give(address: number, slots: number): void {
		let at = address;
		let size = powerOfTwo(slots);
		for (;;) {
			const root = this.#root(at);
			const buddy = root.at + ((at - root.at) ^ size);
			if (size === root.size || this.free.get(buddy) !== size) break;
			this.free.delete(buddy);
			at = Math.min(at, buddy);
			size *= 2;
		}
		this.free.set(at, size);
	}

	/** The chunk that the memory started with around an address: merging ends there. */
	#root(address: number): { at: number; size: number } {
		for (let at = 0, rest = this.slots; ;) {
			const size = powerOfTwo(rest) === rest ? rest : powerOfTwo(rest) / 2;
			if (address < at + size) return { at, size };
			at += size;
			rest -= size;
		}
	}
}
