import { gigabytes, int, n, plural, s, seconds, share, size, some, type Values } from './words.ts';

/** Where the groups of an exchange sit. */
const where = (v: Values): string =>
	n(v, 'crossing') === 0
		? n(v, 'count') === 1
			? 'it stays in its node'
			: 'none leaves its node'
		: n(v, 'crossing') === n(v, 'count')
			? n(v, 'count') === 1
				? 'it spans nodes'
				: 'all of them span nodes'
			: `${int(v, 'crossing')} of them span nodes`;
const groups = (v: Values): string => `${int(v, 'count')} ${plural(n(v, 'count'), 'group')} of ${int(v, 'size')}`;
/** Verb of the groups: "8 groups cut", "1 group cuts". */
const verb = (v: Values, many: string): string => (n(v, 'count') === 1 ? `${many}s` : many);
/** "3 microbatches", "the one microbatch". */
const each = (v: Values): string => (n(v, 'm') === 1 ? 'the one microbatch' : `each of ${int(v, 'm')} microbatches`);
const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six'];

const replicas = (v: Values, what: string): string =>
	({
		'0': `${what} are summed by an all-reduce, and every replica keeps everything`,
		'1': `${what} are reduce-scattered, each replica updates its own slice, and an all-gather returns the new weights`,
		'2': `${what} are reduce-scattered after ${each(v)}, because nobody keeps them whole; one all-gather returns the new weights`,
		'3': `weights are gathered for each pass of ${each(v)} and dropped again, and ${what} are reduce-scattered`
	})[s(v, 'zero')] ?? '';

const data = (v: Values): string =>
	`Data parallel. In ${groups(v)}${n(v, 'cp') > 1 ? ` (DP ${int(v, 'dp')} × CP ${int(v, 'cp')})` : ''} the GPUs ${s(v, 'zero') === '3' ? 'share' : 'hold the same'} ${size({ b: 2 * n(v, 'parameters') }, 'b')} of weights and saw different tokens: ${replicas(v, 'gradients')}. ${size(v, 'bytes')} a step; ${where(v)}.`;
const experts = (v: Values): string =>
	`Expert replicas. Each expert exists ${int(v, 'edp')} times; only ${n(v, 'count') === 1 ? 'this' : 'these'} ${groups(v)} ${verb(v, 'sum')} its gradients, not the whole data-parallel group: ${replicas(v, 'gradients')}. ${size(v, 'bytes')} a step; ${where(v)}.`;

