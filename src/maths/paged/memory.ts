import type { Content } from '#maths/paged/content.ts';

/** What a memory must know about a sequence, told once for the whole run. */
export interface SequencePlan {
	/** Which request it belongs to. */
	readonly request: number;
	readonly content: Content;
	/** Slots that a contiguous policy sets aside. */
	readonly reserve: number;
	/** Tokens that it will have in the end, prompt and output. */
	readonly final: number;
}
/** Sequence -> its plan. */
export type Plan = (sequence: number) => SequencePlan;

/**
 * What the next token of a sequence does to its memory: it goes in place, or takes a new block, or its last block is shared and copied first,
 * or there is no free block for it.
 */
export type Next = 'append' | 'grow' | 'copy' | 'full';

/** Where the slots of a memory are; together they are all of it. */
export interface Waste {
	/** Slots that hold a token, each counted once however many sequences share it. */
	readonly used: number;
	/** Set aside for tokens that will come. */
	readonly reserved: number;
	/** Set aside and never used: internal fragmentation. */
	readonly internal: number;
	/** Nobody's, and of no use to who waits: rounding of the allocator, and holes that the next request does not fit in. */
	readonly external: number;
	readonly free: number;
}

/** A sequence's place in memory, as a reader sees it. */
export interface Place {
	readonly sequence: number;
	readonly tokens: number;
	/** Physical blocks in logical order. */
	readonly blocks: readonly number[];
	/** The block table: each of them with how many of its slots the sequence fills. Made when asked for. */
	readonly table: readonly (readonly [number, number])[];
	/** Contiguous policies: first slot, slots set aside, slots of the allocator's chunk. */
	readonly range?: { readonly start: number; readonly reserved: number; readonly chunk: number };
}

/** Common to paged and contiguous memory; the scheduler knows nothing else. Sequences are numbers. */
export interface Memory {
	readonly blocks: number;
	readonly blockSize: number;
	/** Whether `samples` sequences that share `tokens` tokens can start now; `ends`: each also takes its first token of output. */
	admits(sequence: number, tokens: number, samples: number, ends: boolean): boolean;
	/** Tokens of a sequence of `total` that are in the prefix cache now. */
	peek(sequence: number, total: number): number;
	has(sequence: number): boolean;
	/** Starts a sequence of `total` tokens; answers how many of them were found in the prefix cache. */
	open(sequence: number, total: number): number;
	/** Free blocks that these sequences want before each can take one more token. */
	wants(sequences: readonly number[]): number;
	/** Whether `n` more tokens of a sequence fit. */
	fits(sequence: number, n: number): boolean;
	next(sequence: number): Next;
	extend(sequence: number, n: number): void;
	fork(parent: number, child: number): void;
	close(sequence: number): void;
	/** Cached blocks among the first `n` of the free queue: their content goes when they are handed out. */
	evictable(n: number): readonly number[];
	evict(n: number): void;
	/** Moves these sequences to CPU memory; shared blocks stay shared there. */
	swapOut(sequences: readonly number[]): void;
	/** Blocks that these sequences, where swapped out, want on the way back. */
	swapped(sequences: readonly number[]): number;
	/** Brings those back that are swapped out. */
	swapIn(sequences: readonly number[]): void;
	readonly freeBlocks: number;
	readonly usedBlocks: number;
	/** `blocked`: a request waits for memory. */
	waste(blocked: boolean): Waste;
	places(): readonly Place[];
	/** References to each block (blocks). */
	refCounts(): Int32Array;
	/** Free blocks, next one out first. */
	freeList(): Int32Array;
	/** 1 for blocks whose content the prefix cache knows (blocks). */
	cached(): Uint8Array;
	/** Filled slots of each block, of live and of cached ones (blocks). */
	filled(): Int32Array;
	/** A copy that lives on its own. */
	clone(): Memory;
}
