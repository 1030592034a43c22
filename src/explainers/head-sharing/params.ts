/** The parameters of the figure: names, ranges and starting values are public (they stand in links and exports). */
import { bySlug, slugs } from '#kit/params/named.ts';
import { int, MODELS_OWN, mostlySmall, oneOf, optional, text, type Param, type Params } from '#kit/params/schema.ts';
import { modelParam } from '#kit/runtime/site-models.ts';
import { gpus } from '#maths/data/gpus.ts';
import { models } from '#maths/data/models.ts';

export const VIEWS = ['heads', 'ladder', 'numbers', 'chart', 'live'] as const;
export const PROMPT = 'Once upon a time, there was a little girl named Lily.';
const BITS = ['4', '8', '16', '32'] as const;

/** A whole number of one’s own, or nothing: then the model’s. */
const own = (min: number, max: number): Param<number | null> => optional(mostlySmall(int(min, max, min)), MODELS_OWN);

export const params = {
	view: oneOf(VIEWS, 'heads'),
	model: bySlug(slugs(models, 'custom'), 'llama-3-8b'),
	/** auto: as the model is, or as kvHeads or kvLoraRank say. */
	attention: oneOf(['auto', 'mha', 'gqa', 'mqa', 'mla'], 'auto'),
	layers: own(1, 1000),
	heads: own(1, 512),
	kvHeads: own(1, 512),
	headDim: own(1, 1024),
	hidden: own(1, 65536),
	kvLoraRank: own(1, 16384),
	ropeHeadDim: own(0, 1024),
	window: own(0, 16_777_216),
	localLayers: own(0, 1000),
	seq: int(1, 16_777_216, 8192, 131_072),
	batch: int(1, 65536, 1, 128),
	kvBits: oneOf(BITS, '16'),
	weightBits: oneOf(BITS, '16'),
	gpu: bySlug(slugs(gpus), 'h100-sxm'),
	tp: int(1, 512, 1, 16),
	/** Words of which a model of the chart must have one in its name or kind. */
	filter: text(80, ''),
	/** The head whose arithmetic the numbers show, where they show one. */
	head: int(0, 1, 0),
	/** The language model that the page runs. */
	pageModel: modelParam(),
	prompt: text(500, PROMPT)
} as const;

export type HeadParams = Params<typeof params>;