export const captions = {
	ranks: (v: Values) =>
		`Ranks. ${int(v, 'world')} ${plural(n(v, 'world'), 'GPU')} in ${int(v, 'nodes')} ${plural(n(v, 'nodes'), 'node')} of ${int(v, 'gpusPerNode')}. The order ${s(v, 'order')} numbers them: rank = ${s(v, 'formula')}. What comes first changes fastest, so its groups are neighbours, in one node if they fit into it.`,
	tp: (v: Values) =>
		`Tensor parallel. In ${groups(v)} each GPU holds a slice of every matrix. After attention${n(v, 'halves') === 2 ? ' and after the MLP' : ''} they add up their parts, in forward${n(v, 'passes') > 2 ? ', in the forward that is repeated' : ''} and backward: ${NUMBERS[n(v, 'halves') * n(v, 'passes')] ?? ''} all-reduces, ${size(v, 'layer')} a layer and microbatch, ${size(v, 'bytes')} a step from each GPU; ${where(v)}.`,
	'tp.sp': (v: Values) =>
		`Tensor and sequence parallel. In ${groups(v)} each GPU holds a slice of every matrix, and between matrices a slice of the tokens: an all-gather before, a reduce-scatter after, as many bytes as the all-reduces they replace. ${size(v, 'layer')} a layer and microbatch, ${size(v, 'bytes')} a step; ${where(v)}.`,
	cp: (v: Values) =>
		`Context parallel. ${groups(v)} ${verb(v, 'cut')} the sequence. Keys and values go round the ring until all queries have met them: ${size(v, 'layer')} a layer and microbatch; ${where(v)}. Causal attention gives later tokens more work, up to ${some(v, 'uneven')} times the mean; the zigzag below makes it even.`,
	ep: (v: Values) =>
		`Expert parallel. ${groups(v)}, ${some(v, 'each')} ${plural(n(v, 'each'), 'expert')} of ${int(v, 'experts')} on each GPU. Every token goes to its ${int(v, 'perToken')} ${plural(n(v, 'perToken'), 'expert')} and back by all-to-all, again in backward: ${size(v, 'layer')} a layer and microbatch, ${size(v, 'bytes')} a step; ${where(v)}.`,
	'expert-tp': (v: Values) =>
		`Experts in slices. The GPUs of ${groups(v)} share each expert, so they gather the tokens that arrive and scatter the results: ${size(v, 'layer')} a layer and microbatch; ${where(v)}. An expert is small; that is why ETP is mostly 1.`,
	pp: (v: Values) =>
		`Pipeline parallel. ${int(v, 'count')} ${plural(n(v, 'count'), 'pipeline')} of ${int(v, 'size')} stages, up to ${int(v, 'layers')} ${plural(n(v, 'layers'), 'layer')} each. Activations go forward, their gradients back: only ${size(v, 'bytes')} a step in ${int(v, 'm')} ${plural(n(v, 'm'), 'microbatch', 'microbatches')}; ${where(v)}. The price is the bubble: ${share(v, 'bubble')} of the pipeline’s time is idle.`,
	'dp.0': data,
	'dp.1': data,
	'dp.2': data,
	'dp.3': data,
	'expert-dp.0': experts,
	'expert-dp.1': experts,
	'expert-dp.2': experts,
	'expert-dp.3': experts,
	memory: (v: Values) =>
		`Memory. ${n(v, 'stages') > 1 ? `A GPU of stage ${int(v, 'stage')} is the fullest and` : 'A GPU'} keeps ${size(v, 'bytes')} of its ${gigabytes(v, 'capacity')}, the largest part ${parts[s(v, 'biggest') as 'parameters']} (${size(v, 'part')}).${n(v, 'stages') === 1 ? '' : n(v, 'dual') === 1 ? ' With DualPipe all stages hold equally many microbatches, and the weights of two.' : ' Early stages hold more microbatches at once, the ends hold the embedding and the head.'}`,
	'memory.over': (v: Values) =>
		`Too much. ${n(v, 'stages') > 1 ? `A GPU of stage ${int(v, 'stage')}` : 'A GPU'} would have to keep ${size(v, 'bytes')}, the largest part ${parts[s(v, 'biggest') as 'parameters']} (${size(v, 'part')}), and one ${s(v, 'gpu')} has ${gigabytes(v, 'capacity')}. Below are the nearest layouts that fit.`,
	step: (v: Values) =>
		`One step. ${seconds(n(v, 'seconds'))} at peak rates: ${share(v, 'compute')} work, ${share(v, 'bubble')} bubble, ${share(v, 'rest')} exchanges, before any of them hides behind work. A GPU sends ${size(v, 'bytes')}${n(v, 'bytes') === 0 ? '' : n(v, 'cross') === 0 ? ', all of it inside the node' : `; ${share(v, 'cross')} of it leaves the node${n(v, 'slower') > 1 ? `, over links ${some(v, 'slower')} times slower than those inside` : ''}`}.`
};

export const parts = {
	parameters: 'weights',
	gradients: 'gradients',
	optimizer: 'optimizer states',
	activations: 'activations',
	compute: 'work',
	bubble: 'bubble',
	contiguous: 'cut in order',
	zigzag: 'zigzag'
};

