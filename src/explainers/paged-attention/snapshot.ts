/** The state behind one step, read from the log. */
import type { Place, Waste } from '#maths/paged/memory.ts';
import { statusAt, type Moment, type Status } from '#maths/paged/run.ts';
import type { PagedFrame } from './frames.ts';

export interface Snapshot {
	readonly iteration: number;
	readonly places: readonly Place[];
	/** (blocks) references, slots filled, known to the prefix cache. */
	readonly refs: Int32Array;
	readonly filled: Int32Array;
	readonly cached: Uint8Array;
	/** Free blocks, next one out first. */
	readonly free: Int32Array;
	readonly waste: Waste;
	/** (requests) status; undefined before it arrived. */
	readonly statuses: readonly (Status | undefined)[];
	/** Blocks whose references or tokens changed in this step. */
	readonly changed: ReadonlySet<number>;
	/** The same moment of the run beside it. */
	readonly versus: Moment | undefined;
	/** The greatest part of the memory that the two runs fill, for a common scale. */
	readonly slots: number;
}

export const RUNNING: ReadonlySet<Status | undefined> = new Set<Status | undefined>(['prefill', 'decode', 'padding']);
export const QUEUED: ReadonlySet<Status | undefined> = new Set<Status | undefined>(['waiting', 'preempted', 'swapped']);

/** Blocks that differ between two states. */
function differing(before: { refs: Int32Array; filled: Int32Array }, refs: Int32Array, filled: Int32Array): ReadonlySet<number> {
	const changed = new Set<number>();
	for (let block = 0; block < refs.length; block++) {
		if (refs[block] !== before.refs[block] || filled[block] !== before.filled[block]) changed.add(block);
	}
	return changed;
}

/** Whether the head of the queue waits for memory: so it does until the end of the iteration in which it was refused. */
function blockedAt(frame: PagedFrame): boolean {
	const { moments } = frame.story.run;
	const moment = moments[frame.iteration - 1];
	return moment !== undefined && moment.blocked && frame.end >= moment.ops;
}

export function snapshotOf(frame: PagedFrame): Snapshot {
	const { run, versus } = frame.story;
	const memory = run.log.stateAt(frame.end);
	const [refs, filled, places] = [memory.refCounts(), memory.filled(), memory.places()];
	let changed: ReadonlySet<number> | undefined;
	return {
		iteration: frame.iteration,
		...{ places, refs, filled },
		...{ cached: memory.cached(), free: memory.freeList(), waste: memory.waste(blockedAt(frame)) },
		statuses: run.changes.map((changes) => statusAt(changes, frame.end)),
		/** Asked for by few, and it takes a second state. */
		get changed() {
			if (changed !== undefined) return changed;
			const before = run.log.stateAt(frame.first);
			return (changed = differing({ refs: before.refCounts(), filled: before.filled() }, refs, filled));
		},
		versus: versus?.moments[Math.max(0, frame.iteration - 1)],
		slots: run.setup.blocks * run.setup.blockSize
	};
}
