/** The numbers of a configuration that facts, captions and picture share. Bytes, per GPU where it says so. */
import { bytesPerSequence, bytesPerToken, cachedNumbers, mhaNumbers } from '#maths/kv/bytes.ts';
import { decodeFloorMs, decodeIntensity } from '#maths/kv/decode.ts';
import { room } from '#maths/kv/fit.ts';
import { copies } from '#maths/kv/parallel.ts';
import { attentionWeights } from '#maths/kv/projections.ts';
import { shapeOf } from '#maths/kv/shape.ts';
import type { Config } from './config.ts';
import type { HeadParams } from './params.ts';

/** Weights of the model, and those that one token meets; of a shape of one's own only its attention is known. */
export interface Weights {
	readonly all: number;
	readonly active: number;
	/** exact: recomputed from the shapes; published: the rounded size in the name; attention: attention layers alone. */
	readonly known: 'exact' | 'published' | 'attention';
}

/** A model with another attention keeps its other weights: the difference of the attention layers is added. */
function weightsOf({ model, shape }: Config): Weights {
	const attention = attentionWeights(shape) * shape.layers;
	const { parameters = null, publishedParameters = null } = model ?? {};
	const all = parameters ?? publishedParameters;
	if (model === undefined || all === null || shape.layers !== model.layers || shape.hidden !== model.hidden) {
		return { all: attention, active: attention, known: 'attention' };
	}
	const delta = attention - attentionWeights(shapeOf(model)) * model.layers;
	return { all: all + delta, active: (model.activeParameters ?? all) + delta, known: parameters === null ? 'published' : 'exact' };
}

export interface Figures {
	readonly perToken: number;
	readonly perTokenLayer: number;
	readonly perSequence: number;
	readonly total: number;
	readonly saving: number;
	readonly weights: Weights;
	readonly weightBytes: number;
	readonly copies: number;
	/** KV heads (or latents) as they lie on all GPUs together. */
	readonly stored: number;
	/** On each GPU. */
	readonly gpuWeights: number;
	readonly gpuSequence: number;
	readonly gpuCache: number;
	readonly free: number;
	readonly sequences: number;
	/** GPUs over which the weights alone must be spread. */
	readonly gpusForWeights: number;
	readonly floorMs: number;
	/** The same when every expert is read. */
	readonly floorAllMs: number;
	readonly intensity: number;
	readonly attentionWeights: number;
}

export function figuresOf(config: Config, p: HeadParams): Figures {
	const { shape, gpu, tp } = config;
	const bits = Number(p.kvBits);
	const weights = weightsOf(config);
	const bytes = (count: number): number => (count * Number(p.weightBits)) / 8;
	const perSequence = bytesPerSequence(shape, p.seq, bits);
	const copied = copies(shape, tp);
	const gpuSequence = (perSequence * copied) / tp;
	const gpuWeights = bytes(weights.all) / tp;
	const { free, sequences } = room(gpu.memoryBytes, gpuWeights, gpuSequence);
	const floor = (read: number): number => decodeFloorMs(bytes(read) / tp + p.batch * gpuSequence, gpu.bytesPerSecond);
	return {
		perToken: bytesPerToken(shape, bits),
		perTokenLayer: (cachedNumbers(shape) * bits) / 8,
		...{
			perSequence,
			total: perSequence * p.batch,
			saving: mhaNumbers(shape) / cachedNumbers(shape),
			weights,
			copies: copied,
			stored: copied * (shape.latent === null ? shape.kvHeads : 1)
		},
		...{ weightBytes: bytes(weights.all), gpuWeights, gpuSequence, gpuCache: gpuSequence * p.batch, free, sequences },
		gpusForWeights: Math.ceil(bytes(weights.all) / gpu.memoryBytes),
		...{ floorMs: floor(weights.active), floorAllMs: floor(weights.all), intensity: decodeIntensity(shape, bits) },
		attentionWeights: attentionWeights(shape)
	};
}
