/** What each pipeline stage holds: its layers, and its share of the model's parameters. */
import type { ModelConfig } from '../data/models.ts';
import { embeddingParameters, parameterCount } from '../memory/counts.ts';
import type { Layout } from './layout.ts';

export interface Stage {
	readonly index: number;
	/** Layers first .. first + layers - 1; `moeLayers` of them have experts. */
	readonly first: number;
	readonly layers: number;
	readonly moeLayers: number;
	/** Parameters on one GPU of the stage: what every data-parallel replica has, and experts. */
	readonly denseParameters: number;
	readonly expertParameters: number;
}

/** Parameters of the model by where a layout puts them. Attention, norms, routers and shared experts are the same mean share of each layer. */
export interface ModelParts {
	readonly embedding: number;
	readonly head: number;
	/** A layer without its routed experts and without the MLP that layers without experts have. */
	readonly layer: number;
	/** The MLP of a layer that has no experts, where others have. */
	readonly denseMlp: number;
	/** All routed experts of one layer. */
	readonly experts: number;
	readonly total: number;
}

/** Undefined where sizes and total of the table do not fit together (experts in some layers only, which the table does not say). */
export function partsOf(model: ModelConfig): ModelParts | undefined {
	const { hidden, layers, ffn, experts, vocabulary, tied } = model;
	const total = parameterCount(model);
	const embedding = vocabulary * hidden;
	const perLayer = experts === null ? 0 : experts.total * 3 * hidden * experts.ffn;
	const denseLayers = experts?.denseLayers ?? 0;
	// A layer without experts has a plain MLP where others have shared experts.
	const denseMlp = experts === null || denseLayers === 0 ? 0 : 3 * hidden * (ffn - experts.shared * experts.ffn);
	const rest = total - embeddingParameters(model) - (layers - denseLayers) * perLayer - denseLayers * denseMlp;
	if (rest <= 0) return undefined;
	return { embedding, head: tied ? 0 : embedding, layer: rest / layers, denseMlp, experts: perLayer, total };
}

/** Layers of each of pp stages. What is left over goes to the middle: the ends have embedding and output head to carry as well. */
export function layersOfStages(layers: number, pp: number): readonly number[] {
	const least = Math.floor(layers / pp);
	const more = layers % pp;
	const ends = pp - more;
	// Stages without an extra layer: from the last and the first stage inwards.
	const short = new Set(Array.from({ length: ends }, (_, i) => (i % 2 === 0 ? pp - 1 - i / 2 : (i - 1) / 2)));
	return Array.from({ length: pp }, (_, i) => least + (more > 0 && !short.has(i) ? 1 : 0));
}

/** The stages of a model in a layout. A tied output head is a copy of the embedding on the last stage, as Megatron keeps it. */
export function stagesOf(model: ModelConfig, parts: ModelParts, layout: Pick<Layout, 'pp' | 'tp' | 'ep' | 'etp'>): readonly Stage[] {
	const { pp, tp, ep, etp } = layout;
	const denseLayers = model.experts?.denseLayers ?? 0;
	let first = 0;
	return layersOfStages(model.layers, pp).map((layers, index) => {
		const plain = Math.max(0, Math.min(layers, denseLayers - first));
		const moeLayers = model.experts === null ? 0 : layers - plain;
		const head = index < pp - 1 ? 0 : parts.head > 0 || pp === 1 ? parts.head : parts.embedding;
		const dense = layers * parts.layer + (model.experts === null ? 0 : plain * parts.denseMlp) + (index === 0 ? parts.embedding : 0) + head;
		const stage = {
			index,
			first,
			layers,
			moeLayers,
			denseParameters: dense / tp,
			expertParameters: (moeLayers * parts.experts) / (ep * etp)
		};
		first += layers;
		return stage;
	});
}

/** What one GPU keeps: its stage, or with DualPipe, which runs the pipeline from both ends, its stage and the mirror of it: two copies in all. */
export function heldParameters(
	bothEnds: boolean,
	stages: readonly Stage[],
	stage: Stage
): { readonly dense: number; readonly expert: number; readonly copies: 1 | 2 } {
	const mirror = bothEnds ? stages[stages.length - 1 - stage.index] : undefined;
	return {
		dense: stage.denseParameters + (mirror?.denseParameters ?? 0),
		expert: stage.expertParameters + (mirror?.expertParameters ?? 0),
		copies: bothEnds ? 2 : 1
	};
}
