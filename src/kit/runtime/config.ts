/** config.json (Hugging Face names of a Llama-like model) -> what the runtime and the page need of it. */
import { RuntimeError, type ModelConfig } from './protocol.ts';

/** One id, several or none: null, as some files have it, is none. */
const list = (value: unknown): number[] => [value].flat().filter((id) => typeof id === 'number');

/** Graphs that this runtime opens, in the order of preference. */
export const graphFiles = [
	'onnx/model_quantized.onnx',
	'onnx/model.onnx',
	'onnx/model_q8.onnx',
	'onnx/model_int8.onnx',
	'onnx/model_uint8.onnx',
	'onnx/model_q4.onnx'
];
export const labFile = 'onnx/model_lab.onnx';

/** Weights that WebAssembly's memory has room for: they stand in it twice while a session starts. */
export const MOST_BYTES = 800 * 2 ** 20;

export interface ChosenGraph {
	readonly path: string;
	/** The file of its weights, where they lie outside. */
	readonly data: string | undefined;
	/** Of both together. */
	readonly bytes: number;
}

/** The first graph that the memory has room for; when none fits, the first of all. */
export function chooseGraph(files: {
	readonly has: (path: string) => boolean;
	readonly size: (path: string) => number;
}): ChosenGraph | undefined {
	const all = graphFiles
		.filter((path) => files.has(path))
		.map((path) => {
			const data = [`${path}_data`, `${path}.data`].find((beside) => files.has(beside));
			return { path, data, bytes: files.size(path) + (data === undefined ? 0 : files.size(data)) };
		});
	return all.find(({ bytes }) => bytes <= MOST_BYTES) ?? all[0];
}

/** What GPT-2 and its kin call the same numbers. */
const otherNames: Readonly<Record<string, string>> = {
	num_attention_heads: 'n_head',
	num_hidden_layers: 'n_layer',
	hidden_size: 'n_embd',
	max_position_embeddings: 'n_positions'
};

/** @throws RuntimeError `bad-model` when the file is no JSON object, `unsupported` when a needed number is missing. */
export function readConfig(text: string, name: string, has: (path: string) => boolean): ModelConfig {
	const file = 'config.json';
	let json: Record<string, unknown>;
	try {
		const parsed: unknown = JSON.parse(text);
		if (typeof parsed !== 'object' || parsed === null) throw new TypeError('no object');
		json = parsed as Record<string, unknown>;
	} catch (error) {
		throw new RuntimeError({ code: 'bad-model', file, detail: String(error) }, { cause: error });
	}
	const number = (key: string, fallback?: number): number => {
		const value = json[key] ?? json[otherNames[key] ?? key] ?? fallback;
		if (typeof value !== 'number' || !(value > 0))
			throw new RuntimeError({ code: 'unsupported', file, reason: 'config', what: key, detail: `no ${key}` });
		return value;
	};
	if (json['is_encoder_decoder'] === true) {
		throw new RuntimeError({
			code: 'unsupported',
			file,
			reason: 'encoder-decoder',
			what: typeof json['model_type'] === 'string' ? json['model_type'] : ''
		});
	}
	const heads = number('num_attention_heads');
	return {
		name,
		vocabulary: number('vocab_size'),
		layers: number('num_hidden_layers'),
		heads,
		kvHeads: number('num_key_value_heads', heads),
		headDim: number('head_dim', number('hidden_size') / heads),
		contextLength: number('max_position_embeddings'),
		bos: list(json['bos_token_id'])[0] ?? null,
		eos: list(json['eos_token_id']),
		lab: has(labFile)
	};
}
