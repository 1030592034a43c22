/** Names of facts, steps, parameters, values and views, in Chinese. */
import type { names as en } from './names.en.ts';
import { int, SHARING } from './words.ts';

export const names: typeof en = {
	facts: {
		kvBytesPerToken: '每个词元的缓存',
		savingVsMha: 'MHA 的缓存是它的几倍',
		kvBytesPerSequence: '单个序列',
		kvBytesTotal: '整个批次',
		maxSequences: '个序列可与权重同放',
		decodeFloorMs: '每步解码的下限',
		decodeIntensity: 'FLOP / 缓存字节',
		attentionParameters: '个注意力权重',
		kvCopies: '份缓存副本'
	},
	marks: {
		...SHARING,
		...{
			project: '投影',
			cache: '缓存',
			repeat: '复制',
			tile: 'tile？',
			expand: '展开',
			absorb: '吸收',
			score: '打分',
			output: '输出',
			ladder: ''
		},
		...{
			latent: '潜在向量',
			ropeKey: 'RoPE 键',
			cached: '缓存',
			query: '查询',
			expandK: '展开：键',
			scoreNaive: '展开：打分',
			outNaive: '展开：输出'
		},
		...{ absorbQ: '吸收：查询', scoreAbsorbed: '吸收：打分', outAbsorbed: '吸收：输出', same: '结果相同', length: '', layer: '层' },
		...{ 'gqa.query': '查询', 'gqa.keys': '键', 'gqa.values': '值', 'gqa.pick': '复制', 'gqa.score': '打分', 'gqa.out': '输出' },
		...{ 'gqa.tile': 'tile？', 'gqa.same': 'tile？' }
	},
	params: {
		view: '视图',
		model: '模型',
		attention: '注意力',
		layers: '层数',
		heads: '查询头数',
		kvHeads: 'KV 头数',
		headDim: '每头维数',
		hidden: '隐藏维数',
		kvLoraRank: '潜在维数（MLA）',
		ropeHeadDim: 'RoPE 键维数（MLA）',
		window: '窗口（0 = 无）',
		localLayers: '局部层数',
		seq: '词元数',
		batch: '序列数',
		kvBits: '缓存每数位数',
		weightBits: '权重每数位数',
		gpu: 'GPU',
		tp: '张量并行',
		filter: '只看含其中任一词的模型',
		head: '逐数视图所示的头',
		pageModel: '页内模型',
		prompt: '文本'
	},
	values: {
		...{
			heads: '各头',
			ladder: '从 MHA 到 MLA',
			numbers: '逐数',
			chart: '全部模型',
			live: '真实的头',
			auto: '原样',
			...SHARING,
			custom: '自定尺寸'
		},
		...{ memory: '显存', shape: '自定尺寸' }
	},
	views: {
		...{
			'llama-3-8b': 'Llama 3 8B：四个查询共用一个 KV 头',
			'llama-2-7b': 'Llama 2 7B：普通 MHA',
			'deepseek-v3': 'DeepSeek-V3：MLA',
			'gemma-3-1b': 'Gemma 3 1B：MQA 加局部层'
		},
		...{ ladder: 'Llama 3 8B 从 MHA 到 MLA', 'ladder-deepseek': '假如 DeepSeek-V3 用 MHA、GQA 或 MQA', tile: '为何不用 tile' },
		...{ numbers: 'MLA 逐数计算', 'numbers-gqa': 'GQA 逐数计算', absorb: '吸收式结果相同', chart: '全部模型的缓存与长度' },
		...{
			'chart-windows': '带局部层的模型',
			'chart-mla': 'MLA 对照 MHA',
			'tp-copies': '卡数多于 KV 头：复制',
			'tp-mla': 'MLA 上 8 卡：8 份潜在向量',
			fp8: '8 位缓存'
		},
		...{ 'llama-3-mqa': '假如 Llama 3 8B 是 MQA', live: '页内模型的真实头', mistral: 'Mistral 7B：每层都有窗口' }
	},
	problems: {
		contradiction: (v) => `${v['attention']} 与 ${int(v, 'heads')} 个查询头配 ${int(v, 'kvHeads')} 个 KV 头互相矛盾，这里以 KV 头数为准。`,
		notDivisible: (v) => `${int(v, 'heads')} 个查询头无法平分 ${int(v, 'kvHeads')} 个 KV 头；可用的有 ${v['all']}。`,
		tooManyLocal: (v) => `总共只有 ${int(v, 'layers')} 层，不可能有 ${int(v, 'localLayers')} 个局部层。`,
		cannotSplit: (v) => `${int(v, 'heads')} 个查询头和 ${int(v, 'kvHeads')} 个 KV 头无法分给 ${int(v, 'tp')} 张卡；可用的有 ${v['all']}。`
	},
	side: {
		...{
			changed: '已改动',
			back: '恢复原样',
			slider: 'KV 头数',
			none: '从 MHA 到 MLA',
			of: (a: string, b: string) => `${b} 个查询配 ${a} 个`,
			latent: '潜在向量'
		},
		...{ found: (count: number) => `48 个模型中的 ${count} 个`, custom: '自定尺寸', source: '出处' }
	},
	status: {
		recorded: (model: string) => `以下为 ${model} 的录制数据；运行模型即可查看自己的文本。`,
		left: (left: number) => `只画前 16 个词元，另有 ${left} 个未画出。`
	},
	table: {
		...{
			head: '查询头',
			kv: 'KV 头',
			row: '行',
			column: '列',
			matrix: '矩阵',
			value: '值',
			how: '算式',
			model: '模型',
			bytes: '字节',
			layers: '层数'
		},
		...{ query: '查询', key: '键', share: '注意力', kvHeads: 'KV 头数', dim: '每头维数', kind: '注意力', source: '出处', context: '上下文' }
	}
};
