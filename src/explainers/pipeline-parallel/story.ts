/** Everything that follows from the parameters once: the simulated step, and what frames, facts and picture read from it. */
import { criticalPath } from '#maths/pipeline/critical.ts';
import { busyOf, EPSILON } from '#maths/pipeline/idle.ts';
import { memoryOf, type Memory } from '#maths/pipeline/memory.ts';
import { phasesOf, type Phases } from '#maths/pipeline/phases.ts';
import { chunksOf, isSplit, planOf, possible, type Counts, type ScheduleName } from '#maths/pipeline/plan.ts';
import { simulate, type Schedule } from '#maths/pipeline/simulate.ts';
import { versionsHeld, versionsUsed } from '#maths/pipeline/versions.ts';
import { MOST_MICROBATCHES, type PipelineParams } from './params.ts';

/** More steps than a reader could walk: beyond that a step covers several events. */
const MOST_STEPS = 20_000;

export interface Versions {
	/** Weight version that an operation computes with. */
	readonly used: Int32Array;
	/** By device, versions held after each of its operations. */
	readonly held: readonly Int32Array[];
}

export interface Story {
	readonly name: ScheduleName;
	/** What is drawn: the nearest counts that the schedule can be made for. */
	readonly counts: Counts;
	readonly schedule: Schedule;
	readonly split: boolean;
	/** Time of each step. */
	readonly times: Float64Array;
	/** Length of the axis: the same for all schedules of the same work, unless one takes longer. */
	readonly axis: number;
	readonly memories: readonly Memory[];
	readonly phases: readonly Phases[];
	readonly busy: readonly number[];
	readonly critical: readonly number[];
	readonly versions: Versions | undefined;
}

export const countsOf = (p: PipelineParams): Counts =>
	possible(p.schedule, { stages: p.stages, microbatches: p.microbatches, chunks: p.chunks, reverse: p.reverse }, MOST_MICROBATCHES);

/** Time that the same work takes with GPipe's flush and without communication: (m + p - 1)(tF + tB) for each chunk. */
export function gpipeTime({ schedule, stages, chunks, microbatches, tF, tI, tW }: PipelineParams): number {
	const perDevice = schedule === 'dualpipe' ? 1 : chunksOf(schedule, chunks);
	return (microbatches + stages - 1) * (tF + tI + tW) * perDevice;
}

/** From 0 to the end, a tick apart. */
function ticks(makespan: number, tick: number): Float64Array {
	const step = tick * Math.max(1, Math.ceil(makespan / tick / MOST_STEPS));
	const n = Math.max(1, Math.ceil(makespan / step - 1e-6));
	return Float64Array.from({ length: n + 1 }, (_, i) => (i === n ? makespan : i * step));
}

/** Times at which something starts or ends; when they are too many, every so manieth. */
function events({ start, end, makespan }: Schedule): Float64Array {
	const all = new Float64Array(start.length + end.length);
	all.set(start);
	all.set(end, start.length);
	all.sort();
	const distinct: number[] = [0];
	for (const t of all) if (t - distinct.at(-1)! > EPSILON) distinct.push(t);
	const every = Math.ceil(distinct.length / MOST_STEPS);
	const kept = distinct.filter((_, i) => i % every === 0);
	if (kept.at(-1)! < makespan - EPSILON) kept.push(makespan);
	return Float64Array.from(kept);
}

function timesOf(schedule: Schedule, { tick, tF, tI, tW, tFB, tComm }: PipelineParams): Float64Array {
	if (tick > 0) return ticks(schedule.makespan, tick);
	const whole = [tF, tI, tW, tFB ?? 1, tComm].every(Number.isInteger);
	return whole ? ticks(schedule.makespan, 1) : events(schedule);
}

function make(p: PipelineParams): Story {
	const counts = countsOf(p);
	const { tF, tI, tW, tComm } = p;
	const schedule = simulate(planOf(p.schedule, counts), { tF, tI, tW, tFB: p.tFB ?? tF + tI + tW, tComm });
	const devices = Array.from({ length: counts.stages }, (_, d) => d);
	const used = p.schedule === 'pipedream' ? versionsUsed(schedule) : undefined;
	return {
		name: p.schedule,
		counts,
		schedule,
		split: isSplit(p.schedule),
		times: timesOf(schedule, p),
		axis: Math.max(schedule.makespan, gpipeTime({ ...p, ...counts })),
		memories: devices.map((d) => memoryOf(schedule, d)),
		phases: devices.map((d) => phasesOf(schedule, d)),
		busy: devices.map((d) => busyOf(schedule, d)),
		critical: p.critical ? criticalPath(schedule) : [],
		versions: used === undefined ? undefined : { used, held: devices.map((d) => versionsHeld(schedule, used, d)) }
	};
}

/** A story is made once for its parameters; frames, facts, height and picture all ask for it. */
let latest: { readonly p: PipelineParams; readonly story: Story }[] = [];
export function storyOf(p: PipelineParams): Story {
	const known = latest.find((one) => one.p === p);
	if (known !== undefined) return known.story;
	const made = { p, story: make(p) };
	latest = [made, ...latest.slice(0, 3)];
	return made.story;
}
