/** Parameter counts that training memory follows from, out of the table of models. */
import type { ModelConfig } from '../data/models.ts';
import { projections } from '../kv/projections.ts';
import { shapeOf } from '../kv/shape.ts';

/** All parameters: exact where the table has them, otherwise the published round number. */
export function parameterCount(model: ModelConfig): number {
	return model.parameters ?? model.publishedParameters ?? 0;
}

/** The table of tokens: (vocabulary, hidden), and the output matrix when it is not the same one. */
export function embeddingParameters({ vocabulary, hidden, tied }: ModelConfig): number {
	return vocabulary * hidden * (tied ? 1 : 2);
}

/** Parameters of a layer in the mean over the layers: everything but the embeddings. */
export function layerParameters(model: ModelConfig): number {
	return Math.max(0, parameterCount(model) - embeddingParameters(model)) / model.layers;
}

/** Width of the MLP that one token goes through: of all its experts together where there are experts. */
export function activeFfn({ ffn, experts }: ModelConfig): number {
	return experts === null ? ffn : experts.ffn * (experts.perToken + experts.shared);
}

/** Parameters of the largest single matrix, the "largest layer" of DeepSpeed's ZeRO-3 estimate: an embedding, a projection or an MLP matrix. */
export function largestMatrix(model: ModelConfig): number {
	const { vocabulary, hidden, ffn } = model;
	const attention = projections(shapeOf(model)).map((p) => p.in * p.out);
	return Math.max(vocabulary * hidden, hidden * ffn, ...attention);
}
