/** The words of the figure in English; sentences are in sentences.en.ts. */
import { viewNames } from './views.ts';
import { captions, why } from './sentences.en.ts';
import { gb, int, many, n, number, percent, s, size, some, times, type Values } from './words.ts';
import type { Config } from './config.ts';
import type { Op } from './plan.ts';
import type { DrawnRank } from './ranks.ts';

const SLOT: Readonly<Record<Op['kind'], string>> = {
	...{
		start: '',
		end: '',
		gather: 'AG',
		forward: 'F',
		backward: 'B',
		reduce: 'RS',
		replicate: 'AR',
		update: 'U',
		fetch: '↑',
		publish: 'AG'
	}
};
const tokens = (v: Values): string => `${many(v, 'layers', 'layer')}, ${int(v, 'batch')} × ${int(v, 'seq')} tokens`;

export const en = {
	captions,
	why: why,
	facts: {
		ringBuffers: 'buffers sent by each rank, in all steps',
		ringSteps: 'steps of the ring',
		layerBytes: 'kept by one layer on one GPU',
		bytesPerRank: 'model states on each GPU',
		parameterBytes: 'of it weights',
		gradientBytes: 'of it gradients',
		optimizerBytes: 'of it optimizer states',
		activationBytes: 'activations of each rank',
		peakBytes: 'at the fullest moment of the step',
		communicationElements: 'times the parameters sent by each rank',
		ringFactor: 'of that on a ring, (N − 1) / N',
		communicationBytes: 'sent by each rank in a step',
		maxParams: 'parameters at most, states alone',
		hostBytes: 'in host memory for each rank',
		pcieBytes: 'over PCIe for each rank and step',
		deepspeedGpuBytes: 'DeepSpeed’s estimate of a GPU',
		deepspeedHostBytes: 'DeepSpeed’s estimate of a node’s memory',
		megatronBytes: 'Megatron-LM’s recipe on each rank'
	} as Readonly<Record<string, string>>,
	notes: {
		ringSoFar: (v: Values) => `${times(v, 'sent')} so far, a ring of ${int(v, 'ranks')}`,
		layerShare: (v: Values) => `${percent(n(v, 'share'))} of the whole layer`,
		against: (v: Values) =>
			`${times(v, 'times')} × less than the ${gb(v, 'plain')} of plain data parallelism; ${size(n(v, 'parameters'))} parameters`,
		plain: (v: Values) => `plain data parallelism; ${size(n(v, 'parameters'))} parameters`,
		allOnHost: (v: Values) => `all in host memory; ${size(n(v, 'parameters'))} parameters`,
		perParameter: (v: Values) =>
			n(v, 'each') === n(v, 'whole')
				? `${int(v, 'whole')} bytes per parameter, whole`
				: `${int(v, 'whole')} bytes per parameter over ${int(v, 'shard')} ranks`,
		onHost: (v: Values) => `${int(v, 'whole')} bytes per parameter, in host memory`,
		'activations.none': (v: Values) => `all kept: ${tokens(v)}`,
		'activations.selective': (v: Values) => `without the quadratic part: ${tokens(v)}`,
		'activations.full': (v: Values) => `only layer inputs: ${tokens(v)}`,
		fits: (v: Values) => `fits into the ${gb(v, 'capacity')} of a ${s(v, 'gpu')}`,
		doesNotFit: (v: Values) => `does not fit: ${times(v, 'over')} × the ${gb(v, 'capacity')} of a ${s(v, 'gpu')}`,
		elements: (v: Values) => `${times(v, 'times')} × plain data parallelism, which sends 2`,
		'elements.same': () => 'as much as plain data parallelism',
		ring: (v: Values) => `a ring of ${int(v, 'ranks')}`,
		soFar: (v: Values) => `${gb(v, 'sent')} of it so far`,
		largest: (v: Values) => `in the ${gb(v, 'capacity')} of a ${s(v, 'gpu')}`,
		hostDecides: () => 'host memory decides: nothing stays on the GPU',
		perRank: (v: Values) => (n(v, 'ranks') === 1 ? 'for the one rank' : `${gb(v, 'all')} for all ${int(v, 'ranks')} ranks`),
		pcie: (v: Values) => `${gb(v, 'sent')} of it so far`,
		deepspeed: (v: Values) => (n(v, 'stage') === 3 ? `largest module ${size(n(v, 'largest'))} parameters` : 'as the code computes it'),
		deepspeedHost: (v: Values) =>
			`${many(v, 'gpus', 'GPU')} a node${n(v, 'stage') === 3 ? (n(v, 'zeroInit') === 1 ? ', with zero.Init' : ', without zero.Init') : ''}`,
		megatron: (v: Values) => `${some(n(v, 'per'))} bytes per parameter; ${gb(v, 'whole')} without the distributed optimizer`
	},
	marks: {
		...{ start: 'start', forward: 'forward', backward: 'backward', update: 'update', fetch: 'fetch', publish: 'gather', end: 'end' },
		...{ 'table.0': '7.5B', 'table.1': '128B', 'table.2': '1T', 'table.3': 'what fits' },
		...{ 'reduce-scatter': 'reduce-scatter', 'all-gather': 'all-gather' },
		...{
			perParameter: 'recipes',
			megatron: 'Megatron',
			zero2: 'code and docs',
			gpuEstimate: 'DeepSpeed, GPU',
			hostEstimate: 'DeepSpeed, host'
		},
		...{ 'layer.whole': 'whole', 'layer.tp': 'TP', 'layer.tpSp': 'TP + SP', 'layer.tpSelective': 'TP, selective' },
		...{ 'layer.tpSpSelective': 'TP + SP, selective', 'layer.full': 'full' }
	} as Readonly<Record<string, string>>,
	params: {
		...{ view: 'View', stage: 'ZeRO stage', ranks: 'Data-parallel ranks', model: 'Model', params: 'Parameters', precision: 'Precision' },
		...{
			optimizer: 'Optimizer',
			K: 'Optimizer bytes per parameter, K',
			offload: 'Offload to the host',
			shard: 'Ranks sharing a copy (HSDP)'
		},
		...{
			reshard: 'Drop gathered weights after forward',
			units: 'Groups of layers',
			seq: 'Tokens per sequence',
			batch: 'Sequences per rank'
		},
		...{ recompute: 'Recomputation', layers: 'Layers', hidden: 'Hidden size', heads: 'Heads', tp: 'Tensor parallelism', gpu: 'GPU' },
		...{ gpusPerNode: 'GPUs per node', largestLayer: 'Largest module, parameters', zeroInit: 'Built with zero.Init' },
		...{ collective: 'Collective', ringRanks: 'Ranks in the ring' }
	},
	values: {
		...{
			'view.step': 'a step',
			'view.table': 'Table I',
			'view.ring': 'ring',
			'view.recipes': 'recipes',
			'view.activations': 'activations'
		},
		...{ 'stage.0': '0 · DP', 'stage.1': '1', 'stage.2': '2', 'stage.3': '3 · FSDP' },
		...{
			sharding: 'Sharding',
			activationsGroup: 'Activations',
			recipe: 'Precision and optimizer',
			shape: 'Shape of the model'
		},
		...{ estimate: 'DeepSpeed’s estimate' },
		...{ none: 'none', optimizer: 'optimizer', all: 'all', selective: 'selective', full: 'full' },
		...{ 'bf16-fp32-grads': 'bf16, fp32 gradients', adam: 'Adam', 'adam-8bit': '8-bit Adam', momentum: 'SGD + momentum', sgd: 'SGD' },
		...{ adafactor: 'Adafactor' }
	} as Readonly<Record<string, string>>,
	views: viewNames.en,
	problems: {
		offloadAll: (v: Values) =>
			`Weights can only be offloaded where they are sharded: with stage ${int(v, 'stage')} every GPU keeps all of them. Stage 3 is shown.`,
		offloadPlain: () => 'Plain data parallelism has nothing to offload in parts. Stage 2 is shown, as in ZeRO-Offload.',
		shard: (v: Values) =>
			`${many(v, 'ranks', 'rank')} cannot be split into groups of ${int(v, 'shard')}. Groups of ${int(v, 'used')} are shown.`,
		units: (v: Values) =>
			`${many(v, 'layers', 'layer')} cannot make ${int(v, 'units')} groups. ${int(v, 'layers')} ${n(v, 'layers') === 1 ? 'is' : 'are'} shown.`
	},
	kinds: { parameters: 'weights', gradients: 'gradients', optimizer: 'optimizer', activations: 'activations' },
	legend: { parameters: 'weights', gathered: 'gathered', gradients: 'gradients', optimizer: 'optimizer', activations: 'activations' },
	passes: { forward: 'forward', backward: 'backward', update: 'update' },
	charts: {
		perParameter: 'Bytes of training state per parameter',
		megatron: 'Megatron-LM with distributed optimizer, bytes per parameter',
		zero2: 'ZeRO-2 without offload, bytes on each GPU',
		gpuEstimate: 'DeepSpeed’s estimate for each GPU',
		hostEstimate: 'DeepSpeed’s estimate for each node’s main memory',
		layer: 'Activations of one layer on one GPU'
	},
	rows: {
		'fp16-adam': () => 'fp16/bf16 + Adam (ZeRO)',
		megatron: () => 'bf16, fp32 gradients (Megatron)',
		'fp32-adam': () => 'fp32 + Adam',
		'adam-8bit': () => 'bf16 + 8-bit Adam',
		momentum: () => 'fp16 + SGD with momentum',
		adafactor: () => 'bf16 + Adafactor',
		'fp32-sgd': () => 'fp32 + SGD',
		dp: (v: Values) => `dp = ${int(v, 'dp')}`,
		paper: () => 'paper: 2P + 14P / N',
		code: () => 'DeepSpeed’s code: 2P + 18P / N',
		documentation: () => 'its documentation: 4P + 16P / N',
		z2: () => 'ZeRO-2',
		z2o: () => 'ZeRO-2, optimizer offloaded',
		z3: () => 'ZeRO-3',
		z3o: () => 'ZeRO-3, optimizer offloaded',
		z3a: () => 'ZeRO-3, all offloaded',
		whole: () => 'no parallelism',
		tp: (v: Values) => `TP ${int(v, 'tp')}`,
		tpSp: (v: Values) => `TP ${int(v, 'tp')} + SP`,
		tpSelective: (v: Values) => `TP ${int(v, 'tp')}, selective`,
		tpSpSelective: (v: Values) => `TP ${int(v, 'tp')} + SP, selective`,
		full: () => 'full recomputation'
	} as Readonly<Record<string, (v: Values) => string>>,
	parts: {
		...{ weights: 'weight', gradients: 'gradient', master: 'fp32 weight', momentum: 'momentum', variance: 'variance' },
		...{ sharedStates: 'fp32 weight, momentum, variance', whole: 'on every GPU', shared: 'shared by all', estimate: 'estimate' },
		...{
			norms: 'norm inputs',
			attention: 'attention, linear',
			scores: 'attention scores, quadratic',
			mlp: 'MLP',
			layerInput: 'layer input'
		}
	} as Readonly<Record<string, string>>,
	held: { none: '–', shard: 'own part', full: 'all', host: 'own part, host' },
	rules: { exact: 'exact', rounded: 'rounded', truncated: 'cut off', both: 'rounded or cut' },
	side: { custom: 'a size of its own (GPT-like)' },
	view: {
		rank: (r: number) => `rank ${number(r)}`,
		shard: (rank: DrawnRank, c: Config, gap: boolean, phone: boolean) =>
			c.replicas > 1 && c.shard > 1
				? `group ${number(rank.group)}`
				: c.stage === 0 || c.ranks === 1
					? ''
					: `${gap && !phone ? '… ' : ''}${number(rank.index + 1)}/${number(c.shard)}`,
		slot: (op: Op, stage: number) => (op.kind === 'reduce' && stage === 0 ? 'AR' : SLOT[op.kind]),
		memory: 'Memory of each GPU at this moment',
		memoryShort: 'Each GPU now',
		ofCapacity: (a: string, b: string) => `${a} of ${b}`,
		stages: 'Model states by stage',
		stage: (n: number) => `stage ${n}`,
		wire: 'Sent by each rank',
		pcie: 'Over PCIe',
		model: (p: number) => size(p),
		symbol: (stage: number) => ['', 'P_os', 'P_os+g', 'P_os+g+p'][stage] ?? '',
		ranksColumn: 'ranks',
		tableFoot: 'GB of model states on each rank. Bold: as printed in Table I. Below: exact, = printed so, ≈ rounded, ↓ cut off.',
		tableFootShort: 'Bold: printed. = exact, ≈ rounded, ↓ cut off.',
		ringSent: 'Sent by each rank, in buffers S',
		ringSentShort: 'Sent, in buffers S',
		buffers: (a: string, b: string) => `${a} of ${b} S`,
		perParameter: (a: string) => `${a} B`
	},
	table: {
		...{ model: 'parameters', ranks: 'ranks', stage: 'stage', exact: 'exact GB', printed: 'printed GB', rule: 'digits' },
		...{ rank: 'rank', recipe: 'case', parts: 'parts', total: 'bytes', kind: 'kind', onGpu: 'on each GPU' },
		chunk: (c: number) => `chunk ${c}`,
		unit: (u: number) => `group ${u + 1}`,
		foot: (total: string, sent: string) => `${total} on each GPU, ${sent} sent so far by each rank.`
	}
};
export type ZeroText = typeof en;
