/** The parameters of the figure: names, ranges and starting values are public (they stand in links and exports). */
import { flag, float, int, oneOf, optional, type Params } from '#kit/params/schema.ts';
import { SCHEDULES } from '#maths/pipeline/plan.ts';

export const MOST_MICROBATCHES = 512;

export const params = {
	schedule: oneOf(SCHEDULES, '1f1b'),
	/** Devices. */
	stages: int(1, 64, 4, 16),
	microbatches: int(1, MOST_MICROBATCHES, 8, 32),
	/** Chunks of layers on each device, where the schedule leaves it open. */
	chunks: int(1, 8, 2, 4),
	/** Durations of an operation on one chunk. */
	tF: float(0.1, 100, 1, 0.1, 4),
	tI: float(0.1, 100, 1, 0.1, 4),
	tW: float(0.1, 100, 1, 0.1, 4),
	/** A forward overlapped with a full backward (DualPipe); empty: their sum. */
	tFB: optional(float(0.1, 300, 0.1, 0.1)),
	tComm: float(0, 100, 0, 0.1, 4),
	/** GPipe: backwards from the last microbatch to the first. */
	reverse: flag(false),
	critical: flag(false),
	/** Time on the axis, around the playhead; 0: all. */
	span: float(0, 100_000, 0, 1, 200),
	/** Time from step to step; 0: one slot where all durations are whole, else from event to event. */
	tick: float(0, 100, 0, 0.5, 4)
} as const;

export type PipelineParams = Params<typeof params>;
