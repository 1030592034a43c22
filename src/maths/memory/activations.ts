/**
 * Activations that a transformer layer keeps for its backward pass, in bytes of 16-bit training.
 * Source: Korthikanti et al. 2022 (arXiv 2205.05198), section 4, equations 1 to 6; the MLP's width is free as in
 * Megatron-LM's theoretical_memory_usage.py, where 34 reads 18 + 4 ffn / h.
 */

export const RECOMPUTE = ['none', 'selective', 'full'] as const;
/** `selective` repeats what is quadratic in the sequence (as FlashAttention does anyway), `full` repeats the whole layer. */
export type Recompute = (typeof RECOMPUTE)[number];

/** One microbatch on one GPU. */
export interface LayerShape {
	readonly seq: number;
	readonly batch: number;
	readonly hidden: number;
	readonly heads: number;
	/** Width of the MLP; 4 * hidden unless said. */
	readonly ffn?: number;
}
export interface LayerSplit {
	readonly tp: number;
	/** Sequence parallelism: what tensor parallelism leaves whole is cut along the sequence. */
	readonly sequenceParallel: boolean;
	readonly recompute: Recompute;
}
export const WHOLE: LayerSplit = { tp: 1, sequenceParallel: false, recompute: 'none' };

export type ActivationName =
	| 'normInputs'
	| 'qkvInput'
	| 'queriesKeys'
	| 'softmaxOutput'
	| 'softmaxMask'
	| 'dropoutOutput'
	| 'values'
	| 'projectionInput'
	| 'attentionMask'
	| 'mlpInput'
	| 'geluInput'
	| 'mlpOutputInput'
	| 'mlpMask'
	| 'layerInput';

/** One kept tensor of one layer. */
export interface Activation {
	readonly name: ActivationName;
	/** Bytes on one GPU; 0 where it is recomputed. */
	readonly bytes: number;
	/** Grows with the square of the sequence. */
	readonly quadratic: boolean;
	/** Whether tensor parallelism alone splits it. */
	readonly split: boolean;
}

/** The kept tensors of one layer, in the order of the forward pass. */
export function layerActivations(shape: LayerShape, how: LayerSplit = WHOLE): readonly Activation[] {
	const { seq, batch, hidden, heads, ffn = 4 * hidden } = shape;
	const sbh = seq * batch * hidden;
	const scores = heads * seq * seq * batch;
	const inner = seq * batch * ffn;
	if (how.recompute === 'full') return [{ name: 'layerInput', bytes: 2 * sbh, quadratic: false, split: false }];
	const part = (name: ActivationName, bytes: number, split: boolean, quadratic = false): Activation => ({
		...{ name, split, quadratic },
		bytes: quadratic && how.recompute === 'selective' ? 0 : bytes / (split || how.sequenceParallel ? how.tp : 1)
	});
	return [
		part('normInputs', 4 * sbh, false),
		part('qkvInput', 2 * sbh, false),
		part('queriesKeys', 4 * sbh, true),
		part('softmaxOutput', 2 * scores, true, true),
		part('softmaxMask', scores, true, true),
		part('dropoutOutput', 2 * scores, true, true),
		part('values', 2 * sbh, true),
		part('projectionInput', 2 * sbh, true),
		part('attentionMask', sbh, false),
		part('mlpInput', 2 * sbh, false),
		part('geluInput', 2 * inner, true),
		part('mlpOutputInput', 2 * inner, true),
		part('mlpMask', sbh, false)
	];
}

/** Bytes that one layer keeps on one GPU: s b h (34 + 5 a s / h) whole, 34 s b h / t with everything but full recomputation. */
export function layerActivationBytes(shape: LayerShape, how: LayerSplit = WHOLE): number {
	return layerActivations(shape, how).reduce((sum, part) => sum + part.bytes, 0);
}

/** 5 a s / h: the quadratic part of a layer in units of s b h. */
export function quadraticTerm({ seq, heads, hidden }: Omit<LayerShape, 'batch'>): number {
	return (5 * heads * seq) / hidden;
}

/** Layers' worth of activations on the first stage of p: all L, and 1 + (p - 1) / (p v) times that with v interleaved chunks. */
export function interleavedFactor(pp: number, virtualStages: number): number {
	return virtualStages > 1 ? 1 + (pp - 1) / (pp * virtualStages) : 1;
}

/**
 * FLOPs that selective recomputation adds, over those of the model, as the paper counts them in its appendix: 72 B L s h² (1 + s / 3h) of
 * hardware over 72 B L s h² (1 + s / 6h) of the model, the head left out. Nearly s / 6h where s is small beside h.
 */
export const selectiveOverhead = ({ seq, hidden }: Pick<LayerShape, 'seq' | 'hidden'>): number => seq / (6 * hidden + seq);
