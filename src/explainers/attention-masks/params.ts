/** The parameters of the figure: names, ranges and starting values are public (they stand in links and exports). */
import { modelParam } from '#kit/runtime/site-models.ts';
import { flag, int, list, oneOf, optional, text, type Param, type Params } from '#kit/params/schema.ts';
import { DIALECTS } from '#maths/masks/code.ts';
import { PATTERNS } from '#maths/masks/layer-patterns.ts';
import { INITIAL, KINDS, MOST, type Kind } from '#maths/masks/settings.ts';
import { pairList } from './pair-list.ts';

const BITS = { min: 0, max: 1, whole: true };
const OFFSET = 65_536;

/** A kind by its name; underscores, as the libraries write them, are read too. */
function kinds<const V extends string>(extra: readonly V[], initial: Kind | V): Param<Kind | V> {
	const values = [...extra, ...KINDS] as unknown as readonly [Kind | V, ...(Kind | V)[]];
	const inner: Param<Kind | V> = oneOf(values, initial);
	return { ...inner, parse: (given) => inner.parse(given.trim().replaceAll('_', '-')) };
}

export const params = {
	kind: kinds([], 'causal'),
	or: kinds(['none'], 'none'),
	and: kinds(['none'], 'none'),
	source: oneOf(['rule', 'model'], 'rule'),
	model: modelParam(),
	prompt: text(400, 'Once upon a time, there was a little girl named Lily.'),
	layer: int(0, 63, 0, 7),
	q: optional(int(1, MOST, 1, 64)),
	kv: optional(int(1, MOST, 1, 64)),
	qOffset: optional(int(0, OFFSET, 0, 64)),
	kvOffset: int(0, OFFSET, 0, 64),
	prefix: int(0, MOST, INITIAL.prefix, 32),
	contextLength: int(0, MOST, INITIAL.contextLength, 32),
	window: int(1, MOST, INITIAL.window, 32),
	halfWindow: int(0, MOST, INITIAL.halfWindow, 16),
	sinks: int(0, MOST, INITIAL.sinks, 16),
	chunk: int(1, MOST, INITIAL.chunk, 32),
	leftPadding: int(0, MOST, INITIAL.leftPadding, 16),
	padding: list({ min: 0, max: MOST }, BITS, INITIAL.padding),
	docs: list({ min: 0, max: 512 }, { min: 1, max: MOST, whole: true }, INITIAL.docs),
	prefixDocs: list({ min: 0, max: 512 }, { min: 0, max: 511, whole: true }, INITIAL.prefixDocs),
	virtualTokens: int(0, MOST - 1, INITIAL.virtualTokens, 16),
	parents: list({ min: 1, max: 512 }, { min: -1, max: 511, whole: true }, INITIAL.parents),
	tokenType: list({ min: 0, max: MOST }, BITS, INITIAL.tokenType),
	global: list({ min: 0, max: 512 }, { min: 0, max: MOST + OFFSET, whole: true }, INITIAL.global),
	stride: int(1, MOST, INITIAL.stride, 16),
	dilation: int(1, MOST, INITIAL.dilation, 8),
	radius: optional(int(0, MOST, 0, 16)),
	blockSize: int(1, MOST, INITIAL.blockSize, 16),
	randomPairs: pairList(64, MOST, INITIAL.randomPairs),
	intervals: pairList(64, MOST, INITIAL.intervals),
	imageTokenLength: int(1, MOST, INITIAL.imageTokenLength, 16),
	layers: int(1, 128, 3, 12),
	pattern: oneOf(PATTERNS, 'uniform'),
	alibi: flag(false),
	heads: int(1, 128, 8, 32),
	head: int(0, 127, 0, 31),
	headDim: int(1, 512, 64, 256),
	code: oneOf(DIALECTS, 'pytorch')
} as const;

export type MaskParams = Params<typeof params>;

/** The parameters that a kind reads, in the order in which they are worth trying. */
export const READS: Readonly<Record<Kind, readonly (keyof MaskParams)[]>> = {
	causal: [],
	bidirectional: [],
	'prefix-lm': ['prefix'],
	chatglm1: ['contextLength'],
	chatglm2: [],
	'prefix-tuning': ['virtualTokens'],
	'sliding-window': ['window'],
	'sliding-window-inclusive': ['window'],
	'sliding-window-bidirectional-inclusive': ['halfWindow'],
	'sliding-window-bidirectional-exclusive': ['window'],
	'sliding-window-symmetric': ['window'],
	'attention-sinks': ['sinks', 'window'],
	chunked: ['chunk', 'leftPadding'],
	'causal-padding': ['padding'],
	'bidirectional-padding': ['padding'],
	packed: ['docs'],
	'packed-sliding-window': ['docs', 'window'],
	'shared-prefix': ['docs', 'prefixDocs'],
	'block-diffusion': ['blockSize'],
	tree: ['parents'],
	'image-bidirectional': ['tokenType'],
	'image-bidirectional-sliding': ['tokenType', 'window'],
	'cross-attention': ['padding'],
	'vision-cross-attention': ['intervals', 'imageTokenLength'],
	longformer: ['window', 'global'],
	'global-sliding-window': ['radius', 'global'],
	bigbird: ['blockSize', 'randomPairs'],
	'sparse-strided': ['stride'],
	'dilated-sliding-window': ['dilation', 'window', 'radius']
};
