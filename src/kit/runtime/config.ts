/** config.json (Hugging Face names of a Llama-like model) -> what the runtime and the page need of it. */
import { RuntimeError, type ModelConfig } from './protocol.ts';

const list = (value: unknown): number[] => (Array.isArray(value) ? (value as number[]) : typeof value === 'number' ? [value] : []);

/** Graph and weights' further file, in the order of preference. */
export const graphFiles = [
	'onnx/model_quantized.onnx',
	'onnx/model.onnx',
	'onnx/model_q8.onnx',
	'onnx/model_int8.onnx',
	'onnx/model_uint8.onnx',
	'onnx/model_q4.onnx'
];
export const labFile = 'onnx/model_lab.onnx';

/** @throws RuntimeError `bad-model` when the file is no JSON object, `unsupported` when a needed number is missing. */
export function readConfig(text: string, name: string, has: (path: string) => boolean): ModelConfig {
	const file = 'config.json';
	let json: Record<string, unknown>;
	try {
		json = JSON.parse(text) as Record<string, unknown>;
	} catch (error) {
		throw new RuntimeError({ code: 'bad-model', file, detail: String(error) }, { cause: error });
	}
	const number = (key: string, fallback?: number): number => {
		const value = json[key] ?? fallback;
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