const collective: Readonly<Record<string, string>> = {
	tp: 'Partial sums of attention and MLP must be added up before the next layer can start, so these links must be the fastest.',
	'tp.sp':
		'Tokens are gathered before each matrix and scattered after it; the next layer waits for it, so these links must be the fastest.',
	cp: 'Keys and values of all other pieces of the sequence pass by; the next block can travel while this one is worked on.',
	ep: 'Each token goes to its experts and back, wherever they are; with balanced routing all pairs exchange alike.',
	'expert-tp': 'GPUs that share an expert need all tokens that were sent to it.',
	pp: 'Activations of one microbatch go to the next stage, their gradients to the one before: little, so this axis may cross nodes.',
	dp: 'Gradients of different tokens are summed once a step; this can hide behind the backward pass.',
	'expert-dp': 'Gradients of the same expert in different places are summed once a step.',
	'dp.sharded': 'Nobody keeps all gradients, so those of each microbatch are summed at once; this can hide behind the backward pass.',
	'expert-dp.sharded': 'Gradients of the same expert in different places are summed after each microbatch.'
};
/** "layers 3–5", "layer 3". */
const span = (one: string, first: number, last: number): string => (first === last ? `${one} ${first}` : `${one}s ${first}–${last}`);

export const why = {
	gpu: (v: Values) => {
		const layers = n(v, 'firstLayer') < 0 ? 'no layer' : span('layer', n(v, 'firstLayer'), n(v, 'lastLayer'));
		const slice = n(v, 'tp') > 1 && n(v, 'firstLayer') >= 0 ? `1/${int(v, 'tp')} of every matrix of ${layers}` : layers;
		const own = n(v, 'firstExpert') < 0 ? '' : `, ${span('expert', n(v, 'firstExpert'), n(v, 'lastExpert'))} of ${int(v, 'experts')}`;
		const talks = s(v, 'group') === '' ? '' : ` In its ${s(v, 'group')} group there are ${int(v, 'size')}.`;
		return `GPU ${int(v, 'rank')}, node ${int(v, 'node')}${s(v, 'place') === '' ? '' : `: ${s(v, 'place')}`}. It holds ${slice}${own}.${talks}`;
	},
	exchange: (v: Values) => {
		const kind = s(v, 'kind');
		const key = kind === 'tp' && n(v, 'sp') === 1 ? 'tp.sp' : kind.endsWith('dp') && n(v, 'zero') > 1 ? `${kind}.sharded` : kind;
		return `${size(v, 'bytes')} a step, ${size(v, 'cross')} of it out of the node; at the rate of its slowest link ${seconds(n(v, 'seconds'))}. ${collective[key] ?? ''}`;
	},
	time: (v: Values) =>
		s(v, 'key') === 'bubble'
			? `Bubble: ${seconds(n(v, 'seconds'))} in which a GPU waits for the ends of the pipeline, with ${int(v, 'm')} microbatches on ${int(v, 'p')} stages.`
			: s(v, 'key') === 'compute'
				? `Work: ${seconds(n(v, 'seconds'))} at the dense 16-bit peak; real kernels reach about half of it.`
				: `${s(v, 'name')}: ${seconds(n(v, 'seconds'))}, ${share(v, 'share')} of the step if it hides behind nothing.`,
	memory: (v: Values) =>
		`Stage ${int(v, 'stage')}${n(v, 'layers') === 0 ? ' without a layer' : `, ${span('layer', n(v, 'first'), n(v, 'last'))}`}: weights ${size(v, 'parameters')}, gradients ${size(v, 'gradients')}, optimizer states ${size(v, 'optimizer')}, activations ${size(v, 'activations')}; ${size(v, 'bytes')} of ${gigabytes(v, 'capacity')}.`,
	causal: (v: Values) =>
		`Rank ${int(v, 'rank')} has chunks ${int(v, 'first')} and ${int(v, 'second')} of ${int(v, 'chunks')}: ${int(v, 'work')} squares of causal work where the mean is ${int(v, 'mean')}. All wait for the slowest.`
};
