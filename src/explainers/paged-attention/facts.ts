/** The numbers that a reader may quote, of the step that is shown. */
import type { Facts } from '#kit/model.ts';
import type { Waste } from '#maths/paged/memory.ts';
import type { Moment, Run } from '#maths/paged/run.ts';
import { counts } from './captions.ts';
import type { PagedFrame } from './frames.ts';

const PAPER = 'Kwon et al., Efficient Memory Management for Large Language Model Serving with PagedAttention, SOSP 2023';
const ORCA = 'Yu et al., Orca: A Distributed Serving System for Transformer-Based Generative Models, OSDI 2022';
const VLLM = 'vllm/v1/core/sched/scheduler.py (FCFS, the request admitted last is preempted)';

type Slots = Pick<Waste, 'used' | 'reserved' | 'internal' | 'external'>;

/** Slots that are taken: used, reserved, wasted inside and outside. */
const taken = (s: Slots): number => s.used + s.reserved + s.internal + s.external;

/** Sums over the iterations of a run, so that quotients of them are averages over time. */
function total(moments: readonly Moment[]): Slots {
	const sum = { used: 0, reserved: 0, internal: 0, external: 0 };
	for (const moment of moments) {
		sum.used += moment.used;
		sum.reserved += moment.reserved;
		sum.internal += moment.internal;
		sum.external += moment.external;
	}
	return sum;
}

/** Average use of the memory that is taken, over all iterations; null for a run without any. */
export function averageUse(run: Run): number | null {
	const sum = total(run.moments);
	return taken(sum) === 0 ? null : sum.used / taken(sum);
}

function preemptionsUntil(run: Run, end: number): number {
	if (run.preemptions === 0) return 0;
	return run.changes.reduce(
		(sum, changes) => sum + changes.filter(({ status, ops }) => ops <= end && (status === 'preempted' || status === 'swapped')).length,
		0
	);
}

export function factsOf(frame: PagedFrame, last: boolean): Facts {
	const { run, versus } = frame.story;
	const { snapshot } = frame;
	// When everybody has left there is no moment to measure: the whole run is.
	const over = last && snapshot.places.length === 0;
	const slots: Slots = over ? total(run.moments) : snapshot.waste;
	const all = taken(slots);
	const share = (part: number): number | null => (all === 0 ? null : part / all);
	const note = (part: number) =>
		over ? { note: { key: 'average', values: {} } } : all === 0 ? {} : { note: { key: 'slots', values: { part, all } } };
	const logical = snapshot.places.reduce((sum, { blocks }) => sum + blocks.length, 0);
	const inUse = snapshot.refs.reduce((sum, refs) => sum + (refs > 0 ? 1 : 0), 0);
	const saved = run.setup.policy === 'paged' ? logical - inUse : 0;
	const tokens = run.moments.reduce((sum, { stepped }) => sum + stepped, 0);
	// A request of several samples runs even where the batch has fewer rows.
	const samples = run.setup.requests.reduce((most, request) => Math.max(most, request.samples), 1);
	const rows = Math.max(samples, Math.min(run.setup.limits.maxBatch, run.sequences.length));
	const { running, waiting } = counts(snapshot);
	const other = versus === undefined ? null : averageUse(versus);
	const versusNote =
		versus === undefined || other === null
			? note(slots.used)
			: { note: { key: 'versus', values: { policy: versus.setup.policy, share: other } } };
	return {
		utilisation: {
			value: share(slots.used),
			unit: 'share',
			source: `${PAPER}, Fig. 2: token states`,
			...(over ? versusNote : note(slots.used))
		},
		internalFragmentation: {
			value: share(slots.internal),
			unit: 'share',
			source: `${PAPER}, Fig. 2 and section 3.1`,
			...note(slots.internal)
		},
		externalFragmentation: {
			value: share(slots.external),
			unit: 'share',
			source: `${PAPER}, Fig. 2: external fragmentation and others`,
			...note(slots.external)
		},
		reserved: { value: share(slots.reserved), unit: 'share', source: `${PAPER}, Fig. 2: reservation`, ...note(slots.reserved) },
		blocksInUse: {
			value: inUse,
			unit: 'count',
			source: `${PAPER}, section 4.2`,
			note: { key: 'ofBlocks', values: { blocks: run.setup.blocks } }
		},
		blocksSaved: {
			...{ value: saved, unit: 'count', source: `${PAPER}, section 6.3: blocks saved by sharing over blocks without sharing` },
			...(logical === 0 ? {} : { note: { key: 'saved', values: { share: saved / logical, logical } } })
		},
		running: { value: running, unit: 'count', source: ORCA },
		waiting: { value: waiting, unit: 'count', source: ORCA },
		preemptions: {
			value: run.preemptions,
			unit: 'count',
			source: VLLM,
			note: { key: 'soFar', values: { n: preemptionsUntil(run, frame.end) } }
		},
		iterations: {
			...{ value: run.iterations, unit: 'count', source: ORCA },
			...(versus === undefined ? {} : { note: { key: 'versusCount', values: { policy: versus.setup.policy, n: versus.iterations } } })
		},
		throughput: {
			...{ value: run.iterations === 0 ? 0 : tokens / run.iterations, unit: 'tokens', source: `${ORCA}; output tokens over iterations` },
			...(versus === undefined || versus.iterations === 0
				? {}
				: {
						note: {
							key: 'versusNumber',
							values: { policy: versus.setup.policy, n: versus.moments.reduce((sum, { stepped }) => sum + stepped, 0) / versus.iterations }
						}
					})
		},
		batchUse: {
			value: run.iterations === 0 ? null : tokens / (run.iterations * rows),
			unit: 'share',
			source: `${ORCA}; rows of the batch that drew a token`,
			note: { key: 'batch', values: { rows } }
		}
	};
}
