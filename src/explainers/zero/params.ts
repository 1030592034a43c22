/** The parameters of the figure: names, ranges and starting values are public (they stand in links and exports). */
import { gpus } from '#maths/data/gpus.ts';
import { models } from '#maths/data/models.ts';
import { COLLECTIVES } from '#maths/collectives/ring.ts';
import { RECOMPUTE } from '#maths/memory/activations.ts';
import { OPTIMIZERS, PRECISIONS } from '#maths/memory/recipes.ts';
import { bySlug, slugs } from '#kit/params/named.ts';
import { flag, float, int, MODELS_OWN, mostlySmall, oneOf, optional, type Param, type Params } from '#kit/params/schema.ts';

export const VIEWS = ['step', 'table', 'ring', 'recipes', 'activations'] as const;
export const OFFLOADS = ['none', 'optimizer', 'all'] as const;
/** Parameters of "custom" when nothing else is said: the paper's running example. */
export const PAPER_PARAMS = 7.5e9;

/** A number of one’s own, or nothing: then the model’s. */
const own = (inner: Param<number>): Param<number | null> => optional(mostlySmall(inner), MODELS_OWN);

export const params = {
	view: oneOf(VIEWS, 'step'),
	/** 0 = data parallelism, 1 shards optimizer states, 2 gradients too, 3 parameters too (FSDP). */
	stage: int(0, 3, 3),
	/** Data-parallel ranks. */
	ranks: int(1, 65536, 64, 1024),
	model: bySlug(slugs(models, 'custom'), 'custom'),
	params: own(float(1e6, 1e15, 1e6, 1e6)),
	precision: oneOf(PRECISIONS, 'fp16'),
	optimizer: oneOf(OPTIMIZERS, 'adam'),
	/** Bytes of optimizer state per parameter, the fp32 copy included; empty: what precision and optimizer give. */
	K: own(float(0, 64, 0, 0.5, 16)),
	offload: oneOf(OFFLOADS, 'none'),
	/** Ranks that share one copy of the states (HSDP); empty: all of them. */
	shard: own(int(1, 65536, 1, 64)),
	/** Whether gathered weights are dropped after the forward pass (FSDP reshard_after_forward). */
	reshard: flag(true),
	/** Groups of layers that are gathered together and drawn as one column. */
	units: int(1, 12, 4),
	seq: int(1, 1_048_576, 2048, 32_768),
	/** Sequences of each rank in a step. */
	batch: int(1, 4096, 1, 16),
	recompute: oneOf(RECOMPUTE, 'selective'),
	layers: own(int(1, 1000, 1, 128)),
	hidden: own(int(1, 131_072, 1, 16_384)),
	heads: own(int(1, 1024, 1, 128)),
	/** Tensor parallelism, for activations alone. */
	tp: int(1, 64, 1, 8),
	gpu: bySlug(slugs(gpus), 'h100-sxm'),
	gpusPerNode: int(1, 1024, 8, 16),
	/** Parameters of the largest module, for DeepSpeed's ZeRO-3 estimate. */
	largestLayer: own(float(0, 1e13, 0, 1e6)),
	zeroInit: flag(true),
	collective: oneOf(COLLECTIVES, 'all-reduce'),
	ringRanks: int(2, 8, 4)
} as const;

export type ZeroParams = Params<typeof params>;
