/**
 * Sizes of released language models, one row each, with the file that they were read from (owner/repository:path).
 * Text tower only. Parameter totals are recomputed from the shapes (all weights, biases and norms) and agree with the published sizes.
 */
import { slug } from './slug.ts';

/** Multi-head latent attention: ranks of the compressed query (0 = not compressed) and of the latent, width of the shared RoPE key. */
export interface Latent {
	readonly queryRank: number;
	readonly kvRank: number;
	readonly ropeDim: number;
}
export interface Experts {
	readonly total: number;
	readonly perToken: number;
	readonly shared: number;
	/** Width of one expert's feed-forward layer. */
	readonly ffn: number;
	/** Layers at the start that have no experts. */
	readonly denseLayers: number;
}
/** Layers that keep only the last `window` tokens; the others are global. */
export interface LocalAttention {
	readonly window: number;
	readonly layers: number;
	/** `chunked`: a token sees its own chunk of `window` tokens, so `window` is the most that is alive (T mod window of it). */
	readonly kind: 'sliding' | 'chunked';
}
export interface ModelConfig {
	readonly name: string;
	readonly slug: string;
	readonly layers: number;
	readonly hidden: number;
	readonly heads: number;
	/** Heads of K and V; null where a latent takes their place. */
	readonly kvHeads: number | null;
	/** Width of one head; with a latent the width of a value head, and of the part of a key that has no position in it. */
	readonly headDim: number;
	readonly ffn: number;
	readonly vocabulary: number;
	/** Tokens that its configuration allows, mostly (max_position_embeddings); cards may promise fewer: DeepSeek-V3 128K, Qwen3 32K. */
	readonly context: number;
	readonly tied: boolean;
	/** All weights, and those that one token meets; null where only a rounded size is known. */
	readonly parameters: number | null;
	readonly activeParameters: number | null;
	/** The size in the model's name, where `parameters` is null. */
	readonly publishedParameters: number | null;
	readonly latent: Latent | null;
	readonly experts: Experts | null;
	readonly local: LocalAttention | null;
	readonly source: string;
}

interface More {
	readonly tied?: boolean;
	readonly active?: number;
	readonly published?: number;
	/** total, per token, shared, width, dense layers */
	readonly experts?: readonly [number, number, number, number, number];
	/** query rank, latent rank, RoPE width */
	readonly mla?: readonly [number, number, number];
	/** window, local layers, kind */
	readonly local?: readonly [number, number, LocalAttention['kind']];
}
type Row = readonly [
	name: string,
	layers: number,
	hidden: number,
	heads: number,
	/** 0 = latent */
	kvHeads: number,
	headDim: number,
	ffn: number,
	vocabulary: number,
	context: number,
	/** 0 = not known exactly */
	parameters: number,
	source: string,
	more?: More
];

const LITGPT = 'Lightning-AI/litgpt:litgpt/config.py';
const GEMMA = 'google/gemma_pytorch:gemma/config.py; Lightning-AI/litgpt:litgpt/config.py';
const GPT_OSS = 'openai/gpt-oss:gpt_oss/torch/model.py; pytorch/torchtitan:torchtitan/models/gpt_oss/__init__.py';
const OLMO = 'allenai/OLMo-core:src/olmo_core/nn/transformer/config.py; Lightning-AI/litgpt:litgpt/config.py';

