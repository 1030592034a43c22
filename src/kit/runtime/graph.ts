/**
 * A language model as a function with a memory: ids and what came before -> logits and a longer memory. Two implementations:
 * graph-wasm.ts (ONNX Runtime's WASM, driven directly: what the page runs) and graph-ort.ts (its public API: WebGPU and Node).
 */
import type { Backend, Fault } from './protocol.ts';
import type { Reason } from './reason.ts';

/** Keys and values of `length` positions. Immutable: a longer text gets a new one, so that several texts can share a beginning. */
export interface Kv {
	readonly length: number;
	readonly bytes: number;
}

export interface GraphShape {
	readonly layers: number;
	readonly kvHeads: number;
	/** As the graph stores it; may be padded over the model's own. */
	readonly headDim: number;
	readonly vocabulary: number;
}

export interface Graph {
	readonly backend: Backend;
	readonly threads: number;
	readonly shape: GraphShape;
	/** Reads `ids` (at least one) behind `past`; writes the logits after the last one to `into` (V). `past` stays valid. */
	run(ids: readonly number[], past: Kv | null, into: Float32Array): Promise<Kv>;
	/** The first `length` positions as a memory of their own; null when that costs more than reading them again. */
	truncate(kv: Kv, length: number): Kv | null;
	release(kv: Kv): void;
	close(): Promise<void>;
}

/** A tensor's declaration, as ONNX Runtime tells it; a free dimension is a string. */
export interface TensorInfo {
	readonly name: string;
	readonly type: string;
	readonly dims: readonly (number | string)[];
}

export interface PastNames {
	readonly past: readonly string[];
	readonly present: readonly string[];
}

const plain = new Set(['input_ids', 'attention_mask', 'position_ids', 'num_logits_to_keep']);

/** What of a graph does not fit. */
export type Misfit = Fault & { readonly code: 'unsupported'; readonly reason: Reason };
const misfit = (reason: Reason, what: string, detail: string): Misfit => ({ code: 'unsupported', reason, what, detail });

/** The graph is of another model than config.json: whatever was read off its logits would be wrong. */
export const otherVocabulary = (given: number | undefined, vocabulary: number): Misfit =>
	misfit('vocabulary', `logits ${given} ≠ vocab_size ${vocabulary}`, 'the last dimension of the logits is not the vocabulary');

/**
 * Reads the layout of transformers.js off a graph's declarations.
 * @returns the shape and the names of the memory's tensors, layer by layer, key before value; or what does not fit.
 */
export function readShape(
	inputs: readonly TensorInfo[],
	outputs: readonly TensorInfo[],
	vocabulary: number
): (GraphShape & PastNames) | Misfit {
	const past = inputs.filter((i) => i.name.startsWith('past_key_values.'));
	const strange = inputs.find((i) => !plain.has(i.name) && !past.includes(i));
	if (strange) return misfit('inputs', strange.name, 'the graph asks for an input that this page does not know');
	if (!inputs.some((i) => i.name === 'input_ids')) return misfit('inputs', 'input_ids', 'the graph has no input_ids');
	const first = past[0];
	if (!first) return misfit('no-cache', 'past_key_values', 'only models exported with a cache are opened');
	const other = past.find((i) => i.type !== 'float32');
	if (other) return misfit('cache-type', other.type, `${other.name}: only float32 caches are opened`);
	const [, kvHeads, , headDim] = first.dims;
	if (typeof kvHeads !== 'number' || typeof headDim !== 'number')
		return misfit('no-cache', first.name, 'it does not say its heads and their size');
	const layers = past.length / 2;
	const kinds = ['key', 'value'];
	const names = Array.from({ length: layers }, (_, layer) => kinds.map((kind) => `${layer}.${kind}`)).flat();
	const present = names.map((name) => `present.${name}`);
	const missing = ['logits', ...present].find((name) => !outputs.some((o) => o.name === name));
	if (missing !== undefined) return misfit('outputs', missing, 'the graph has no such output');
	const given = outputs.find((o) => o.name === 'logits')?.dims.at(-1);
	if (typeof given === 'number' && given !== vocabulary) return otherVocabulary(given, vocabulary);
	return { layers, kvHeads, headDim, vocabulary, past: names.map((name) => `past_key_values.${name}`), present };
}

/**
 * Whether a graph rounds its activations to 8 bits by the range of all tokens that it reads at once (DynamicQuantizeLinear, in most of a hub's
 * model_quantized.onnx): then the numbers of one token depend on which others were read with it, and only a text read token by token has the same
 * ones however it came about. A file of ONNX names its operators before its weights.
 */
export function quantizesAsItRuns(model: Uint8Array): boolean {
	const name = [...'DynamicQuantize'].map((c) => c.charCodeAt(0));
	const end = Math.min(model.length, 8 * 2 ** 20) - name.length;
	for (let at = model.indexOf(name[0]!); at >= 0 && at <= end; at = model.indexOf(name[0]!, at + 1)) {
		if (name.every((c, i) => model[at + i] === c)) return true;
	}
	return false;
}
