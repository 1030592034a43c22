/**
 * What can happen, each with the sequence it happens to and a number:
 * arrive; reject: it could never fit; wait: the head of the queue does not fit now (free blocks);
 * hit: whole blocks of its prefix are in the cache (tokens); prefill (tokens); evict: cached content goes (how far down the free queue);
 * append, grow, copy: the next token in place, in a new block, after a copy of the shared last block;
 * fork (the parent sequence); drop: a beam dies; full: no free block for it;
 * preempt: freed, to be computed again; swapOut, swapIn (blocks); finish: it leaves, and its blocks are free.
 */
export const OPS = [
	'arrive',
	'reject',
	'wait',
	'hit',
	'prefill',
	'evict',
	'append',
	'grow',
	'copy',
	'fork',
	'drop',
	'full',
	'preempt',
	'swapOut',
	'swapIn',
	'finish'
] as const;
export type Op = (typeof OPS)[number];

/** Op -> its place in OPS. */
export const CODE = Object.fromEntries(OPS.map((op, i) => [op, i])) as Readonly<Record<Op, number>>;
