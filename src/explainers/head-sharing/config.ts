/** What the parameters mean together: a model's own sizes, with whatever the reader changed about them. Always possible. */
import { findGpu, gpus, type Gpu } from '#maths/data/gpus.ts';
import { findModel, type ModelConfig } from '#maths/data/models.ts';
import { canSplit } from '#maths/kv/parallel.ts';
import { shapeOf, sharing, type KvShape, type Sharing } from '#maths/kv/shape.ts';
import type { Problem } from '#kit/model.ts';
import type { HeadParams } from './params.ts';

export interface Config {
	readonly shape: KvShape;
	readonly sharing: Sharing;
	/** The released model that it starts from, and whether anything about its attention was changed. */
	readonly model: ModelConfig | undefined;
	readonly changed: boolean;
	readonly gpu: Gpu;
	readonly tp: number;
	/** What stood in the way, and the parameters that were used instead. */
	readonly problem: Problem | undefined;
}

/** What "custom" starts from: the sizes of an 8B model. */
const CUSTOM: KvShape = { layers: 32, hidden: 4096, heads: 32, kvHeads: 8, headDim: 128, latent: null, window: 0, localLayers: 0 };

/** The latent that DeepSeek-V2 gives a head width: 4 d numbers, and d / 2 with RoPE (arXiv 2405.04434, section 2.1.4). */
const latentFor = (headDim: number) => ({ queryRank: 0, kvRank: 4 * headDim, ropeDim: Math.max(2, 2 * Math.round(headDim / 4)) });

export function divisors(n: number): readonly number[] {
	return Array.from({ length: n }, (_, i) => i + 1).filter((d) => n % d === 0);
}
/** Of some numbers the nearest to one, the larger of two as near. */
const nearest = (list: readonly number[], to: number): number =>
	list.reduce((best, x) => (Math.abs(x - to) <= Math.abs(best - to) ? x : best), list[0] ?? 1);

/** The shape that is asked for, before anything is mended. */
function wanted(p: HeadParams, base: KvShape): KvShape {
	const heads = p.heads ?? base.heads;
	const headDim = p.headDim ?? base.headDim;
	const layers = p.layers ?? base.layers;
	const asLatent =
		p.attention === 'mla' || (p.attention === 'auto' && p.kvHeads === null && (p.kvLoraRank !== null || base.latent !== null));
	const from = base.latent ?? latentFor(headDim);
	const latent = asLatent ? { ...from, kvRank: p.kvLoraRank ?? from.kvRank, ropeDim: p.ropeHeadDim ?? from.ropeDim } : null;
	const shared = base.latent === null && base.kvHeads > 1 && base.kvHeads < heads ? base.kvHeads : Math.max(1, Math.round(heads / 4));
	const usual = { auto: base.latent === null ? base.kvHeads : shared, mha: heads, gqa: shared, mqa: 1, mla: 1 }[p.attention];
	// A number of KV heads that follows from another number of heads is no wish: it is fitted without a word.
	const kvHeads = asLatent ? 1 : (p.kvHeads ?? nearest(divisors(heads), usual));
	const window = p.window ?? base.window;
	const localLayers = window === 0 ? 0 : (p.localLayers ?? (base.localLayers > 0 ? Math.min(base.localLayers, layers) : layers));
	return { layers, hidden: p.hidden ?? base.hidden, heads, kvHeads, headDim, latent, window, localLayers };
}

/** Whether two shapes have the same sizes. */
function same(a: KvShape, b: KvShape): boolean {
	const sizes = ({ latent, ...rest }: KvShape): readonly (number | undefined)[] => [
		...[rest.layers, rest.hidden, rest.heads, rest.kvHeads, rest.headDim, rest.window, rest.localLayers],
		...[latent?.queryRank, latent?.kvRank, latent?.ropeDim]
	];
	return sizes(a).every((x, i) => x === sizes(b)[i]);
}

type Step = (shape: KvShape, tp: number, p: HeadParams) => Problem | undefined;

/** What can be wrong, in the order in which it is mended. */
const CHECKS: readonly Step[] = [
	({ heads, kvHeads, latent }, _tp, p) => {
		const named = { mha: heads, mqa: 1 }[p.attention as string];
		if (named === undefined || named === kvHeads || latent !== null) return undefined;
		return { key: 'contradiction', values: { attention: p.attention.toUpperCase(), heads, kvHeads }, fix: { attention: 'auto' } };
	},
	({ heads, kvHeads, latent }) => {
		if (latent !== null || heads % kvHeads === 0) return undefined;
		const fix = nearest(divisors(heads), kvHeads);
		return { key: 'notDivisible', values: { heads, kvHeads, fix, all: divisors(heads).join(', ') }, fix: { kvHeads: fix } };
	},
	({ layers, localLayers }) =>
		localLayers <= layers ? undefined : { key: 'tooManyLocal', values: { layers, localLayers }, fix: { localLayers: layers } },
	(shape, tp) => {
		if (canSplit(shape, tp)) return undefined;
		const able = divisors(shape.heads).filter((d) => canSplit(shape, d));
		const fix = nearest(able, tp);
		return { key: 'cannotSplit', values: { heads: shape.heads, kvHeads: shape.kvHeads, tp, fix, all: able.join(', ') }, fix: { tp: fix } };
	}
];

/** The configuration of parameters. Where they cannot stand together, the nearest that can, and the problem with everything that mends it. */
export function resolve(p: HeadParams): Config {
	const model = findModel(p.model);
	const base = model === undefined ? CUSTOM : shapeOf(model);
	let asked = p;
	let first: Problem | undefined;
	let fix: Problem['fix'] = {};
	for (const check of CHECKS) {
		const problem = check(wanted(asked, base), asked.tp, asked);
		if (problem === undefined) continue;
		first ??= problem;
		fix = { ...fix, ...problem.fix };
		asked = { ...asked, ...problem.fix };
	}
	const shape = wanted(asked, base);
	return {
		...{ shape, sharing: sharing(shape), model, tp: asked.tp, gpu: findGpu(p.gpu) ?? gpus[0]! },
		changed: model === undefined || !same(shape, base),
		problem: first === undefined ? undefined : { ...first, fix }
	};
}
