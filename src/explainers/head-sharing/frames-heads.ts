/** The stage of the heads: what each step of the mechanism lights, and the ladder from one KV head for each query head down to a latent. */
import { groups, tiledKvHeadOf } from '#maths/attention/kv-head-of.ts';
import { sharing, type KvShape } from '#maths/kv/shape.ts';
import type { Caption } from '#kit/model.ts';
import { divisors, resolve, type Config } from './config.ts';
import { figuresOf, type Figures } from './figures.ts';
import type { HeadFrame } from './model.ts';
import type { HeadParams } from './params.ts';

export type Step = 'project' | 'cache' | 'repeat' | 'tile' | 'expand' | 'absorb' | 'score' | 'output' | 'ladder';

/** A configuration at one step: all that the picture of the heads needs. */
export interface HeadsScene {
	readonly kind: 'heads';
	readonly step: Step;
	readonly shape: KvShape;
	readonly tp: number;
	readonly figures: Figures;
	readonly gpu: string;
	/** Memory of one GPU in bytes. */
	readonly memory: number;
	readonly batch: number;
	/** Query head that the i-th copy of KV heads (in the order of repeat_interleave) is laid beside. */
	readonly slots: readonly number[];
}

/** The KV head of each query head; with a latent all read the one latent. */
export function groupsOf({ heads, kvHeads, latent }: KvShape): readonly number[] {
	return latent === null ? groups(heads, kvHeads) : Array.from({ length: heads }, () => 0);
}

/** Where tile would lay the copies: the j-th copy of KV head g stands at j x kvHeads + g. */
function tileSlots(heads: number, kvHeads: number): readonly number[] {
	const copies = heads / kvHeads;
	return Array.from({ length: heads }, (_, i) => (i % copies) * kvHeads + Math.floor(i / copies));
}
const inPlace = (heads: number): readonly number[] => Array.from({ length: heads }, (_, i) => i);

function scene(step: Step, config: Config, p: HeadParams): HeadsScene {
	const { shape, tp, gpu } = config;
	const slots = step === 'tile' && shape.latent === null ? tileSlots(shape.heads, shape.kvHeads) : inPlace(shape.heads);
	return { kind: 'heads', step, shape, tp, figures: figuresOf(config, p), gpu: gpu.name, memory: gpu.memoryBytes, batch: p.batch, slots };
}

function captionOf(step: Step, { shape }: Config, f: Figures, p: HeadParams): Caption {
	const { heads, kvHeads, headDim, hidden, latent, layers } = shape;
	const wrong = latent === null ? groups(heads, kvHeads).filter((g, h) => g !== tiledKvHeadOf(h, kvHeads)).length : 0;
	// In a step each query meets what its layer keeps.
	const windowed = shape.localLayers > 0;
	const values = {
		...{
			window: windowed ? shape.window : 0,
			read: windowed && shape.localLayers === layers ? Math.min(p.seq, shape.window) : p.seq,
			heads,
			kvHeads,
			headDim,
			hidden,
			layers,
			seq: p.seq,
			copies: heads / kvHeads,
			width: heads * headDim,
			kvWidth: kvHeads * headDim,
			wrong
		},
		...{
			rank: latent?.kvRank ?? 0,
			rope: latent?.ropeDim ?? 0,
			numbers: latent === null ? 2 * kvHeads * headDim : latent.kvRank + latent.ropeDim
		},
		...{ perTokenLayer: f.perTokenLayer, perToken: f.perToken, saving: f.saving, expanded: 2 * heads * headDim, sharing: sharing(shape) },
		...{
			scale: headDim + (latent?.ropeDim ?? 0),
			intensity: f.intensity,
			groups: 2 * headDim === 0 ? 0 : latent === null ? 0 : (latent.kvRank + latent.ropeDim) / (2 * headDim)
		}
	};
	const kind = step === 'ladder' ? `ladder.${sharing(shape)}` : latent === null ? step : `${step}.mla`;
	return { key: step === 'repeat' && kvHeads === heads ? 'repeat.mha' : kind, values };
}

export function headFrames(p: HeadParams): readonly HeadFrame[] {
	const config = resolve(p);
	const { shape } = config;
	const shared = shape.kvHeads > 1 && shape.kvHeads < shape.heads;
	const steps: readonly Step[] =
		shape.latent === null
			? ['project', 'cache', 'repeat', ...(shared ? (['tile'] as const) : []), 'score', 'output']
			: ['project', 'cache', 'expand', 'absorb', 'score', 'output'];
	return steps.map((step) => {
		const drawn = scene(step, config, p);
		return { scene: drawn, groups: groupsOf(shape), shape, caption: captionOf(step, config, drawn.figures, p), mark: { key: step } };
	});
}

/** Numbers of KV heads from `heads` down to 1, each a divisor of the one before, about by halves; the configured one is among them. */
export function rungs(heads: number, kvHeads: number): readonly number[] {
	const list = new Set([heads, kvHeads]);
	for (let at = heads; at > 1;) {
		const below = divisors(at).filter((d) => d < at);
		at = below.findLast((d) => d <= at / 2) ?? 1;
		list.add(at);
	}
	return [...list].sort((a, b) => b - a);
}

/** One frame a rung: MHA, GQA with ever fewer KV heads, MQA, and MLA. */
export function ladderFrames(p: HeadParams): readonly HeadFrame[] {
	const { shape } = resolve(p);
	const own = shape.latent === null ? shape.kvHeads : shape.heads;
	const steps: readonly HeadParams[] = [
		...rungs(shape.heads, own).map((kvHeads) => ({ ...p, attention: 'auto' as const, kvHeads })),
		{ ...p, attention: 'mla', kvHeads: null }
	];
	return steps.map((rung) => {
		const config = resolve({ ...rung, tp: 1 });
		const drawn = scene('ladder', config, rung);
		const name = config.sharing;
		return {
			...{ scene: drawn, groups: groupsOf(config.shape), shape: config.shape, caption: captionOf('ladder', config, drawn.figures, rung) },
			mark: name === 'gqa' ? { key: 'gqa', value: config.shape.kvHeads } : { key: name }
		};
	});
}
