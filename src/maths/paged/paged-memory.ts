import { cachedPrefix, nameFullBlocks } from '#maths/paged/block-hashes.ts';
import { BlockPool } from '#maths/paged/block-pool.ts';
import { blocksFor } from '#maths/paged/blocks-for.ts';
import { HashChain } from '#maths/paged/chain.ts';
import type { Memory, Next, Place, Plan, Waste } from '#maths/paged/memory.ts';

/** A block table; `chain` has the hash of each full block. */
interface Table {
	blocks: number[];
	chain: number[];
	tokens: number;
}

interface Options {
	readonly blocks: number;
	readonly blockSize: number;
	readonly plan: Plan;
	readonly caching: boolean;
	/** Blocks in the order in which they go out at first; 0, 1, 2, ... by default. */
	readonly order?: readonly number[];
}

/**
 * The block manager: block tables, reference counts, copy-on-write at the grain of a block (PagedAttention, section 4), prefix cache with
 * LRU eviction (vLLM V1), swapping with shared blocks kept shared. Writing in a block with more than one reference copies it first.
 */
export class PagedMemory implements Memory {
	readonly blocks: number;
	readonly blockSize: number;
	readonly #o: Options;
	readonly #hashes: HashChain;
	readonly #tables = new Map<number, Table>();
	/** Tables in CPU memory; block numbers there only tell which were shared. */
	readonly #outside = new Map<number, Table>();
	readonly #pool: BlockPool;

