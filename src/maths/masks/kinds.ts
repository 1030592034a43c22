/** Every kind of mask as a predicate of q and k. Sources stand beside the rules that are not folklore. */
import { abs, and, at, cmp, k, minus, mod, num, or, over, q, rule, times, TRUE, type Bool, type Int, type Table } from './expr.ts';
import type { Kind, MaskSettings } from './settings.ts';
import { documentIds, flags, imageBlocks, perImageToken, realTokens } from './tables.ts';
import { onText } from './tree.ts';

type Build = (s: MaskSettings) => Bool;

/** How many positions a table must cover: every query and every key. */
const length = (s: MaskSettings): number => Math.max(s.qOffset + s.q, s.kvOffset + s.kv);
const table = (name: string, values: readonly number[]): Table => ({ name, values });
const distance = minus(q, k);
const sides = abs(distance);
const half = (s: MaskSettings): Int => over(num(s.window, 'window'), num(2));

const causal: Bool = rule('causal', cmp(k, '<=', q));
/** The query's own key counts: q - k < w keeps w keys (transformers, llama.cpp, mistral-inference). */
const window: Build = (s) => rule('window', cmp(distance, '<', num(s.window, 'window')));
const realKey: Build = (s) =>
	rule('realKey', cmp(at(table('attention_mask', realTokens(s.padding, s.leftPadding, length(s))), k), '==', num(1)));
const sameDocument: Build = (s) => {
	const doc = table('doc', documentIds(s.docs, length(s)));
	return rule('sameDocument', cmp(at(doc, k), '==', at(doc, q)));
};
const sameImage: Build = (s) => {
	const block = table('image', imageBlocks(s.tokenType, length(s)));
	return rule('sameImage', and(cmp(at(block, k), '==', at(block, q)), cmp(at(block, q), '>=', num(0))));
};
/** Global tokens see all and are seen by all. */
const globals = (s: MaskSettings): readonly [Bool, Bool] => {
	const isGlobal = table('is_global', flags(s.global, length(s)));
	return [rule('globalQuery', cmp(at(isGlobal, q), '==', num(1))), rule('globalKey', cmp(at(isGlobal, k), '==', num(1)))];
};

/** Blocks: the first and the last are global, each sees its neighbours, and the drawn pairs (transformers, modeling_big_bird.py). */
const bigbird: Build = (s) => {
	const size = num(s.blockSize, 'block');
	const [qBlock, kBlock] = [over(q, size), over(k, size)];
	const last = num(Math.floor((s.kvOffset + s.kv - 1) / s.blockSize), 'last_block');
	return or(
		rule('blockWindow', cmp(abs(minus(qBlock, kBlock)), '<=', num(1))),
		rule('globalQueryBlock', or(cmp(qBlock, '==', num(0)), cmp(qBlock, '==', last))),
		rule('globalKeyBlock', or(cmp(kBlock, '==', num(0)), cmp(kBlock, '==', last))),
		...s.randomPairs.map(([a, b]) => rule('randomBlock', and(cmp(qBlock, '==', num(a)), cmp(kBlock, '==', num(b)))))
	);
};

/** BD3-LM section 3.1: noised tokens x_t in the first half, clean tokens x_0 in the second (attention-gym, block_diffusion.py). */
const blockDiffusion: Build = (s) => {
	const n = num(Math.max(1, Math.floor(length(s) / 2)), 'n');
	const size = num(s.blockSize, 'block');
	const [qBlock, kBlock] = [over(mod(q, n), size), over(mod(k, n), size)];
	const noised = (x: Int): Bool => cmp(x, '<', n);
	const clean = (x: Int): Bool => cmp(x, '>=', n);
	return or(
		rule('blockDiagonal', and(cmp(kBlock, '==', qBlock), or(and(noised(q), noised(k)), and(clean(q), clean(k))))),
		rule('offsetBlockCausal', and(cmp(kBlock, '<', qBlock), noised(q), clean(k))),
		rule('blockCausal', and(cmp(kBlock, '<=', qBlock), clean(q), clean(k)))
	);
};

/** Several answers share one prompt that is stored once (attention-gym, shared_prefix.py): each sees its prompt and itself. */
const sharedPrefix: Build = (s) => {
	const ids = documentIds(s.docs, length(s));
	const doc = table('doc', ids);
	const prompt = table(
		'prompt',
		ids.map((id) => Math.min(id, s.prefixDocs[id] ?? 0))
	);
	return or(
		rule('ownDocument', and(cmp(at(doc, k), '==', at(doc, q)), cmp(k, '<=', q))),
		rule('sharedPrompt', and(cmp(at(doc, k), '==', at(prompt, q)), cmp(at(doc, q), '!=', at(prompt, q))))
	);
};

