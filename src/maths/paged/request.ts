import type { Piece } from '#maths/paged/content.ts';

/** What a client asks for, and what it will turn out to need. Lengths in tokens. */
export interface Request {
	readonly name: string;
	readonly prompt: number;
	/** Tokens that it gets before it ends; known to the simulation, not to the scheduler. At least 1. */
	readonly output: number;
	/** Iteration at whose start it is there; 1 is the first. */
	readonly arrival: number;
	/** Index of the request that must have finished before: the earlier turn of a conversation. `arrival` then counts from there. */
	readonly after?: number;
	/** Parallel samples or beams, at least 1. */
	readonly samples: number;
	/**
	 * Beam search: parents[i][j] is which beam the j-th candidate of output token i + 2 continues. Without it samples go their own ways.
	 */
	readonly parents?: readonly (readonly number[])[];
	/** Names of the samples; by default the request's name and 1, 2, 3 ... */
	readonly sampleNames?: readonly string[];
	/** What the prompt consists of; by default tokens that nobody else has. */
	readonly pieces?: readonly Piece[];
	/** Names the first sample's output, so that a later prompt can contain it. */
	readonly own?: string;
}

export interface Limits {
	/** Greatest number of sequences that run at once. */
	readonly maxBatch: number;
	readonly batching: 'continuous' | 'static';
	readonly preemption: 'swap' | 'recompute';
	/** Tokens of one iteration at most (chunked prefill); 0: a prompt is taken whole. */
	readonly tokenBudget: number;
}
