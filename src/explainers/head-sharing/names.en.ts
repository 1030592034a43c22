/** Names of facts, steps, parameters, values and views, in English. */
import { int, n, SHARING, type Values } from './words.ts';

export const names = {
	facts: {
		kvBytesPerToken: 'of cache for one token',
		savingVsMha: 'times less than MHA',
		kvBytesPerSequence: 'for one sequence',
		kvBytesTotal: 'for the batch',
		maxSequences: 'sequences fit beside the weights',
		decodeFloorMs: 'at least for a decode step',
		decodeIntensity: 'FLOP for each byte of cache',
		attentionParameters: 'weights of attention',
		kvCopies: 'copies of the cache'
	},
	marks: {
		...SHARING,
		...{
			project: 'project',
			cache: 'cache',
			repeat: 'repeat',
			tile: 'tile?',
			expand: 'expand',
			absorb: 'absorb',
			score: 'score',
			output: 'output',
			ladder: ''
		},
		...{
			latent: 'latent',
			ropeKey: 'RoPE key',
			cached: 'cache',
			query: 'query',
			expandK: 'expand: keys',
			scoreNaive: 'expand: scores',
			outNaive: 'expand: output'
		},
		...{
			absorbQ: 'absorb: query',
			scoreAbsorbed: 'absorb: scores',
			outAbsorbed: 'absorb: output',
			same: 'the same',
			length: '',
			layer: 'layer'
		},
		...{
			'gqa.query': 'queries',
			'gqa.keys': 'keys',
			'gqa.values': 'values',
			'gqa.pick': 'repeat',
			'gqa.score': 'scores',
			'gqa.out': 'output'
		},
		...{ 'gqa.tile': 'tile?', 'gqa.same': 'tile?' }
	},
	params: {
		view: 'Look at',
		model: 'Model',
		attention: 'Attention',
		layers: 'Layers',
		heads: 'Query heads',
		kvHeads: 'KV heads',
		headDim: 'Width of a head',
		hidden: 'Hidden width',
		kvLoraRank: 'Latent rank (MLA)',
		ropeHeadDim: 'RoPE key (MLA)',
		window: 'Window (0 = none)',
		localLayers: 'Local layers',
		seq: 'Tokens',
		batch: 'Sequences',
		kvBits: 'Bits of a cached number',
		weightBits: 'Bits of a weight',
		gpu: 'GPU',
		tp: 'Tensor parallel',
		filter: 'Only models with one of these words',
		head: 'Head shown in the numbers',
		pageModel: 'Model in the page',
		prompt: 'Text'
	},
	values: {
		...{
			heads: 'heads',
			ladder: 'MHA to MLA',
			numbers: 'numbers',
			chart: 'all models',
			live: 'real heads',
			auto: 'own',
			...SHARING,
			custom: 'own sizes'
		},
		...{ memory: 'Memory', shape: 'Sizes of one’s own' }
	},
	views: {
		...{
			'llama-3-8b': 'Llama 3 8B: four queries on one KV head',
			'llama-2-7b': 'Llama 2 7B: plain MHA',
			'deepseek-v3': 'DeepSeek-V3: MLA',
			'gemma-3-1b': 'Gemma 3 1B: MQA with local layers'
		},
		...{ ladder: 'From MHA to MLA on Llama 3 8B', 'ladder-deepseek': 'DeepSeek-V3 had it been MHA, GQA or MQA', tile: 'Why not tile' },
		...{
			numbers: 'MLA number by number',
			'numbers-gqa': 'GQA number by number',
			absorb: 'The absorbed form gives the same',
			chart: 'All models against length'
		},
		...{
			'chart-windows': 'Models with local layers',
			'chart-mla': 'MLA against MHA',
			'tp-copies': 'More GPUs than KV heads: copies',
			'tp-mla': 'MLA on 8 GPUs: 8 latents',
			fp8: 'The cache in 8 bits'
		},
		...{
			'llama-3-mqa': 'What if Llama 3 8B were MQA',
			live: 'Real heads of the model in the page',
			mistral: 'Mistral 7B: a window in every layer'
		}
	},
	problems: {
		contradiction: (v: Values) =>
			`${v['attention']} and ${int(v, 'kvHeads')} KV heads for ${int(v, 'heads')} query heads contradict each other; the KV heads are taken.`,
		notDivisible: (v: Values) =>
			`${int(v, 'heads')} query heads cannot share ${int(v, 'kvHeads')} KV heads evenly; possible are ${v['all']}.`,
		tooManyLocal: (v: Values) =>
			`There ${n(v, 'layers') === 1 ? 'is only 1 layer' : `are only ${int(v, 'layers')} layers`}, so ${int(v, 'localLayers')} cannot be local.`,
		cannotSplit: (v: Values) =>
			`${int(v, 'heads')} query heads and ${int(v, 'kvHeads')} KV heads cannot be dealt to ${int(v, 'tp')} GPUs; possible are ${v['all']}.`
	},
	side: {
		...{
			changed: 'changed',
			back: 'as released',
			slider: 'KV heads',
			none: 'from MHA to MLA',
			of: (a: string, b: string) => `${a} for ${b} queries`,
			latent: 'latent'
		},
		...{ found: (count: number) => `${count} of 48 models`, custom: 'sizes of your own', source: 'Source' }
	},
	status: {
		recorded: (model: string) => `Recorded with ${model}; run it to see your own text.`,
		left: (left: number) => `Only the first 16 tokens are drawn; ${left} more are left out.`
	},
	table: {
		...{
			head: 'query head',
			kv: 'KV head',
			row: 'row',
			column: 'column',
			matrix: 'matrix',
			value: 'value',
			how: 'arithmetic',
			model: 'model',
			bytes: 'bytes',
			layers: 'layers'
		},
		...{
			query: 'query',
			key: 'key',
			share: 'attention',
			kvHeads: 'KV heads',
			dim: 'head width',
			kind: 'attention',
			source: 'source',
			context: 'context'
		}
	}
};