	constructor(o: Options, from?: PagedMemory) {
		this.blocks = o.blocks;
		this.blockSize = o.blockSize;
		this.#o = o;
		this.#pool = from === undefined ? new BlockPool(o.blocks, o.caching, o.order) : from.#pool.clone();
		this.#hashes = from === undefined ? new HashChain() : from.#hashes;
		if (from === undefined) return;
		for (const [to, tables] of [
			[this.#tables, from.#tables],
			[this.#outside, from.#outside]
		] as const) {
			for (const [id, t] of tables) to.set(id, { blocks: t.blocks.slice(), chain: t.chain.slice(), tokens: t.tokens });
		}
	}

	get freeBlocks(): number {
		return this.#pool.free;
	}
	get usedBlocks(): number {
		return this.blocks - this.#pool.free;
	}

	admits(sequence: number, tokens: number, samples: number, ends: boolean): boolean {
		const B = this.blockSize;
		// Hits that nobody holds are in the free queue and leave it like any other block.
		const held = this.#hits(sequence, tokens).filter((block) => this.#pool.refs[block]! > 0).length;
		const first = !ends ? 0 : tokens % B === 0 ? samples : samples - 1;
		return blocksFor(tokens, B) - held + first <= this.#pool.free;
	}
	peek(sequence: number, total: number): number {
		return this.#hits(sequence, total).length * this.blockSize;
	}
	has(sequence: number): boolean {
		return this.#tables.has(sequence);
	}
	open(sequence: number, total: number): number {
		const hits = this.#hits(sequence, total);
		const table: Table = { blocks: hits, chain: [], tokens: hits.length * this.blockSize };
		for (const block of hits) this.#pool.take(block);
		this.#tables.set(sequence, table);
		this.#rehash(sequence, table);
		return table.tokens;
	}
	wants(sequences: readonly number[]): number {
		let wanted = 0;
		const sharers = new Map<number, number>();
		for (const sequence of sequences) {
			const { tokens, blocks } = this.#table(sequence);
			const last = blocks.at(-1);
			if (tokens % this.blockSize === 0) wanted++;
			else if (last !== undefined && this.#pool.refs[last]! > 1) sharers.set(last, (sharers.get(last) ?? 0) + 1);
		}
		// The last of those who share a block finds it its own and writes in place.
		for (const [block, writers] of sharers) wanted += Math.min(writers, this.#pool.refs[block]! - 1);
		return wanted;
	}
	fits(sequence: number, n: number): boolean {
		const { tokens, blocks } = this.#table(sequence);
		return blocksFor(tokens + n, this.blockSize) - blocks.length <= this.#pool.free;
	}
	next(sequence: number): Next {
		const { tokens, blocks } = this.#table(sequence);
		const full = tokens % this.blockSize === 0;
		const shared = !full && this.#pool.refs[blocks[blocks.length - 1]!]! > 1;
		if (!full && !shared) return 'append';
		if (this.#pool.free === 0) return 'full';
		return shared ? 'copy' : 'grow';
	}
	/** @throws RangeError when no block is free: ask fits() or next() before. */
	extend(sequence: number, n: number): void {
		const table = this.#table(sequence);
		const B = this.blockSize;
		const { refs, filled } = this.#pool;
		if (n === 1 && table.tokens % B !== 0) {
			const last = table.blocks[table.blocks.length - 1]!;
			if (refs[last]! === 1) {
				this.#pool.fill(last, filled[last]! + 1);
				table.tokens++;
				if (table.tokens % B === 0) this.#rehash(sequence, table);
				return;
			}
		}
		let left = n;
		if (left > 0 && table.tokens % B !== 0 && refs[table.blocks.at(-1)!]! > 1) this.#copyLast(table);
		while (left > 0) {
			if (table.tokens % B === 0) table.blocks.push(this.#pool.fresh());
			const block = table.blocks.at(-1)!;
			const step = Math.min(left, B - (table.tokens % B));
			table.tokens += step;
			this.#pool.fill(block, filled[block]! + step);
			left -= step;
		}
		this.#rehash(sequence, table);
	}
	fork(parent: number, child: number): void {
		const { blocks, chain, tokens } = this.#table(parent);
		this.#tables.set(child, { blocks: blocks.slice(), chain: chain.slice(), tokens });
		for (const block of blocks) this.#pool.refs[block]!++;
	}
	/** Last block first, so that a tail is evicted before its head. */
	close(sequence: number): void {
		for (const block of this.#table(sequence).blocks.toReversed()) this.#pool.release(block);
		this.#tables.delete(sequence);
	}
	evictable(n: number): readonly number[] {
		return this.#pool.evictable(n);
	}
	evict(n: number): void {
		this.#pool.evict(n);
	}

	swapOut(sequences: readonly number[]): void {
		for (const sequence of sequences) {
			this.#outside.set(sequence, this.#table(sequence));
			this.close(sequence);
		}
	}
	swapped(sequences: readonly number[]): number {
		return new Set(sequences.flatMap((sequence) => this.#outside.get(sequence)?.blocks ?? [])).size;
	}
	swapIn(sequences: readonly number[]): void {
		const inside = new Map<number, number>();
		for (const sequence of sequences) {
			const old = this.#outside.get(sequence);
			if (old === undefined) continue;
			const blocks = old.blocks.map((block, i) => {
				const known = inside.get(block);
				if (known !== undefined) this.#pool.refs[known]!++;
				const here = known ?? this.#pool.fresh();
				inside.set(block, here);
				this.#pool.fill(here, Math.min(this.blockSize, old.tokens - i * this.blockSize));
				return here;
			});
			this.#outside.delete(sequence);
			const table: Table = { blocks, chain: [], tokens: old.tokens };
			this.#tables.set(sequence, table);
			this.#rehash(sequence, table);
		}
	}

	waste(): Waste {
		const B = this.blockSize;
		let reserved = 0;
		const seen = new Set<number>();
		for (const [sequence, { tokens, blocks }] of this.#tables) {
			const last = blocks.at(-1);
			if (last === undefined || tokens % B === 0 || seen.has(last)) continue;
			if (this.#pool.refs[last]! > 1) seen.add(last);
			reserved += Math.min(B - this.#pool.filled[last]!, Math.max(0, this.#o.plan(sequence).final - tokens));
		}
		const all = this.usedBlocks * B;
		return { used: this.#pool.used, reserved, internal: all - this.#pool.used - reserved, external: 0, free: this.#pool.free * B };
	}
	places(): readonly Place[] {
		const B = this.blockSize;
		return Array.from(this.#tables, ([sequence, table]) => {
			const { tokens, blocks } = { tokens: table.tokens, blocks: table.blocks.slice() };
			const place: Place = { sequence, tokens, blocks, table: [] };
			return Object.defineProperty(place, 'table', { get: () => blocks.map((block, i) => [block, Math.min(B, tokens - i * B)] as const) });
		});
	}
	refCounts(): Int32Array {
		return new Int32Array(this.#pool.refs);
	}
	freeList(): Int32Array {
		return this.#pool.freeList();
	}
	cached(): Uint8Array {
		return this.#pool.flags();
	}
	filled(): Int32Array {
		return new Int32Array(this.#pool.filled);
	}
	clone(): PagedMemory {
		return new PagedMemory(this.#o, this);
	}

	#table(sequence: number): Table {
		const table = this.#tables.get(sequence);
		if (table === undefined) throw new RangeError(`sequence ${sequence} has no table`);
		return table;
	}
	#hits(sequence: number, tokens: number): number[] {
		return this.#o.caching ? cachedPrefix(this.#o.plan(sequence).content, tokens, this.blockSize, this.#hashes, this.#pool.cache) : [];
	}
	/** Names the blocks that have become full, and tells the cache. */
	#rehash(sequence: number, { chain, blocks, tokens }: Table): void {
		if (!this.#o.caching) return;
		nameFullBlocks(this.#o.plan(sequence).content, tokens, this.blockSize, this.#hashes, chain);
		for (let i = chain.length - 1; i >= 0 && !this.#pool.cache.has(blocks[i]!); i--) this.#pool.cache.put(blocks[i]!, chain[i]!);
	}
	#copyLast(table: Table): void {
		const old = table.blocks.pop()!;
		const copy = this.#pool.fresh();
		this.#pool.refs[old]!--;
		this.#pool.fill(copy, table.tokens % this.blockSize);
		table.blocks.push(copy);
	}
}
