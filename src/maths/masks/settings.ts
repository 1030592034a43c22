/** What a mask is made of. Names are those of the figure's parameters; positions are absolute and 0-based. */
export const KINDS = [
	'causal',
	'bidirectional',
	'prefix-lm',
	'chatglm1',
	'chatglm2',
	'prefix-tuning',
	'sliding-window',
	'sliding-window-inclusive',
	'sliding-window-bidirectional-inclusive',
	'sliding-window-bidirectional-exclusive',
	'sliding-window-symmetric',
	'attention-sinks',
	'chunked',
	'causal-padding',
	'bidirectional-padding',
	'packed',
	'packed-sliding-window',
	'shared-prefix',
	'block-diffusion',
	'tree',
	'image-bidirectional',
	'image-bidirectional-sliding',
	'cross-attention',
	'vision-cross-attention',
	'longformer',
	'global-sliding-window',
	'bigbird',
	'sparse-strided',
	'dilated-sliding-window'
] as const;
export type Kind = (typeof KINDS)[number];

/** Further conditions over the same settings: first OR, then AND, as Hugging Face composes them. */
export interface Rules {
	readonly kind: Kind;
	readonly or: Kind | 'none';
	readonly and: Kind | 'none';
	readonly prefix: number;
	readonly contextLength: number;
	/** Keys that a window keeps, the query's own included. */
	readonly window: number;
	/** Keys on each side of the query. */
	readonly halfWindow: number;
	readonly sinks: number;
	readonly chunk: number;
	/** Padding tokens before the first real one. */
	readonly leftPadding: number;
	/** 1 = real token, 0 = padding, by key; what is not listed is real. */
	readonly padding: readonly number[];
	/** Lengths of the packed documents; what they do not fill is one document more. */
	readonly docs: readonly number[];
	/** shared-prefix: for each document the one that is its prompt; not listed = the first. */
	readonly prefixDocs: readonly number[];
	readonly virtualTokens: number;
	/** tree: the parent of each node, -1 = the first node of all. */
	readonly parents: readonly number[];
	/** 1 = image token; not listed = text. */
	readonly tokenType: readonly number[];
	readonly global: readonly number[];
	readonly stride: number;
	readonly dilation: number;
	/** Positions on each side; null = as `halfWindow` (global) or one-sided with `window` keys (dilated). */
	readonly radius: number | null;
	readonly blockSize: number;
	/** bigbird: query block and the key block that it sees besides. */
	readonly randomPairs: readonly (readonly [number, number])[];
	/** vision-cross-attention: for each image the first text query that sees it and the first that no longer does. */
	readonly intervals: readonly (readonly [number, number])[];
	readonly imageTokenLength: number;
}

/** Small lists that show each kind at work; what a figure starts with. */
export const INITIAL: Rules = {
	kind: 'causal',
	or: 'none',
	and: 'none',
	prefix: 3,
	contextLength: 4,
	window: 4,
	halfWindow: 2,
	sinks: 2,
	chunk: 4,
	leftPadding: 0,
	padding: [0, 0, 1, 1, 1, 1, 1, 1],
	docs: [3, 2, 3],
	prefixDocs: [],
	virtualTokens: 2,
	parents: [-1, 0, 0, 1, 1, 2, 3],
	tokenType: [0, 1, 1, 1, 0, 0, 1, 1, 0],
	global: [0],
	stride: 3,
	dilation: 2,
	radius: null,
	blockSize: 2,
	randomPairs: [],
	intervals: [
		[0, 4],
		[1, 4],
		[4, 6]
	],
	imageTokenLength: 2
};

/** Rules and the cut-out that is looked at: `q` queries from `qOffset` on against `kv` keys from `kvOffset` on. */
export interface MaskSettings extends Rules {
	readonly q: number;
	readonly kv: number;
	readonly qOffset: number;
	readonly kvOffset: number;
}

/** Sizes and offsets as a reader gives them: null where the figure chooses. */
export interface Sizes {
	readonly q: number | null;
	readonly kv: number | null;
	readonly qOffset: number | null;
	readonly kvOffset: number;
}

/** The longest sequence that is looked at. */
export const MOST = 4096;
const DEFAULT_LENGTH = 8;
const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
const within = (n: number): number => Math.max(1, Math.min(MOST, Math.round(n)));

/** Queries and keys that are two sequences of their own: their positions are not compared. */
export const isCross = (kind: Kind): boolean => kind === 'cross-attention' || kind === 'vision-cross-attention';

/** The length that the given lists ask for. */
function naturalLength(r: Rules): number {
	switch (r.kind) {
		case 'packed':
		case 'packed-sliding-window':
		case 'shared-prefix':
			return sum(r.docs) || DEFAULT_LENGTH;
		case 'causal-padding':
		case 'bidirectional-padding':
			return r.padding.length || DEFAULT_LENGTH;
		case 'tree':
			return r.parents.length || DEFAULT_LENGTH;
		case 'image-bidirectional':
		case 'image-bidirectional-sliding':
			return r.tokenType.length || DEFAULT_LENGTH;
		case 'vision-cross-attention':
			return Math.max(1, ...r.intervals.map(([, end]) => end));
		case 'bigbird':
			return r.blockSize * 8;
		case 'block-diffusion':
			return r.blockSize * 8;
		default:
			return DEFAULT_LENGTH;
	}
}

/**
 * Fills in what the reader left open. Without an offset the queries are the last q positions (a step with a KV cache); queries after
 * virtual tokens start behind them; with two sequences both count from 0.
 */
export function resolve(r: Rules, sizes: Sizes): MaskSettings {
	const { kvOffset } = sizes;
	const virtual = r.kind === 'prefix-tuning' ? r.virtualTokens : 0;
	let keys = naturalLength(r) + virtual;
	if (r.kind === 'vision-cross-attention') keys = r.intervals.length * r.imageTokenLength || DEFAULT_LENGTH;
	else if (r.kind === 'cross-attention') keys = r.padding.length || DEFAULT_LENGTH;
	else if (sizes.q !== null) keys = sizes.q + virtual;
	const kv = within(sizes.kv ?? keys);
	const own = isCross(r.kind) ? naturalLength(r) : kv - virtual;
	const q = within(sizes.q ?? own);
	const qOffset = isCross(r.kind) ? 0 : r.kind === 'prefix-tuning' ? kvOffset + virtual : Math.max(0, kvOffset + kv - q);
	return { ...r, q, kv, kvOffset, qOffset: sizes.qOffset ?? qOffset };
}
