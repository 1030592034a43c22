/** Captions of the steps, and what each mark says of itself, in English. */
import { decimalBytes, fixed, gb, gib, int, n, number, percent, s, shardBytes, size, some, times, type Values, type Why } from './words.ts';

const layers = (v: Values): string => (n(v, 'layers') === 1 ? 'one layer' : `${some(n(v, 'layers'))} layers`);
const group = (unit: number): string => `group ${unit + 1}`;

export const captions = {
	start: (v: Values) =>
		n(v, 'stage') === 0
			? `Before the step. ${n(v, 'ranks') === 1 ? 'One rank' : `Every one of ${int(v, 'ranks')} ranks`} keeps all weights and all optimizer states of ${size(n(v, 'parameters'))} parameters: ${gb(v, 'total')}${n(v, 'ranks') === 1 ? '' : ` each, the same bytes ${int(v, 'ranks')} times`}.`
			: `Before the step. ${n(v, 'ranks') === 1 ? 'One rank' : `Each of ${int(v, 'ranks')} ranks`} keeps ${n(v, 'shard') === 1 ? 'everything, for there is nobody to share with' : n(v, 'stage') === 3 ? 'its own part of everything' : 'all weights, but its own part of the optimizer states'}: ${gb(v, 'total')} on the GPU${s(v, 'offload') === 'none' ? '' : ', the rest in host memory'}.`,
	'gather.forward': (v: Values) =>
		n(v, 'shard') === 1
			? `Nothing to gather. A copy is on one rank alone, so group ${n(v, 'unit') + 1} is whole already.`
			: `Gather group ${n(v, 'unit') + 1}. The ${int(v, 'shard')} ranks of a copy send each other their parts: ${layers(v)} (${gb(v, 'unitBytes')}) ${n(v, 'layers') === 1 ? 'is' : 'are'} whole on every GPU, for as long as needed.`,
	forward: (v: Values) =>
		`Forward, group ${n(v, 'unit') + 1}. ${n(v, 'stage') === 3 && n(v, 'shard') > 1 ? (n(v, 'reshard') === 1 ? 'Its gathered weights are dropped right after, its own part stays' : 'Its gathered weights stay until the backward pass') : 'The weights are on every GPU anyway'}; what the backward pass will ask for, ${gb(v, 'activations')} of activations, is kept.`,
	'gather.backward': (v: Values) =>
		n(v, 'shard') === 1
			? `Nothing to gather. Group ${n(v, 'unit') + 1} is whole already.`
			: `Gather group ${n(v, 'unit') + 1} again. The backward pass needs the same weights a second time: this second all-gather is what makes stage 3 send 3 Ψ where plain data parallelism sends 2 Ψ.`,
	backward: (v: Values) =>
		`Backward, group ${n(v, 'unit') + 1}. Each rank now has all gradients of ${layers(v)} (${gb(v, 'gradientBytes')}), but only of its own data${s(v, 'recompute') === 'none' ? '' : `; activations that were not kept are computed again, a layer at a time`}.`,
	reduce: (v: Values) =>
		n(v, 'shard') === 1
			? `Nothing to scatter. One rank keeps all gradients of group ${n(v, 'unit') + 1}.`
			: `Reduce-scatter group ${n(v, 'unit') + 1}. Every rank sends its gradients to whoever keeps that part and receives the sum of its own: ${gb(v, 'wire')} sent. ${n(v, 'stage') === 1 ? 'Stage 1 keeps the whole buffer all the same.' : s(v, 'offload') === 'none' ? 'The other parts are dropped at once.' : 'The summed part goes to the host, the others are dropped.'}`,
	allReduce: (v: Values) =>
		n(v, 'ranks') === 1
			? `Nothing to reduce. There is one rank alone, and its gradients of group ${n(v, 'unit') + 1} are the sum.`
			: `All-reduce group ${n(v, 'unit') + 1}. A reduce-scatter and an all-gather in one: every rank sends ${gb(v, 'wire')} and ends with the whole sum, although it could do with a part.`,
	replicate: (v: Values) =>
		n(v, 'shard') === 1
			? `Across the groups. Each of ${int(v, 'replicas')} groups is a single rank, so all of them all-reduce all gradients: plain data parallelism again.`
			: `Across the groups. The ${int(v, 'replicas')} ranks that keep the same part in different groups all-reduce it: only 1/${int(v, 'shard')} of the gradients crosses, which is why HSDP puts a group inside a node.`,
	update: (v: Values) =>
		n(v, 'stage') === 0 && n(v, 'ranks') > 1
			? 'Update. Every rank computes the very same update of all parameters from the very same states: the redundancy that ZeRO removes.'
			: s(v, 'offload') === 'none'
				? n(v, 'shard') === 1 || n(v, 'stage') === 0
					? `Update. ${n(v, 'ranks') === 1 ? 'The one rank' : 'Each rank'} updates all parameters; nothing of their states (${gb(v, 'optimizerBytes')}) is elsewhere.`
					: `Update. Each rank updates the one part whose gradients${n(v, 'optimizerBytes') === 0 ? ' it keeps; this optimizer has no states' : `, fp32 copy and moments it keeps (${gb(v, 'optimizerBytes')} of states), and nothing else`}.`
				: 'Update on the CPU. The states lie in host memory, and so the update is computed there; the GPU waits for it.',
	fetch: (v: Values) => `Fetch. Each rank copies its updated part of the weights back over PCIe: ${gb(v, 'pcie')}.`,
	publish: (v: Values) =>
		n(v, 'shard') === 1
			? 'Nothing to gather. The one rank has updated everything itself.'
			: `All-gather the weights. Each rank has new values for its own part alone, so all send theirs to all: ${gb(v, 'wire')} from each rank. Reduce-scatter and all-gather together are just what one all-reduce would have sent.`,
	end: (v: Values) =>
		`Step done. Each rank sent ${gb(v, 'sent')}: ${times(v, 'elements')} Ψ in the paper’s count${n(v, 'ranks') > 1 && n(v, 'replicas') === 1 ? `, times ${fixed(n(v, 'factor'), 4)} = (N − 1) / N on a ring` : ''}. The fullest moment took ${gb(v, 'peak')}${n(v, 'peak') > n(v, 'capacity') ? `, more than the ${gb(v, 'capacity')} of the GPU` : ` of ${gb(v, 'capacity')}`}.`,
	'table.0': () =>
		'7.5 billion parameters. Table I of the paper, gigabytes of model states on each rank: printed in bold, exact below. This column is rounded: 41.25 is printed 41.3.',
	'table.1': () =>
		'128 billion. Here digits are cut off instead: 513.5 is printed 513 and 257.75 is printed 257 (orange frames). Whoever rounds gets other numbers than the paper.',
	'table.2': () =>
		'One trillion. With 1,024 ranks and stage 3 each keeps 15.6 GB; 4187.5 is printed 4187 and 2218.75 is printed 2218, cut again.',
	'table.3': (v: Values) =>
		`What fits. Green: the model states alone are within the ${gb(v, 'capacity')} of a ${s(v, 'gpu')}; activations, buffers and fragmentation still come on top.`,
	'ring.all-reduce': (v: Values) =>
		`All-reduce. ${int(v, 'ranks')} ranks hold ${int(v, 'ranks')} chunks each with numbers of their own; in the end all are to hold the sums. Every rank talks to its right neighbour alone.`,
	'ring.reduce-scatter': (v: Values) =>
		`Reduce-scatter. ${int(v, 'ranks')} ranks hold ${int(v, 'ranks')} chunks each; in the end each is to hold the whole sum of one chunk. ZeRO does this to gradients.`,
	'ring.all-gather': (v: Values) =>
		`All-gather. Each of ${int(v, 'ranks')} ranks holds one chunk; in the end all are to hold all. ZeRO does this to weights.`,
	'ring.reduce-scatter.step': (v: Values) =>
		`Reduce-scatter, step ${int(v, 'step')} of ${int(v, 'own')}. Every rank sends one chunk to the right and adds what comes from the left; ${n(v, 'step') === n(v, 'own') ? 'now each rank has the whole sum of one chunk (bold).' : `sums of ${n(v, 'step') + 1} ranks travel on.`}`,
	'ring.all-gather.step': (v: Values) =>
		`All-gather, step ${int(v, 'step')} of ${int(v, 'own')}. Every rank passes on the finished chunk that it has last received, and keeps a copy${n(v, 'done') === n(v, 'steps') ? `: done after ${int(v, 'steps')} ${n(v, 'steps') === 1 ? 'step' : 'steps'}, each rank has sent ${times(v, 'sent')} buffers` : ''}.`,
	perParameter: () =>
		'Bytes of a parameter. Mixed-precision Adam keeps 2 + 2 + 4 + 4 + 4 = 16: a 16-bit weight and gradient, and in fp32 the weight, the momentum and the variance. The weights that one speaks of are an eighth of it.',
	megatron: (v: Values) =>
		`Megatron-LM. Gradients are summed in fp32, so a parameter takes 18 bytes; the distributed optimizer shares 12 of them: 6 + 12 / dp. On ${int(v, 'ranks')} ranks ${fixed(6 + 12 / n(v, 'ranks'), 3)} bytes.`,
	zero2: (v: Values) =>
		`Code against documentation. For ZeRO-2 without offloading DeepSpeed’s function returns 2P + 18P / N = ${gib(v, 'code')}, its documentation still prints 4P + 16P / N = ${gib(v, 'documentation')}. The paper’s own formula is 2P + 14P / N.`,
	gpuEstimate: (v: Values) =>
		`DeepSpeed’s estimate of a GPU. ${int(v, 'nodes')} × ${int(v, 'gpusPerNode')} GPUs, model states only, and with ZeRO-3 four bytes of each parameter of the largest module (${size(n(v, 'largest'))}). It prints these GiB and calls them GB.`,
	hostEstimate: (v: Values) =>
		`DeepSpeed’s estimate of a node. Main memory, with a reserve of half as much again; ${n(v, 'zeroInit') === 1 ? 'with zero.Init no process ever holds the whole model' : 'without zero.Init every process first builds the whole model in fp32: 4 bytes for each GPU of the node'}.`,
	'layer.whole': (v: Values) =>
		`One layer, whole. s b h (${some(n(v, 'linear'))} + 5 a s / h) bytes in 16 bits: ${gb(v, 'lit')}. The part that grows with s² (hatched) is ${some(n(v, 'quadratic'))} against ${some(n(v, 'linear'))} of all the rest.`,
	'layer.tp': (v: Values) =>
		n(v, 'tp') === 1
			? `Tensor parallelism over 1: nothing is divided, ${gb(v, 'lit')} as before. Raise it to see what it divides.`
			: `Tensor parallelism over ${int(v, 'tp')}. What lies inside attention and MLP is divided, the inputs of both, their dropout masks and the norms (10 of 34) are not: ${gb(v, 'lit')}.`,
	'layer.tpSp': (v: Values) =>
		`With sequence parallelism. What tensor parallelism left whole is cut along the sequence, for the same bytes on the wire: ${gb(v, 'lit')}, everything divided by ${int(v, 'tp')}.`,
	'layer.tpSelective': (v: Values) =>
		`Selective recomputation. Scores, softmax and dropout are thrown away and computed again; the paper counts s / (6h + s) = ${percent(n(v, 'overhead'))} more FLOPs. ${gb(v, 'lit')} stay.`,
	'layer.tpSpSelective': (v: Values) =>
		`Selective, with sequence parallelism. Only the linear part over ${int(v, 'tp')} is left: ${gb(v, 'lit')}. FlashAttention never stores the quadratic part in the first place.`,
	'layer.full': (v: Values) =>
		`Full recomputation. Only the input of the layer is kept, 2 s b h bytes: ${gb(v, 'lit')}; the backward pass runs the forward pass again, a third more compute.`
};

