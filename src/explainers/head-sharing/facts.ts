import type { Facts } from '#kit/model.ts';
import { resolve } from './config.ts';
import { figuresOf } from './figures.ts';
import type { HeadParams } from './params.ts';

const SOURCE = {
	cache:
		'Shazeer 2019 (arXiv 1911.02150), Ainslie et al. 2023 (arXiv 2305.13245): a key and a value for each KV head; MLA: DeepSeek-V2 (arXiv 2405.04434), table 1',
	window: 'definition: a local layer keeps min(T, window) tokens, a global one T; Mistral 7B (arXiv 2310.06825) section 2',
	fit: 'definition: ⌊(memory − weights) / cache of a sequence⌋ on each GPU, memory in GB of 10⁹ bytes, nothing else counted',
	floor:
		'definition: bytes of weights and cache that one step must read, over the bandwidth of the memory (Pope et al. 2022, arXiv 2211.05102)',
	intensity: 'definition: FLOP of scores and weighted sum over the bytes of cache read for them; MLA in its absorbed form',
	weights: 'definition: entries of the projection matrices, no biases and norms; MLA: DeepSeek-V2 (arXiv 2405.04434), equations 9–19',
	parallel: 'vllm-project/vllm: max(1, kv_heads / tp) KV heads a GPU; DeepSeek-V2: the latent serves all heads, each GPU keeps it'
};

export function facts(p: HeadParams): Facts {
	const config = resolve(p);
	const { shape, gpu, tp, model } = config;
	const f = figuresOf(config, p);
	const source = model === undefined ? SOURCE.cache : `${SOURCE.cache}; sizes: ${model.source}`;
	const windowed = shape.localLayers > 0;
	const experts = f.weights.active < f.weights.all;
	return {
		kvBytesPerToken: {
			value: f.perToken,
			unit: 'bytes',
			source,
			note: { key: 'perLayer', values: { bytes: f.perTokenLayer, layers: shape.layers } }
		},
		savingVsMha: {
			value: f.saving,
			unit: 'ratio',
			source: SOURCE.cache,
			note: { key: 'saving', values: { heads: shape.heads, dim: shape.headDim } }
		},
		kvBytesPerSequence: {
			...{ value: f.perSequence, unit: 'bytes', source: windowed ? SOURCE.window : SOURCE.cache },
			note: windowed
				? { key: 'windowed', values: { local: shape.localLayers, layers: shape.layers, window: shape.window } }
				: { key: 'tokens', values: { tokens: p.seq } }
		},
		kvBytesTotal: {
			...{ value: f.total, unit: 'bytes', source: SOURCE.cache },
			note: tp > 1 ? { key: 'onEach', values: { tp, bytes: f.gpuCache, copies: f.copies } } : { key: 'batch', values: { batch: p.batch } }
		},
		maxSequences: {
			...{ value: f.sequences, unit: 'count', source: SOURCE.fit },
			note:
				f.free < 0
					? { key: 'noRoom', values: { bytes: f.weightBytes, gpus: f.gpusForWeights, gpu: gpu.name } }
					: { key: `room.${f.weights.known}`, values: { free: f.free, weights: f.gpuWeights, gpu: gpu.name, tp } }
		},
		decodeFloorMs: {
			...{ value: f.floorMs, unit: 'milliseconds', source: SOURCE.floor },
			note: experts
				? { key: 'floorExperts', values: { all: f.floorAllMs } }
				: { key: 'floor', values: { perSecond: (1000 / f.floorMs) * p.batch, batch: p.batch } }
		},
		decodeIntensity: {
			...{ value: f.intensity, unit: 'ratio', source: SOURCE.intensity },
			note: { key: 'ridge', values: { ridge: gpu.bf16Flops / gpu.bytesPerSecond, gpu: gpu.name } }
		},
		attentionParameters: {
			value: f.attentionWeights,
			unit: 'count',
			source: SOURCE.weights,
			note: { key: 'layers', values: { layers: shape.layers } }
		},
		...(tp > 1
			? { kvCopies: { value: f.copies, unit: 'ratio' as const, source: SOURCE.parallel, note: { key: 'copies', values: { tp } } } }
			: {})
	};
}
