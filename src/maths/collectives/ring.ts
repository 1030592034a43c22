/**
 * Ring collectives chunk by chunk. N ranks, the buffer in N chunks; in every step every rank sends one chunk to its right neighbour.
 * Source: NVIDIA/nccl-tests, doc/PERFORMANCE.md; Patarasuk and Yuan 2009. Which chunk starts where is a convention: here rank r begins
 * with chunk r and owns chunk (r + 1) mod N after the reduce-scatter.
 */

export interface Send {
	readonly src: number;
	readonly dst: number;
	readonly chunk: number;
}
export interface RingStep {
	readonly phase: 'reduce-scatter' | 'all-gather';
	/** Counts from 0 in each phase. */
	readonly step: number;
	readonly sends: readonly Send[];
}
export const COLLECTIVES = ['all-reduce', 'reduce-scatter', 'all-gather'] as const;
export type Collective = (typeof COLLECTIVES)[number];

const mod = (a: number, n: number): number => ((a % n) + n) % n;

function steps(ranks: number, phase: RingStep['phase'], first: number): readonly RingStep[] {
	return Array.from({ length: Math.max(0, ranks - 1) }, (_, step) => ({
		...{ phase, step },
		sends: Array.from({ length: ranks }, (_, r) => ({ src: r, dst: mod(r + 1, ranks), chunk: mod(r + first - step, ranks) }))
	}));
}

/** N - 1 steps after which rank r holds the whole sum of chunk (r + 1) mod N. */
export function ringReduceScatter(ranks: number): readonly RingStep[] {
	return steps(ranks, 'reduce-scatter', 0);
}

/** N - 1 steps that carry every rank's chunk to all. `offset`: rank r starts with chunk (r + offset) mod N; 1 follows a reduce-scatter. */
export function ringAllGather(ranks: number, offset = 0): readonly RingStep[] {
	return steps(ranks, 'all-gather', offset);
}

/** A reduce-scatter, then an all-gather: 2 (N - 1) steps. */
export function ringAllReduce(ranks: number): readonly RingStep[] {
	return [...ringReduceScatter(ranks), ...ringAllGather(ranks, 1)];
}

export function ringTrace(kind: Collective, ranks: number): readonly RingStep[] {
	return kind === 'all-reduce' ? ringAllReduce(ranks) : kind === 'reduce-scatter' ? ringReduceScatter(ranks) : ringAllGather(ranks);
}

/**
 * Carries out one step on numbers, (ranks, chunks): a reduce-scatter adds what arrives, an all-gather replaces. All ranks send at once,
 * so what is sent is what was there before the step.
 */
export function applyStep(buffers: readonly (readonly number[])[], { phase, sends }: RingStep): readonly (readonly number[])[] {
	const after = buffers.map((row) => [...row]);
	for (const { src, dst, chunk } of sends) {
		const value = buffers[src]![chunk]!;
		after[dst]![chunk] = phase === 'reduce-scatter' ? buffers[dst]![chunk]! + value : value;
	}
	return after;
}

/** The buffers before the first step and after each, (steps + 1, ranks, chunks). */
export function replay(buffers: readonly (readonly number[])[], trace: readonly RingStep[]): readonly (readonly (readonly number[])[])[] {
	const states = [buffers];
	for (const step of trace) states.push(applyStep(states.at(-1)!, step));
	return states;
}

/** Whose contributions are inside each chunk of each rank, (ranks, chunks) lists of ranks: what the picture of a ring shows. */
export function contributions(kind: Collective, ranks: number): readonly (readonly (readonly number[])[])[] {
	const all = (f: (rank: number, chunk: number) => readonly number[]) =>
		Array.from({ length: ranks }, (_, rank) => Array.from({ length: ranks }, (_, chunk) => f(rank, chunk)));
	return kind === 'all-gather' ? all((rank, chunk) => (rank === chunk ? [rank] : [])) : all((rank) => [rank]);
}

/** One step on lists of contributors: a sum contains both, a copy what was sent. */
export function applyContributions(
	held: readonly (readonly (readonly number[])[])[],
	{ phase, sends }: RingStep
): readonly (readonly (readonly number[])[])[] {
	const after = held.map((row) => [...row]);
	for (const { src, dst, chunk } of sends) {
		const sent = held[src]![chunk]!;
		after[dst]![chunk] = phase === 'reduce-scatter' ? [...sent, ...held[dst]![chunk]!] : sent;
	}
	return after;
}