/* prettier-ignore -- one model a line */
const ROWS: readonly Row[] = [
	['Llama-2-7B', 32, 4096, 32, 32, 128, 11008, 32000, 4096, 6_738_415_616, LITGPT],
	['Llama-2-13B', 40, 5120, 40, 40, 128, 13824, 32000, 4096, 13_015_864_320, LITGPT],
	['Llama-2-70B', 80, 8192, 64, 8, 128, 28672, 32000, 4096, 68_976_648_192, LITGPT],
	['Llama-3-8B', 32, 4096, 32, 8, 128, 14336, 128_256, 8192, 8_030_261_248, LITGPT],
	['Llama-3-70B', 80, 8192, 64, 8, 128, 28672, 128_256, 8192, 70_553_706_496, LITGPT],
	['Llama-3.1-405B', 126, 16384, 128, 8, 128, 53248, 128_256, 131072, 405_853_388_800, LITGPT],
	['Llama-3.2-1B', 16, 2048, 32, 8, 64, 8192, 128_256, 131072, 1_235_814_400, LITGPT, { tied: true }],
	['Llama-3.2-3B', 28, 3072, 24, 8, 128, 8192, 128_256, 131072, 3_212_749_824, LITGPT, { tied: true }],
	[
		'Mistral-7B-v0.1',
		32,
		4096,
		32,
		8,
		128,
		14336,
		32000,
		32768,
		7_241_732_096,
		'Lightning-AI/litgpt:litgpt/config.py; NVIDIA/NeMo:nemo/collections/llm/gpt/model/mistral.py',
		{ local: [4096, 32, 'sliding'] }
	],
	['Mistral-7B-v0.3', 32, 4096, 32, 8, 128, 14336, 32768, 32768, 7_248_023_552, LITGPT],
	[
		'Mistral-Small-3/3.1-24B',
		40,
		5120,
		32,
		8,
		128,
		32768,
		131_072,
		131072,
		23_572_403_200,
		'NVIDIA-NeMo/Megatron-Bridge:models/mistral (MistralSmall3ModelProvider24B, 24B-2501); context: 128K by the card of 3.1 (3 has 32K); that both have the same text stack is not checked'
	],
	[
		'Mixtral-8x7B',
		32,
		4096,
		32,
		8,
		128,
		14336,
		32000,
		32768,
		46_702_792_704,
		LITGPT,
		{ experts: [8, 2, 0, 14336, 0], active: 12_879_925_248 }
	],
	['Qwen2.5-0.5B', 24, 896, 14, 2, 64, 4864, 151_936, 32768, 494_032_768, LITGPT, { tied: true }],
	['Qwen2.5-1.5B', 28, 1536, 12, 2, 128, 8960, 151_936, 131072, 1_543_714_304, LITGPT, { tied: true }],
	['Qwen2.5-3B', 36, 2048, 16, 2, 128, 11008, 151_936, 32768, 3_085_938_688, LITGPT, { tied: true }],
	['Qwen2.5-7B', 28, 3584, 28, 4, 128, 18944, 152_064, 131072, 7_615_616_512, LITGPT],
	['Qwen2.5-14B', 48, 5120, 40, 8, 128, 13824, 152_064, 131072, 14_770_033_664, LITGPT],
	['Qwen2.5-32B', 64, 5120, 40, 8, 128, 27648, 152_064, 131072, 32_763_876_352, LITGPT],
	['Qwen2.5-72B', 80, 8192, 64, 8, 128, 29568, 152_064, 131072, 72_706_203_648, LITGPT],
	['Qwen3-0.6B', 28, 1024, 16, 8, 128, 3072, 151_936, 40960, 596_049_920, LITGPT, { tied: true }],
	['Qwen3-1.7B', 28, 2048, 16, 8, 128, 6144, 151_936, 40960, 1_720_574_976, LITGPT, { tied: true }],
	['Qwen3-4B', 36, 2560, 32, 8, 128, 9728, 151_936, 40960, 4_022_468_096, LITGPT, { tied: true }],
	['Qwen3-8B', 36, 4096, 32, 8, 128, 12288, 151_936, 40960, 8_190_735_360, LITGPT],
	['Qwen3-14B', 40, 5120, 40, 8, 128, 17408, 151_936, 40960, 14_768_307_200, LITGPT],
	['Qwen3-32B', 64, 5120, 64, 8, 128, 25600, 151_936, 40960, 32_762_123_264, LITGPT],
	[
		'Qwen3-30B-A3B',
		48,
		2048,
		32,
		4,
		128,
		6144,
		151_936,
		40960,
		30_532_122_624,
		LITGPT,
		{ experts: [128, 8, 0, 768, 0], active: 3_353_032_704 }
	],
	[
		'Qwen3-235B-A22B',
		94,
		4096,
		64,
		4,
		128,
		12288,
		151_936,
		40960,
		235_093_634_560,
		LITGPT,
		{ experts: [128, 8, 0, 1536, 0], active: 22_190_763_520 }
	],
	['Gemma-3-1B', 26, 1152, 4, 1, 256, 6912, 262_144, 32768, 999_885_952, GEMMA, { tied: true, local: [512, 22, 'sliding'] }],
	['Gemma-3-4B', 34, 2560, 8, 4, 256, 10240, 262_144, 131072, 3_880_099_328, GEMMA, { tied: true, local: [1024, 29, 'sliding'] }],
	['Gemma-3-12B', 48, 3840, 16, 8, 256, 15360, 262_144, 131072, 11_765_788_416, GEMMA, { tied: true, local: [1024, 40, 'sliding'] }],
	['Gemma-3-27B', 62, 5376, 32, 16, 128, 21504, 262_144, 131072, 27_009_002_240, GEMMA, { tied: true, local: [1024, 52, 'sliding'] }],
	[
		'gpt-oss-20b',
		24,
		2880,
		64,
		8,
		64,
		2880,
		201_088,
		131072,
		20_914_757_184,
		GPT_OSS,
		{ experts: [32, 4, 0, 2880, 0], active: 4_187_440_704, local: [128, 12, 'sliding'] }
	],
	[
		'gpt-oss-120b',
		36,
		2880,
		64,
		8,
		64,
		2880,
		201_088,
		131072,
		116_829_156_672,
		GPT_OSS,
		{ experts: [128, 4, 0, 2880, 0], active: 5_711_982_912, local: [128, 18, 'sliding'] }
	],
	[
		'Llama-4-Scout-17B-16E',
		48,
		5120,
		40,
		8,
		128,
		16384,
		202_048,
		10485760,
		107_769_861_120,
		'huggingface/transformers:src/transformers/models/llama4/configuration_llama4.py (defaults = Scout)',
		{ experts: [16, 1, 1, 8192, 0], active: 17_172_894_720, local: [8192, 36, 'chunked'] }
	],
	[
		'Llama-4-Maverick-17B-128E',
		48,
		5120,
		40,
		8,
		128,
		16384,
		202_048,
		1048576,
		400_711_848_960,
		'pytorch/torchtitan@d92336fee^:torchtitan/models/llama4/__init__.py; NVIDIA/TensorRT-LLM:tests/unittest/_torch/modeling/test_modeling_llama_min_latency.py (experts in every second layer, context)',
		{ experts: [128, 1, 1, 8192, 0], active: 17_184_691_200, local: [8192, 36, 'chunked'] }
	],
	['OLMo-2-7B', 32, 4096, 32, 32, 128, 11008, 100_352, 4096, 7_298_617_344, OLMO],
	['OLMo-2-13B', 40, 5120, 40, 40, 128, 13824, 100_352, 4096, 13_716_198_400, OLMO],
	[
		'OLMo-2-32B',
		64,
		5120,
		40,
		8,
		128,
		27648,
		100_352,
		4096,
		32_234_279_936,
		'allenai/OLMo-core:src/olmo_core/nn/transformer/config.py (olmo2_32B)'
	],
	['SmolLM2-135M', 30, 576, 9, 3, 64, 1536, 49152, 8192, 134_515_008, LITGPT, { tied: true }],
	['SmolLM2-360M', 32, 960, 15, 5, 64, 2560, 49152, 8192, 361_821_120, LITGPT, { tied: true }],
	['SmolLM2-1.7B', 24, 2048, 32, 32, 64, 8192, 49152, 8192, 1_711_376_384, LITGPT, { tied: true }],
	[
		'SmolLM3-3B',
		36,
		2048,
		16,
		4,
		128,
		11008,
		128_256,
		65536,
		3_075_098_624,
		'huggingface/smollm:text/pretraining/smollm3/stage1_8T.yaml',
		{ tied: true }
	],
	[
		'DeepSeek-V2-Lite-16B',
		27,
		2048,
		16,
		0,
		128,
		10944,
		102_400,
		163840,
		15_706_484_224,
		'deepseek-ai/DeepSeek-V3:inference/configs/config_16B.json',
		{ experts: [64, 6, 2, 1408, 1], active: 2_661_150_208, mla: [0, 512, 64] }
	],
	[
		'DeepSeek-V2-236B',
		60,
		5120,
		128,
		0,
		128,
		12288,
		102_400,
		131072,
		235_741_434_880,
		'deepseek-ai/DeepSeek-V3:inference/configs/config_236B.json; context: the 128K of its paper (configured as that of V3)',
		{ experts: [160, 6, 2, 1536, 1], active: 21_375_800_320, mla: [1536, 512, 64] }
	],
	[
		'DeepSeek-V3-671B',
		61,
		7168,
		128,
		0,
		128,
		18432,
		129_280,
		163840,
		671_026_419_200,
		'deepseek-ai/DeepSeek-V3:inference/configs/config_671B.json',
		{ experts: [256, 8, 1, 2048, 3], active: 37_552_297_472, mla: [1536, 512, 64] }
	],
	[
		'Kimi-K2-1T',
		61,
		7168,
		64,
		0,
		128,
		18432,
		163_840,
		131072,
		1_026_408_232_448,
		'MoonshotAI/Kimi-K2:README.md; pytorch/torchtitan:torchtitan/models/kimi_k2_7/__init__.py (_kimi_k2_5 text tower)',
		{ experts: [384, 8, 1, 2048, 1], active: 32_861_500_928, mla: [1536, 512, 64] }
	],
	[
		'OPT-13B',
		40,
		5120,
		40,
		40,
		128,
		20480,
		50272,
		2048,
		0,
		'PagedAttention, arXiv 2309.06180, section 3 (hidden 5120, 40 layers); lrq619/LLMLayer:config.py (40 heads); the rest as in copies of its configuration',
		{ tied: true, published: 13000000000 }
	],
	[
		'GPT-3-175B',
		96,
		12288,
		96,
		96,
		128,
		49152,
		51200,
		2048,
		0,
		'GPT-3, arXiv 2005.14165, table 2.1 (layers, hidden, heads); vocabulary padded to 51,200 as in Megatron-LM, arXiv 2104.04473, section 5.1',
		{ tied: true, published: 175000000000 }
	]
];

function toConfig(row: Row): ModelConfig {
	const [name, layers, hidden, heads, kvHeads, headDim, ffn, vocabulary, context, parameters, source, more = {}] = row;
	const { tied = false, active, published = null, experts, mla, local } = more;
	const known = parameters === 0 ? null : parameters;
	return {
		...{ name, slug: slug(name), layers, hidden, heads, kvHeads: kvHeads === 0 ? null : kvHeads, headDim, ffn, vocabulary, context, tied },
		...{ parameters: known, activeParameters: active ?? known, publishedParameters: published, source },
		latent: mla ? { queryRank: mla[0], kvRank: mla[1], ropeDim: mla[2] } : null,
		experts: experts ? { total: experts[0], perToken: experts[1], shared: experts[2], ffn: experts[3], denseLayers: experts[4] } : null,
		local: local ? { window: local[0], layers: local[1], kind: local[2] } : null
	};
}

/** All models, in families, oldest family first. */
export const models: readonly ModelConfig[] = ROWS.map(toConfig);

/** The model of a slug, e.g. `llama-3.1-405b`. */
export function findModel(id: string): ModelConfig | undefined {
	return models.find((model) => model.slug === id);
}
