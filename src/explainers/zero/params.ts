/** The parameters of the figure: names, ranges and starting values are public (they stand in links and exports). */
import { gpus } from '#maths/data/gpus.ts';
import { models } from '#maths/data/models.ts';
import { slug } from '#maths/data/slug.ts';
import { COLLECTIVES } from '#maths/collectives/ring.ts';
import { RECOMPUTE } from '#maths/memory/activations.ts';
import { OPTIMIZERS, PRECISIONS } from '#maths/memory/recipes.ts';
import { flag, float, int, oneOf, type Param, type Params } from '#kit/params/schema.ts';

export const VIEWS = ['step', 'table', 'ring', 'recipes', 'activations'] as const;
export const OFFLOADS = ['none', 'optimizer', 'all'] as const;
/** Parameters of "custom" when nothing else is said: the paper's running example. */
export const PAPER_PARAMS = 7.5e9;

/** A number, or nothing: then the model's own. Random values (for tests) are spread over the orders of magnitude. */
function own(inner: Param<number>): Param<number | null> {
	const { min = 0, max = 1 } = inner;
	return {
		...inner,
		...{
			kind: 'optional',
			initial: null,
			range: { en: `${min}–${max}, or empty: the model’s own`, zh: `${min}–${max}，留空则用模型自己的` }
		},
		parse(given) {
			if (given.trim() === '') return { value: null };
			const parsed = inner.parse(given);
			return parsed.why === 'notANumber' ? { value: null, why: 'notANumber' } : parsed;
		},
		print: (value) => (value === null ? '' : String(value)),
		random: (random) => (random() < 0.6 ? null : Math.round(min + (max - min) * random() ** 6))
	};
}

/** One of a few slugs; the beginning of one is understood when only one begins so, and a name is taken for its slug. */
function named(values: readonly [string, ...string[]], initial: string): Param<string> {
	const inner = oneOf(values, initial);
	return {
		...inner,
		parse(given) {
			const wanted = slug(given.trim());
			const hits = values.filter((value) => value === wanted);
			const starts = hits.length > 0 || wanted === '' ? hits : values.filter((value) => value.startsWith(wanted));
			return starts.length === 1 ? { value: starts[0]! } : inner.parse(given);
		}
	};
}
const slugs = (list: readonly { readonly slug: string }[], ...more: string[]) =>
	[...list.map((x) => x.slug), ...more] as [string, ...string[]];

export const params = {
	view: oneOf(VIEWS, 'step'),
	/** 0 = data parallelism, 1 shards optimizer states, 2 gradients too, 3 parameters too (FSDP). */
	stage: int(0, 3, 3),
	/** Data-parallel ranks. */
	ranks: int(1, 65536, 64, 1024),
	model: named(slugs(models, 'custom'), 'custom'),
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
	gpu: named(slugs(gpus), 'h100-sxm'),
	gpusPerNode: int(1, 1024, 8, 16),
	/** Parameters of the largest module, for DeepSpeed's ZeRO-3 estimate. */
	largestLayer: own(float(0, 1e13, 0, 1e6)),
	zeroInit: flag(true),
	collective: oneOf(COLLECTIVES, 'all-reduce'),
	ringRanks: int(2, 8, 4)
} as const;

export type ZeroParams = Params<typeof params>;
