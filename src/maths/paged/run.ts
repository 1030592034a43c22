import type { Log } from '#maths/paged/log.ts';
import type { Policy } from '#maths/paged/reserve.ts';
import type { Limits, Request } from '#maths/paged/request.ts';

/** waiting; prefill and decode: it runs; preempted: freed, will be computed again; swapped: in CPU memory; padding: done, but its static batch is not. */
export const STATUSES = ['waiting', 'prefill', 'decode', 'preempted', 'swapped', 'padding', 'finished', 'rejected'] as const;
export type Status = (typeof STATUSES)[number];

export interface Setup {
	readonly requests: readonly Request[];
	readonly limits: Limits;
	readonly policy: Policy;
	readonly blocks: number;
	readonly blockSize: number;
	readonly prefixCaching: boolean;
	/** Greatest length of a sequence; what contiguous-max reserves. */
	readonly maxLen: number;
	/** Physical blocks in the order in which they go out at first. */
	readonly order?: readonly number[];
}

/** What is so at the end of an iteration, before who is done leaves. */
export interface Moment {
	readonly iteration: number;
	/** Operations of the log up to here. */
	readonly ops: number;
	/** Sequences that got a token. */
	readonly stepped: number;
	/** Tokens that went through the model: prefill and decode. */
	readonly tokens: number;
	readonly running: number;
	readonly waiting: number;
	readonly used: number;
	readonly reserved: number;
	readonly internal: number;
	readonly external: number;
	/** The head of the queue waits for memory. */
	readonly blocked: boolean;
}

/** When a request's status changed: after `ops` operations, in `iteration`. */
export interface Change {
	readonly ops: number;
	readonly iteration: number;
	readonly status: Status;
}

export interface Sequence {
	readonly request: number;
	readonly sample: number;
	/** Alone in its request it has the request's name, else the name and its number: A1, A2. */
	readonly name: string;
}

/** A run of the whole workload. */
export interface Run {
	readonly setup: Setup;
	readonly log: Log;
	readonly sequences: readonly Sequence[];
	/** First sequence of each request. */
	readonly first: readonly number[];
	readonly moments: readonly Moment[];
	readonly changes: readonly (readonly Change[])[];
	/** Iteration in which each request finished; 0 if it never did. */
	readonly finish: readonly number[];
	readonly iterations: number;
	readonly preemptions: number;
	/** Operations before the first one that is shown. */
	readonly prologue: number;
}

/** The status of a request after `ops` operations; undefined before it arrived. */
export function statusAt(changes: readonly Change[], ops: number): Status | undefined {
	let low = -1;
	for (let high = changes.length - 1; low < high;) {
		const middle = Math.ceil((low + high) / 2);
		if (changes[middle]!.ops <= ops) low = middle;
		else high = middle - 1;
	}
	return changes[low]?.status;
}
