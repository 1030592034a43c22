import { blocksFor } from '#maths/paged/blocks-for.ts';
import type { Memory } from '#maths/paged/memory.ts';
import type { Request } from '#maths/paged/request.ts';
import type { Change, Setup } from '#maths/paged/run.ts';

/** A request on its way through the scheduler. */
export interface Job {
	readonly index: number;
	readonly request: Request;
	/** Its first sequence; sample i is first + i. */
	readonly first: number;
	/** Sequences that live: one until the prompt is done. */
	live: number[];
	/** Tokens of output so far, for each sample. */
	generated: number;
	/** Tokens of the first sequence that are in memory while it is (re)computed. */
	computed: number;
	/** Tokens to compute before the next one can be drawn: the prompt, and after a preemption the output so far. */
	target: number;
	state: 'pending' | 'waiting' | 'swapped' | 'running' | 'ended';
	/** Number of output tokens for which the beams have been chosen. */
	chosen: number;
	/** Whether it was said that it waits for memory. */
	told: boolean;
	readonly changes: Change[];
	finish: number;
}

export function newJob(request: Request, index: number, first: number): Job {
	const start = { live: [first], generated: 0, computed: 0, target: request.prompt, chosen: 1, told: false, finish: 0 };
	return { index, request, first, ...start, state: 'pending', changes: [] };
}

/** Whether a request cannot run even alone: more blocks than there are, or longer than the model allows. Beams may share more, and are tried. */
export function neverFits({ policy, blocks, blockSize, maxLen }: Setup, { prompt, output, samples, parents }: Request): boolean {
	if (policy !== 'paged') return prompt + output > maxLen;
	const shared = samples > 1 ? Math.floor(prompt / blockSize) : 0;
	return shared + (parents === undefined ? samples : 1) * (blocksFor(prompt + output, blockSize) - shared) > blocks;
}

/**
 * How many tokens of a waiting job would be computed if it started now, 0 for one that comes back from CPU memory; undefined when it does not fit.
 * `alone`: nobody else runs, so that waiting would not help.
 */
export function tokensToStart(job: Job, memory: Memory, budget: number, alone: boolean): number | undefined {
	if (job.state === 'swapped') return memory.swapped(job.live) + (alone ? 0 : job.live.length) <= memory.freeBlocks ? 0 : undefined;
	const found = memory.peek(job.first, job.target);
	const chunk = Math.min(job.target - found, budget);
	const samples = job.generated === 0 ? job.request.samples : 1;
	return memory.admits(job.first, found + chunk, samples, found + chunk === job.target) ? chunk : undefined;
}
