/** What cannot stand together, and what would. */
import { gigabytes, int, n, s, size, type Values } from './words.ts';

const whose = (v: Values): string => (n(v, 'stages') > 1 ? `one GPU of stage ${int(v, 'stage')}` : 'one GPU');

export const problems = {
	worldDp: (v: Values) =>
		`TP × CP × DP × PP = ${int(v, 'tp')} × ${int(v, 'cp')} × ${int(v, 'dp')} × ${int(v, 'pp')} = ${int(v, 'product')}, but there ${n(v, 'world') === 1 ? 'is 1 GPU' : `are ${int(v, 'world')} GPUs`}. DP ${int(v, 'world')} / (TP × CP × PP) would use them all; the picture shows that.`,
	worldTo: (v: Values) =>
		`${int(v, 'world')} GPUs cannot be divided by TP × CP × PP = ${int(v, 'tp')} × ${int(v, 'cp')} × ${int(v, 'pp')}. With DP ${int(v, 'dp')} these sizes need ${int(v, 'product')} GPUs; the picture shows that.`,
	worldAll: (v: Values) =>
		`These sizes multiply to more GPUs than the figure has room for. The picture shows ${int(v, 'world')} data-parallel replicas.`,
	expertTensor: (v: Values) =>
		`A stage has ${n(v, 'stage') === 1 ? 'one GPU' : `${int(v, 'stage')} GPUs`}, which slices of ETP ${int(v, 'etp')} do not divide. ETP as large as TP always does.`,
	expertWorld: (v: Values) =>
		`Experts are laid over the ${n(v, 'stage') === 1 ? 'one GPU' : `${int(v, 'stage')} GPUs`} of a stage: ETP × EP = ${int(v, 'etp')} × ${int(v, 'ep')} does not divide ${n(v, 'stage') === 1 ? 'it' : 'them'}. EP ${int(v, 'fix')} does; the picture shows that.`,
	order: (v: Values) =>
		`The order does not say where ${s(v, 'missing')} goes, and Megatron would refuse it. ${s(v, 'order')} would do; the picture shows that.`,
	noExperts: (v: Values) =>
		`${s(v, 'name')} has no experts to spread over EP ${int(v, 'ep')}: the groups exist, but nothing is sent in them.`,
	expertShare: (v: Values) =>
		`${int(v, 'experts')} experts of ${s(v, 'name')} cannot be shared evenly by EP ${int(v, 'ep')}. EP ${int(v, 'fix')} can.`,
	heads: (v: Values) =>
		`${s(v, 'name')} has ${int(v, 'heads')} attention heads, which TP ${int(v, 'tp')} does not divide. TP ${int(v, 'fix')} does.`,
	chunks: (v: Values) =>
		`${int(v, 'pp')} stages × ${int(v, 'vpp')} chunks are more than ${int(v, 'layers')} layers. One chunk per GPU would do.`,
	layers: (v: Values) => `${s(v, 'name')} has ${int(v, 'layers')} layers, fewer than ${int(v, 'pp')} stages. PP ${int(v, 'fix')} would do.`,
	sequence: (v: Values) =>
		`Zigzag cuts the sequence into ${int(v, 'chunks')} equal chunks, which ${n(v, 'seq') === 1 ? 'one token does' : `${int(v, 'seq')} tokens do`} not make. ${int(v, 'fix')} tokens do.`,
	batch: (v: Values) =>
		`A batch of ${n(v, 'batch') === 1 ? 'one sequence' : `${int(v, 'batch')} sequences`} is no multiple of DP × microbatch = ${int(v, 'dp')} × ${int(v, 'micro')}. A batch of ${int(v, 'fix')} is.`,
	dualpipe: (v: Values) =>
		`DualPipe wants an even number of stages, an even number of microbatches, at least two for each stage, and one chunk per GPU; here PP is ${int(v, 'pp')}, and there ${n(v, 'm') === 1 ? 'is 1 microbatch' : `are ${int(v, 'm')} microbatches`}. 1F1B takes any.`,
	interleaved: (v: Values) =>
		`Interleaving deals ${n(v, 'm') === 1 ? '1 microbatch' : `${int(v, 'm')} microbatches`} out in groups of ${int(v, 'pp')}, which does not come out even. One chunk per GPU would do.`,
	pipelines: (v: Values) =>
		`With the order ${s(v, 'order')} the grid of experts has other pipelines than the rest, which Megatron refuses. In ${s(v, 'to')} the pipeline comes last and both agree.`,
	tooFull: (v: Values) =>
		`${s(v, 'name')} does not fit: ${whose(v)} would need ${size(v, 'bytes')}, and one ${s(v, 'gpu')} has ${gigabytes(v, 'capacity')}. The nearest layout that fits: ${s(v, 'sizes')} on ${int(v, 'world')} GPUs with ZeRO ${s(v, 'zero')}${s(v, 'recompute') === 'full' ? ' and full recomputation' : ''}.`,
	noRoom: (v: Values) =>
		`${s(v, 'name')} does not fit: a GPU would need ${size(v, 'bytes')}, and one ${s(v, 'gpu')} has ${gigabytes(v, 'capacity')}. No layout near this one fits; a smaller model would.`
};
