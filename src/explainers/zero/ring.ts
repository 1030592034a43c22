/** A ring collective on real numbers, step by step. */
import { ringFactor } from '#maths/collectives/cost.ts';
import { applyContributions, contributions, replay, ringTrace, type Collective, type RingStep } from '#maths/collectives/ring.ts';

export interface RingScene {
	readonly kind: 'ring';
	readonly collective: Collective;
	readonly ranks: number;
	/** Steps done, of how many. */
	readonly done: number;
	readonly steps: number;
	/** The step that led here, or nothing before the first. */
	readonly last: RingStep | undefined;
	/** Whose numbers are inside, (ranks, chunks) lists. */
	readonly held: readonly (readonly (readonly number[])[])[];
	/** The numbers themselves, (ranks, chunks). */
	readonly values: readonly (readonly number[])[];
	/** Chunks that each rank has sent, in parts of the buffer. */
	readonly sent: number;
	readonly factor: number;
}

/** Rank r begins with r + 1 in chunk 0, ten times as much in chunk 1, and so on up to three digits: sums can be checked in the head. */
const start = (ranks: number): number[][] =>
	Array.from({ length: ranks }, (_, r) => Array.from({ length: ranks }, (_, c) => (r + 1) * (c + 1)));

export function ringScenes(collective: Collective, ranks: number): readonly RingScene[] {
	const trace = ringTrace(collective, ranks);
	const states = replay(start(ranks), trace);
	let held = contributions(collective, ranks);
	return states.map((values, done): RingScene => {
		const last = trace[done - 1];
		if (last !== undefined) held = applyContributions(held, last);
		const factor = ringFactor(collective, ranks);
		return { kind: 'ring', collective, ranks, done, steps: trace.length, last, held, values, sent: done / ranks, factor };
	});
}
