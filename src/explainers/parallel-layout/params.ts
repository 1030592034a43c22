/** The parameters of the figure: names, ranges and starting values are public (they stand in links and exports). */
import { slugs } from '#kit/params/named.ts';
import { flag, int, oneOf, type Param, type Params } from '#kit/params/schema.ts';
import { gpus } from '#maths/data/gpus.ts';
import { models } from '#maths/data/models.ts';
import { RECOMPUTE } from '#maths/memory/activations.ts';
import { AXES } from '#maths/parallel/axes.ts';
import { SCHEDULES } from '#maths/parallel/job.ts';
import { partsOf } from '#maths/parallel/stages.ts';
import { rankOrder } from './order-param.ts';

export const MOST_GPUS = 65_536;

/** Models whose parameters the table lets us place; of the others only the total is known. */
export const offered = models.filter((model) => partsOf(model) !== undefined);

/** A size of an axis; random ones (for tests) are mostly small, and powers of two as people choose them. */
const size = (most: number, initial: number): Param<number> => ({
	...int(1, most, initial),
	random: (random) => Math.min(most, 2 ** Math.floor(random() * (random() < 0.1 ? 12 : 4)) + (random() < 0.1 ? 1 : 0))
});

export const params = {
	world: size(MOST_GPUS, 16),
	tp: size(1024, 2),
	cp: size(1024, 1),
	ep: size(1024, 1),
	dp: size(MOST_GPUS, 2),
	pp: size(1024, 4),
	order: rankOrder(),
	gpusPerNode: int(1, 1024, 8, 72),
	/** GPUs that share one expert; 0: as many as tp says, Megatron's own choice. */
	etp: int(0, 1024, 0, 8),
	model: oneOf(slugs(offered), 'llama-3-8b'),
	gpu: oneOf(slugs(gpus), 'h100-sxm'),
	/** Network of one GPU, in gigabits per second and direction. */
	networkGbps: int(1, 12_800, 400, 1600),
	seq: int(1, 16_777_216, 8192, 131_072),
	microBatch: int(1, 1024, 1, 16),
	globalBatch: int(1, 1_048_576, 64, 4096),
	sp: flag(true),
	zero: oneOf(['0', '1', '2', '3'], '1'),
	recompute: oneOf(RECOMPUTE, 'selective'),
	/** Whether the model drops activations out, whose masks are kept for the backward pass; few large models do. */
	dropout: flag(false),
	schedule: oneOf(SCHEDULES, '1f1b'),
	vpp: int(1, 64, 1, 8),
	fp8Dispatch: flag(false),
	/** What the colour of a GPU tells; auto: its group in the exchange that is shown. */
	colour: oneOf(['auto', ...AXES, 'node'], 'auto'),
	/** The GPU whose groups are shown. */
	rank: int(0, MOST_GPUS - 1, 0, 63)
} as const;

export type LayoutParams = Params<typeof params>;
