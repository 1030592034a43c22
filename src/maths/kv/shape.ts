import type { Latent, ModelConfig } from '../data/models.ts';

/** What the size of a KV cache follows from. */
export interface KvShape {
	readonly layers: number;
	readonly hidden: number;
	readonly heads: number;
	/** Heads of K and V; with a latent it does not matter. */
	readonly kvHeads: number;
	readonly headDim: number;
	/** Multi-head latent attention: one latent in the place of K and V heads. */
	readonly latent: Latent | null;
	/** Tokens that a local layer keeps; 0 = every layer keeps every token. */
	readonly window: number;
	readonly localLayers: number;
}
export type Sharing = 'mha' | 'gqa' | 'mqa' | 'mla';

/** The name of a sharing: one KV head for each query head, for a group of them, for all of them; or a latent. One head alone is MHA. */
export function sharing(shape: KvShape): Sharing {
	if (shape.latent !== null) return 'mla';
	return shape.kvHeads === shape.heads ? 'mha' : shape.kvHeads === 1 ? 'mqa' : 'gqa';
}

export function shapeOf(model: ModelConfig): KvShape {
	const { layers, hidden, heads, headDim, latent, local } = model;
	return {
		...{ layers, hidden, heads, headDim, latent, kvHeads: model.kvHeads ?? 1 },
		...{ window: local?.window ?? 0, localLayers: local?.layers ?? 0 }
	};
}
