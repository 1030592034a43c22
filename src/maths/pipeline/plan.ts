/** Schedules by name, and the counts that each is made for. */
import type { Plan } from './op.ts';
import { dualpipe } from './schedules/dualpipe.ts';
import { dualpipev } from './schedules/dualpipev.ts';
import { gpipe } from './schedules/gpipe.ts';
import { interleaved } from './schedules/interleaved.ts';
import { interleavedZeroBubble } from './schedules/interleaved-zero-bubble.ts';
import { loopedBfs } from './schedules/looped-bfs.ts';
import { naive } from './schedules/naive.ts';
import { oneFOneB } from './schedules/one-f-one-b.ts';
import { pipedream } from './schedules/pipedream.ts';
import { vHalf } from './schedules/v-half.ts';
import { vMin } from './schedules/v-min.ts';
import { zbH1 } from './schedules/zb-h1.ts';
import { zbH2 } from './schedules/zb-h2.ts';
import { zbV } from './schedules/zb-v.ts';

export const SCHEDULES = [
	'naive',
	'gpipe',
	'1f1b',
	'interleaved-1f1b',
	'looped-bfs',
	'pipedream',
	'zb-h1',
	'zb-h2',
	'interleaved-zero-bubble',
	'zb-v',
	'v-half',
	'v-min',
	'dualpipe',
	'dualpipev'
] as const;
export type ScheduleName = (typeof SCHEDULES)[number];

/** What a schedule is made for. `chunks` counts where the schedule leaves it open. */
export interface Counts {
	readonly stages: number;
	readonly microbatches: number;
	readonly chunks: number;
	/** GPipe alone: backwards from the last microbatch to the first. */
	readonly reverse?: boolean;
}

const LOOPED: readonly ScheduleName[] = ['interleaved-1f1b', 'looped-bfs', 'interleaved-zero-bubble'];
const V_SHAPED: readonly ScheduleName[] = ['zb-v', 'v-half', 'v-min', 'dualpipev'];

/** Chunks of the model on each device: free for looped schedules, two for a V and for two directions, else one. */
export function chunksOf(name: ScheduleName, chunks: number): number {
	if (LOOPED.includes(name)) return chunks;
	return V_SHAPED.includes(name) || name === 'dualpipe' ? 2 : 1;
}
export const choosesChunks = (name: ScheduleName): boolean => LOOPED.includes(name);
export const isV = (name: ScheduleName): boolean => V_SHAPED.includes(name);
/** Schedules with a backward in two parts. */
export const isSplit = (name: ScheduleName): boolean =>
	V_SHAPED.includes(name) || ['zb-h1', 'zb-h2', 'interleaved-zero-bubble', 'dualpipe'].includes(name);

/** The nearest counts that the schedule can be made for, within `most` microbatches. */
export function possible(name: ScheduleName, counts: Counts, most: number): Counts {
	let { stages, microbatches } = counts;
	if (name === 'interleaved-1f1b' || name === 'interleaved-zero-bubble') {
		const groups = Math.max(1, Math.min(Math.floor(most / stages), Math.round(microbatches / stages)));
		microbatches = groups * stages;
	}
	if (name === 'dualpipe') {
		stages += stages % 2;
		microbatches = Math.max(2 * stages, microbatches + (microbatches % 2));
	}
	if (name === 'dualpipev') microbatches = Math.max(2 * stages, microbatches);
	return { ...counts, stages, microbatches };
}

/** Orders of all devices. The counts must be possible ones. */
export function planOf(name: ScheduleName, { stages: p, microbatches: m, chunks: v, reverse = false }: Counts): Plan {
	switch (name) {
		case 'naive':
			return naive(p, m);
		case 'gpipe':
			return gpipe(p, m, reverse);
		case '1f1b':
			return oneFOneB(p, m);
		case 'interleaved-1f1b':
			return interleaved(p, m, v);
		case 'looped-bfs':
			return loopedBfs(p, m, v);
		case 'pipedream':
			return pipedream(p, m);
		case 'zb-h1':
			return zbH1(p, m);
		case 'zb-h2':
			return zbH2(p, m);
		case 'interleaved-zero-bubble':
			return interleavedZeroBubble(p, m, v);
		case 'zb-v':
			return zbV(p, m);
		case 'v-half':
			return vHalf(p, m);
		case 'v-min':
			return vMin(p, m);
		case 'dualpipe':
			return dualpipe(p, m);
		case 'dualpipev':
			return dualpipev(p, m);
	}
}
