/** The parameters of the figure: names, ranges and starting values are public (they stand in links and exports). */
import { int, oneOf, text, type Param, type Params } from '#kit/params/schema.ts';
import { gpus } from '#maths/data/gpus.ts';
import { models } from '#maths/data/models.ts';
import { slug } from '#maths/data/slug.ts';

export const VIEWS = ['heads', 'ladder', 'numbers', 'chart', 'live'] as const;
/** Names of the language models that the page can run itself. */
export const PAGE_MODELS = ['stories260K'] as const;
export const PROMPT = 'Once upon a time, there was a little girl named Lily.';
const BITS = ['4', '8', '16', '32'] as const;

/** A whole number, or nothing: then the model's own. */
function own(min: number, max: number): Param<number | null> {
	const inner = int(min, max, min);
	return {
		...{ kind: 'optional', initial: null, min, max, step: 1, range: { en: `${min}–${max}, or empty: the model’s own`, zh: `${min}–${max}，或留空，取模型自身的值` } },
		parse(given) {
			if (given.trim() === '') return { value: null };
			const parsed = inner.parse(given);
			return parsed.why === 'notANumber' ? { value: null, why: 'notANumber' } : parsed;
		},
		print: (value) => (value === null ? '' : String(value)),
		// Mostly the model's own, else mostly small: what people try.
		random: (random) => (random() < 0.6 ? null : Math.round(min + (max - min) * random() ** 4))
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
	view: oneOf(VIEWS, 'heads'),
	model: named(slugs(models, 'custom'), 'llama-3-8b'),
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
	gpu: named(slugs(gpus), 'h100-sxm'),
	tp: int(1, 512, 1, 16),
	/** Words of which a model of the chart must have one in its name or kind. */
	filter: text(80, ''),
	/** The head whose arithmetic the numbers show, where they show one. */
	head: int(0, 1, 0),
	pageModel: oneOf(PAGE_MODELS, 'stories260K'),
	prompt: text(500, PROMPT)
} as const;

export type HeadParams = Params<typeof params>;