/** A token sees itself and its ancestors, and the committed text before the tree (Medusa, EAGLE). */
const tree: Build = (s) => {
	const { enter, leave } = onText(s.parents, Math.max(0, length(s) - s.parents.length));
	const [first, end] = [table('enter', enter), table('leave', leave)];
	return and(causal, rule('ancestor', and(cmp(at(first, k), '<=', at(first, q)), cmp(at(first, q), '<', at(end, k)))));
};

/** Image i is seen by the text queries from its start to before its end (attention-gym, flamingo.py). */
const vision: Build = (s) => {
	const seen = (side: 0 | 1) =>
		perImageToken(
			s.intervals.map((interval) => interval[side]),
			s.imageTokenLength,
			length(s)
		);
	return rule('imageInterval', and(cmp(at(table('start', seen(0)), k), '<=', q), cmp(q, '<', at(table('end', seen(1)), k))));
};

/** With a radius both sides, as attention-gym; otherwise `window` keys of the past, `dilation` apart. */
const dilated: Build = (s) => {
	const step = num(s.dilation, 'dilation');
	const every = rule('dilation', cmp(mod(distance, step), '==', num(0)));
	if (s.radius !== null) return and(rule('radius', cmp(sides, '<=', num(s.radius, 'radius'))), every);
	return and(causal, rule('dilatedWindow', cmp(distance, '<', times(num(s.window, 'window'), step))), every);
};

const KIND: Readonly<Record<Kind, Build>> = {
	causal: () => causal,
	bidirectional: () => rule('everything', TRUE),
	'prefix-lm': (s) => or(rule('prefix', cmp(k, '<', num(s.prefix, 'prefix'))), causal),
	// [gMASK] is inside the prefix, the bos token whose index is the context's length is not (THUDM/chatglm-6b, get_masks).
	chatglm1: (s) => or(rule('context', cmp(k, '<', num(s.contextLength, 'context_length'))), causal),
	chatglm2: () => causal,
	'prefix-tuning': (s) => or(rule('virtual', cmp(k, '<', num(s.virtualTokens, 'virtual_tokens'))), causal),
	'sliding-window': (s) => and(causal, window(s)),
	'sliding-window-inclusive': (s) => and(causal, rule('windowInclusive', cmp(distance, '<=', num(s.window, 'window')))),
	'sliding-window-bidirectional-inclusive': (s) => rule('around', cmp(sides, '<=', num(s.halfWindow, 'half_window'))),
	'sliding-window-bidirectional-exclusive': (s) => rule('aroundExclusive', cmp(sides, '<', num(s.window, 'window'))),
	'sliding-window-symmetric': (s) => rule('aroundHalf', cmp(sides, '<=', half(s))),
	'attention-sinks': (s) => and(causal, or(rule('sink', cmp(k, '<', num(s.sinks, 'sinks'))), window(s))),
	chunked: (s) => {
		const [size, pad] = [num(s.chunk, 'chunk'), num(s.leftPadding, 'left_padding')];
		const of = (x: Int): Int => over(s.leftPadding === 0 ? x : minus(x, pad), size);
		return and(causal, rule('chunk', cmp(of(k), '==', of(q))));
	},
	'causal-padding': (s) => and(causal, realKey(s)),
	'bidirectional-padding': realKey,
	packed: (s) => and(causal, sameDocument(s)),
	'packed-sliding-window': (s) => and(causal, sameDocument(s), window(s)),
	'shared-prefix': sharedPrefix,
	'block-diffusion': blockDiffusion,
	tree,
	'image-bidirectional': (s) => or(causal, sameImage(s)),
	// The window cuts the past alone: an image stays whole ahead (transformers, gemma3, create_masks_for_vision_model).
	'image-bidirectional-sliding': (s) => and(rule('windowPast', cmp(k, '>', minus(q, num(s.window, 'window')))), or(causal, sameImage(s))),
	'cross-attention': realKey,
	'vision-cross-attention': vision,
	// attention_window w is w/2 on each side (transformers, modeling_longformer.py).
	longformer: (s) => or(rule('aroundHalf', cmp(sides, '<=', half(s))), ...globals(s)),
	'global-sliding-window': (s) => or(rule('radius', cmp(sides, '<=', num(s.radius ?? s.halfWindow, 'radius'))), ...globals(s)),
	bigbird,
	// Child et al. 2019, the strided pattern: the last l keys, and every l-th before them.
	'sparse-strided': (s) => {
		const stride = num(s.stride, 'stride');
		const near = rule('strideWindow', cmp(distance, '<', stride));
		return and(causal, or(near, rule('strideColumn', cmp(mod(distance, stride), '==', num(0)))));
	},
	'dilated-sliding-window': dilated
};

/** The whole predicate: the kind, OR a further one, AND a further one. */
export function predicate(s: MaskSettings): Bool {
	const either = s.or === 'none' ? KIND[s.kind](s) : or(KIND[s.kind](s), KIND[s.or](s));
	return s.and === 'none' ? either : and(either, KIND[s.and](s));
}