const NAMES = {
	parameters: 'weights',
	gathered: 'gathered weights',
	gradients: 'gradients',
	optimizer: 'optimizer states',
	activations: 'activations'
};
const op = {
	start: 'start',
	end: 'end',
	gather: 'all-gathers the weights of',
	forward: 'runs the forward pass of',
	backward: 'runs the backward pass of',
	reduce: 'reduces the gradients of',
	replicate: 'all-reduces its part of the gradients across groups, for',
	update: 'updates its part of',
	fetch: 'fetches its updated part of',
	publish: 'gathers the updated weights of'
};

export const why: Why = {
	slot: (o, rank, c) =>
		`Rank ${rank.rank} ${o.kind === 'update' && c.stage === 0 ? 'updates' : op[o.kind]} ${o.unit === undefined ? 'all layers' : group(o.unit)}${o.wire > 0 ? ` and sends ${decimalBytes(o.wire, 3)}` : ''}${o.pcie > 0 ? `, ${decimalBytes(o.pcie, 3)} over PCIe` : ''}. All ranks do the same at the same time.`,
	cell: ({ kind, unit, held, rank, config: c, moment, cut }) => {
		if (kind === 'activations')
			return held === 'full'
				? `Activations of ${group(unit)} on rank ${rank.rank}: kept for the backward pass, of this rank’s own data, never shared.${cut ? ' Drawn lower than their bytes.' : ''}`
				: `No activations of ${group(unit)} are kept now.`;
		const { whole, shard } = shardBytes(c, kind);
		const name = `${NAMES[kind]} of ${group(unit)}`;
		const part = c.shard === 1 ? '' : `, 1 of ${number(c.shard)}`;
		if (held === 'none') return `Rank ${rank.rank} has no ${name} now.`;
		if (held === 'host') return `Rank ${rank.rank} keeps its part of the ${name} in host memory: ${decimalBytes(shard, 3)}${part}.`;
		if (held === 'shard') return `Rank ${rank.rank} keeps its own part of the ${name}: ${decimalBytes(shard, 3)}${part}.`;
		const old = kind === 'parameters' && moment.stale[unit] ? ' Pale parts are still the old values.' : '';
		return `Rank ${rank.rank} has all ${name}: ${decimalBytes(whole, 3)}.${old}`;
	},
	memory: (kind, bytes) =>
		`${NAMES[kind][0]!.toUpperCase()}${NAMES[kind].slice(1)}: ${decimalBytes(bytes, 3)} on each GPU now${kind === 'gathered' ? ', lent by the other ranks for this group of layers' : ''}.`,
	peak: (bytes, gpu, capacity) =>
		`The dotted line is the fullest moment of the step, ${decimalBytes(bytes, 3)}; the red one is the ${decimalBytes(capacity, 3)} of a ${gpu}.`,
	stage: (stage, st, fits, c) =>
		`Stage ${stage}: ${decimalBytes(st.parameters, 3)} weights + ${decimalBytes(st.gradients, 3)} gradients + ${decimalBytes(st.optimizer, 3)} optimizer states on each GPU; ${fits ? 'fits' : 'does not fit'} into ${decimalBytes(c.gpu.memoryBytes, 3)} before activations.`,
	sent: (o, c) =>
		`${o.what === 'gradients' ? 'Gradients' : 'Weights'} of ${o.unit === undefined ? 'all layers' : group(o.unit)}: ${some(o.elements)} Ψ in the paper’s count, ${decimalBytes(o.wire, 4)} really sent by each of ${number(c.ranks)} ranks.`,
	paperCount: (elements, c) =>
		`The bracket is the paper’s count, ${some(elements)} Ψ; a ring of N = ${number(c.shard)} sends (N − 1) / N of it, for nobody sends to itself.`,
	pcie: (bytes, c) =>
		`Between GPU and host, ${decimalBytes(bytes, 3)} a rank and step: ${c.offload === 'all' ? 'weights before each gather, and gradients' : 'gradients out, updated weights back'}, each only this rank’s part.`,
	tableCell: (cell, gpu) =>
		`${size(cell.parameters)}, ${number(cell.ranks)} ranks, stage ${cell.stage}: exactly ${number(cell.bytes / 1e9, 8)} GB, printed ${cell.printed} (${{ exact: 'exact', rounded: 'rounded', truncated: 'cut off', both: 'rounded or cut, the same' }[cell.rule]}); ${cell.bytes <= gpu.memoryBytes ? 'fits' : 'does not fit'} on a ${gpu.name}.`,
	chunk: (rank, chunk, inside, scene) =>
		inside.length === 0
			? `Rank ${rank} does not have chunk ${chunk} yet.`
			: `Chunk ${chunk} on rank ${rank}: ${scene.collective === 'all-gather' ? `the number of rank ${inside[0]}` : inside.length === 1 ? 'its own number' : inside.length === scene.ranks ? 'the sum of all ranks' : `the sum of ranks ${[...inside].sort((a, b) => a - b).join(', ')}`}, ${number(scene.values[rank]![chunk]!)}.`,
	ringBar: (scene) =>
		`Each step sends one chunk, 1/${scene.ranks} of the buffer S; all ${scene.steps} steps send ${some(scene.factor)} S, however many ranks there are never more than ${scene.collective === 'all-reduce' ? 2 : 1} S.`,
	segment: (part, amount, row) => `${row}: ${amount} of ${part}.`
};
