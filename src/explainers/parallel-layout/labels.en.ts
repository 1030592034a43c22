/** The words in the picture, controls and facts. */
import { problems } from './problems.en.ts';
import { captions, parts, why } from './sentences.en.ts';
import { gigabytes, int, n, s, seconds, share, size, type Values } from './words.ts';

const stageOf = (v: Values): string => (n(v, 'stages') > 1 ? `one GPU of stage ${int(v, 'stage')}` : 'one GPU');
const axes: Readonly<Record<string, string>> = {
	...{ tp: 'place in the tensor group', cp: 'piece of the sequence', ep: 'share of the experts', dp: 'data replica', pp: 'pipeline stage' },
	node: 'node'
};

export const en = {
	captions,
	parts,
	why,
	kinds: {
		tp: 'TP · tensor',
		cp: 'CP · context',
		ep: 'EP · expert',
		'expert-tp': 'ETP · expert tensor',
		pp: 'PP · pipeline',
		dp: 'DP · data',
		'expert-dp': 'EDP · expert data'
	},
	ops: {
		tp: 'all-reduce of activations',
		'tp.sp': 'all-gather, reduce-scatter',
		cp: 'ring of keys and values',
		ep: 'all-to-all of tokens',
		'expert-tp': 'all-gather, reduce-scatter',
		pp: 'send to the next stage',
		'dp.0': 'all-reduce of gradients',
		'dp.1': 'reduce-scatter, all-gather',
		'dp.2': 'reduce-scatter, all-gather',
		'dp.3': 'all-gather twice, scatter'
	},
	facts: {
		bytesPerRank: 'memory of the fullest GPU',
		parameterBytes: 'of it weights',
		gradientBytes: 'of it gradients',
		optimizerBytes: 'of it optimizer states',
		activationBytes: 'of it activations',
		bubbleOverTotal: 'of all time is bubble',
		bubbleOverIdeal: 'bubble over the time of work (Megatron’s convention)',
		crossNodeBytes: 'sent out of its node by the busiest GPU in a step',
		stepSeconds: 'a step at peak rates, nothing overlapped',
		causalImbalance: 'the mean: work of the last rank without zigzag',
		bytesPerStep: 'sent by the busiest GPU in a step',
		bytesPerLayer: 'sent for one layer and microbatch',
		exchangeShares: 'of that step, by exchange',
		crossNodeGroups: 'groups that span nodes',
		groups: 'groups × ranks in each'
	},
	notes: {
		fits: (v: Values) =>
			`${share(v, 'share')} of one ${s(v, 'gpu')}${n(v, 'stages') > 1 ? `, stage ${int(v, 'stage')} of ${int(v, 'stages')}` : ''}`,
		over: (v: Values) => `${share(v, 'share')} of one ${s(v, 'gpu')}: it does not fit`,
		bubble: (v: Values) =>
			`p = ${int(v, 'p')} ${n(v, 'p') === 1 ? 'stage' : 'stages'}, m = ${int(v, 'm')} ${n(v, 'm') === 1 ? 'microbatch' : 'microbatches'}`,
		'bubble.interleaved': (v: Values) => `p = ${int(v, 'p')}, m = ${int(v, 'm')}, v = ${int(v, 'v')} chunks a GPU`,
		'bubble.dualpipe': (v: Values) => `DualPipe, p = ${int(v, 'p')}, m = ${int(v, 'm')} from both ends`,
		cross: (v: Values) => `${share(v, 'share')} of ${size(v, 'bytes')}`,
		floor: (v: Values) => `${share(v, 'compute')} of it work`,
		zigzag: () => 'zigzag: exactly 1',
		busiest: (v: Values) => stageOf(v),
		layer: (v: Values): string => (n(v, 'moe') === 1 ? 'a layer with experts' : 'by one GPU'),
		shares: (v: Values) => `beside ${share(v, 'compute')} work and ${share(v, 'bubble')} bubble`,
		nodes: (v: Values) => `${int(v, 'nodes')} ${n(v, 'nodes') === 1 ? 'node' : 'nodes'}`,
		order: (v: Values) => `order ${s(v, 'order')}; the lists are in the JSON export`
	},
	marks: {
		ranks: 'ranks',
		tp: 'TP',
		cp: 'CP',
		ep: 'EP',
		'expert-tp': 'ETP',
		pp: 'PP',
		dp: 'DP',
		'expert-dp': 'EDP',
		memory: 'memory',
		step: 'one step'
	},
	params: {
		world: 'GPUs',
		tp: 'TP, tensor',
		cp: 'CP, context',
		ep: 'EP, experts',
		dp: 'DP, data',
		pp: 'PP, pipeline',
		order: 'Order of ranks',
		gpusPerNode: 'GPUs per node',
		etp: 'ETP, slices of an expert',
		model: 'Model',
		gpu: 'GPU',
		networkGbps: 'Network per GPU, Gbit/s',
		seq: 'Sequence, tokens',
		microBatch: 'Microbatch, sequences',
		globalBatch: 'Batch, sequences',
		sp: 'Sequence parallel (with TP)',
		zero: 'Sharded over DP (ZeRO)',
		recompute: 'Recompute activations',
		dropout: 'Keeps dropout masks',
		schedule: 'Schedule',
		vpp: 'Chunks per GPU',
		fp8Dispatch: 'Tokens to experts in FP8',
		colour: 'Colour',
		rank: 'GPU to look at'
	},
	values: {
		main: 'View',
		cluster: 'Cluster',
		job: 'Batch and sequence',
		saving: 'Memory',
		pipeline: 'Pipeline and experts',
		'colour.auto': 'auto',
		'colour.tp': 'TP',
		'colour.cp': 'CP',
		'colour.ep': 'EP',
		'colour.dp': 'DP',
		'colour.pp': 'PP',
		'colour.node': 'node',
		'zero.0': '0: nothing',
		'zero.1': '1: optimizer',
		'zero.2': '2: + gradients',
		'zero.3': '3: + weights',
		'recompute.none': 'none',
		'recompute.selective': 'selective',
		'recompute.full': 'full',
		'schedule.1f1b': '1F1B',
		'schedule.dualpipe': 'DualPipe',
		'etp=0': 'as TP'
	},
	views: {
		opening: 'Megatron’s example: 16 GPUs, TP 2, PP 4, DP 2',
		'pp-before-dp': 'The same with PP before DP',
		'tp-last': 'The worst order: TP across nodes',
		'tp-across': 'TP 16 on nodes of 8',
		context: '128K tokens on 64 GPUs, CP 8',
		experts: 'Experts on a grid of their own',
		fsdp: 'FSDP alone: 64 GPUs, ZeRO-3',
		'too-big': '70B that does not fit: 64 replicas',
		'gpt-3': 'GPT-3 on 1,024 A100',
		'llama-405b': 'Llama 3 405B on 16,384 GPUs',
		'llama-405b-long': 'Llama 3 405B, 128K tokens, CP 16',
		'deepseek-v3': 'DeepSeek-V3 on 2,048 GPUs'
	},
	problems,
	view: {
		node: (v: Values) => `node ${int(v, 'node')}`,
		colour: (v: Values) =>
			s(v, 'by') === 'group'
				? `One colour, one group: ${s(v, 'kind')}, ${int(v, 'count')} × ${int(v, 'size')}`
				: `Colour: ${axes[s(v, 'by')] ?? ''}`,
		map: (v: Values) => `${int(v, 'world')} GPUs in ${int(v, 'nodes')} nodes, ${int(v, 'cols')} in a row. Arrow keys walk over them.`,
		lit: (v: Values) =>
			`GPU ${int(v, 'rank')} · node ${int(v, 'node')}${s(v, 'place') === '' ? '' : ` · ${s(v, 'place')}`}${n(v, 'members') > 1 ? ' · its group is outlined' : ''}`,
		traffic: (v: Values) => `Sent in one step by ${stageOf(v)}`,
		inNode: 'inside the node',
		crossNode: 'between nodes',
		nobody: 'Nobody to talk with: every group has one member.',
		groups: (v: Values) =>
			`${int(v, 'count')} × ${int(v, 'size')}, ${n(v, 'crossing') === 0 ? 'inside nodes' : n(v, 'crossing') === n(v, 'count') ? 'across nodes' : `${int(v, 'crossing')} across`}`,
		perLayer: (v: Values) => `${size(v, 'bytes')} a layer`,
		messages: (v: Values) => `in ${int(v, 'm')} microbatches`,
		time: (v: Values) => `One step at peak rates, one thing after the other: ${seconds(n(v, 'seconds'))}`,
		timeShort: (v: Values) => `At peak, nothing overlapped: ${seconds(n(v, 'seconds'))}`,
		memory: (v: Values): string => (n(v, 'stages') > 1 ? `Memory of a GPU, by pipeline stage` : `Memory of a GPU`),
		capacity: (v: Values) => gigabytes(v, 'bytes'),
		fullest: (v: Values) => (n(v, 'stages') > 1 ? `fullest: stage ${int(v, 'stage')}` : 'together'),
		causal: (v: Values) => `Causal work of ${int(v, 'cp')} pieces of the sequence`,
		mean: (v: Values) => `mean ${int(v, 'work')}`
	},
	side: {
		sizes: 'Sizes, fastest axis first',
		halve: (name: string) => `Halve ${name}`,
		double: (name: string) => `Double ${name}`,
		faster: (name: string) => `${name}: earlier in the rank`,
		slower: (name: string) => `${name}: later in the rank`,
		product: (v: Values) => `${s(v, 'terms')} = ${int(v, 'world')}`,
		standard: 'Megatron’s order'
	},
	below: {
		title: (v: Values): string => (n(v, 'fits') === 1 ? 'Other layouts of this model on this cluster' : 'Nearest layouts that fit'),
		none: 'No layout near this one fits.',
		use: 'Use',
		layout: 'Layout',
		change: 'What changes and why it fits',
		memory: 'Fullest GPU',
		bubble: 'Bubble',
		step: 'Step at peak',
		reasons: {
			tp: (v: Values) =>
				`TP ${int(v, 'from')} → ${int(v, 'to')}: ${n(v, 'to') > n(v, 'from') ? 'thinner slices of every matrix and its activations' : 'fewer exchanges inside layers'}`,
			cp: (v: Values) =>
				`CP ${int(v, 'from')} → ${int(v, 'to')}: ${n(v, 'to') > n(v, 'from') ? 'shorter pieces of the sequence, fewer activations' : 'less ring traffic'}`,
			ep: (v: Values) =>
				`EP ${int(v, 'from')} → ${int(v, 'to')}: ${n(v, 'to') > n(v, 'from') ? 'fewer experts on a GPU' : 'tokens travel less far'}`,
			pp: (v: Values) =>
				`PP ${int(v, 'from')} → ${int(v, 'to')}: ${n(v, 'to') > n(v, 'from') ? 'fewer layers on a GPU' : 'a smaller bubble'}`,
			zero: (v: Values) =>
				`ZeRO ${int(v, 'from')} → ${int(v, 'to')}: replicas share ${['nothing', 'optimizer states', 'gradients too', 'weights and gradients too'][n(v, 'to')] ?? ''}`,
			recompute: (v: Values) => `recompute ${s(v, 'to')}: activations are made again instead of kept`,
			microBatch: (v: Values) => `microbatch ${int(v, 'from')} → ${int(v, 'to')}: fewer tokens at once`,
			world: (v: Values) => `${int(v, 'from')} → ${int(v, 'to')} GPUs: none of the layouts of ${int(v, 'from')} fits`
		}
	},
	table: {
		...{
			kind: 'Exchange',
			groups: 'Groups',
			size: 'Ranks in each',
			crossing: 'Groups across nodes',
			layer: 'Bytes per layer and microbatch'
		},
		...{ step: 'Bytes per step', cross: 'of them across nodes', ranks: 'Group of the GPU shown' },
		foot: (v: Values) => `Bytes sent by one GPU of stage ${int(v, 'stage')}; GPU ${int(v, 'rank')} is shown.`
	}
};

export type LayoutText = typeof en;
