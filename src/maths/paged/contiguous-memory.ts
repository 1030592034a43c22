import { Buddy } from '#maths/paged/buddy.ts';
import type { Memory, Next, Place, Plan, Waste } from '#maths/paged/memory.ts';
import { powerOfTwo } from '#maths/paged/reserve.ts';

interface Range {
	readonly start: number;
	readonly reserved: number;
	tokens: number;
}

/**
 * Memory as systems before PagedAttention kept it: one range of slots in a row for each sequence, set aside when it starts (reserve.ts) and
 * given out by a buddy allocator (the paper's model of Orca, section 6.1). Nothing is shared: every sample copies its prompt.
 * Blocks are only how the same slots are drawn and counted beside paged memory.
 */
export class ContiguousMemory implements Memory {
	readonly blocks: number;
	readonly blockSize: number;
	readonly #plan: Plan;
	readonly #buddy: Buddy;
	readonly #ranges = new Map<number, Range>();

	constructor(o: { readonly blocks: number; readonly blockSize: number; readonly plan: Plan }, from?: ContiguousMemory) {
		this.blocks = o.blocks;
		this.blockSize = o.blockSize;
		this.#plan = o.plan;
		this.#buddy = new Buddy(o.blocks * o.blockSize, from === undefined ? undefined : from.#buddy.free);
		if (from === undefined) return;
		for (const [sequence, range] of from.#ranges) this.#ranges.set(sequence, { ...range });
	}

	/** As many blocks as the free slots would make, wherever they lie. */
	get freeBlocks(): number {
		let slots = 0;
		for (const size of this.#buddy.free.values()) slots += size;
		return Math.floor(slots / this.blockSize);
	}
	get usedBlocks(): number {
		return this.refCounts().reduce((count, refs) => count + (refs > 0 ? 1 : 0), 0);
	}

	/** Tried out on a copy: several samples of one request must fit together. */
	admits(sequence: number, _tokens: number, samples: number): boolean {
		const { reserve } = this.#plan(sequence);
		if (samples === 1) return this.#buddy.find(reserve) !== -1;
		const trial = new Buddy(this.#buddy.slots, this.#buddy.free);
		for (let i = 0; i < samples; i++) if (trial.take(reserve) === -1) return false;
		return true;
	}
	peek(): number {
		return 0;
	}
	has(sequence: number): boolean {
		return this.#ranges.has(sequence);
	}
	open(sequence: number): number {
		const { reserve } = this.#plan(sequence);
		const start = this.#buddy.take(reserve);
		if (start === -1) throw new RangeError(`no chunk of ${reserve} slots is free`);
		this.#ranges.set(sequence, { start, reserved: reserve, tokens: 0 });
		return 0;
	}
	wants(): number {
		return 0;
	}
	fits(): boolean {
		return true;
	}
	next(): Next {
		return 'append';
	}
	extend(sequence: number, n: number): void {
		this.#range(sequence).tokens += n;
	}
	fork(parent: number, child: number): void {
		this.open(child);
		this.#range(child).tokens = this.#range(parent).tokens;
	}
	close(sequence: number): void {
		const { start, reserved } = this.#range(sequence);
		this.#buddy.give(start, reserved);
		this.#ranges.delete(sequence);
	}
	evictable(): readonly number[] {
		return [];
	}
	evict(): void {}
	swapOut(): void {
		throw new RangeError('what is reserved in full is never preempted');
	}
	swapped(): number {
		return 0;
	}
	swapIn(): void {}

	waste(blocked: boolean): Waste {
		let used = 0;
		let reserved = 0;
		let internal = 0;
		let slack = 0;
		for (const [sequence, range] of this.#ranges) {
			const final = Math.max(range.tokens, Math.min(range.reserved, this.#plan(sequence).final));
			used += range.tokens;
			reserved += final - range.tokens;
			internal += range.reserved - final;
			slack += powerOfTwo(range.reserved) - range.reserved;
		}
		const rest = this.blocks * this.blockSize - used - reserved - internal - slack;
		return { used, reserved, internal, external: slack + (blocked ? rest : 0), free: blocked ? 0 : rest };
	}
	places(): readonly Place[] {
		return Array.from(this.#ranges, ([sequence, { start, reserved, tokens }]) => {
			const blocks = this.#pages(start, start + reserved);
			const table = blocks.map((page) => [page, this.#overlap(page, start, start + tokens)] as const);
			return { sequence, tokens, blocks, table, range: { start, reserved, chunk: powerOfTwo(reserved) } };
		});
	}
	refCounts(): Int32Array {
		const refs = new Int32Array(this.blocks);
		for (const { start, reserved } of this.#ranges.values()) for (const page of this.#pages(start, start + reserved)) refs[page]!++;
		return refs;
	}
	freeList(): Int32Array {
		const refs = this.refCounts();
		return Int32Array.from([...refs.keys()].filter((page) => refs[page] === 0));
	}
	cached(): Uint8Array {
		return new Uint8Array(this.blocks);
	}
	filled(): Int32Array {
		const filled = new Int32Array(this.blocks);
		for (const { start, tokens } of this.#ranges.values()) {
			for (const page of this.#pages(start, start + tokens)) filled[page]! += this.#overlap(page, start, start + tokens);
		}
		return filled;
	}
	clone(): ContiguousMemory {
		return new ContiguousMemory({ blocks: this.blocks, blockSize: this.blockSize, plan: this.#plan }, this);
	}

	#range(sequence: number): Range {
		const range = this.#ranges.get(sequence);
		if (range === undefined) throw new RangeError(`sequence ${sequence} has no range`);
		return range;
	}
	/** Blocks that the slots start..end-1 touch. */
	#pages(start: number, end: number): number[] {
		const pages: number[] = [];
		if (end > start) for (let page = Math.floor(start / this.blockSize); page * this.blockSize < end; page++) pages.push(page);
		return pages;
	}
	#overlap(page: number, start: number, end: number): number {
		const from = Math.max(start, page * this.blockSize);
		return Math.max(0, Math.min(end, (page + 1) * this.blockSize) - from);
	}
}
