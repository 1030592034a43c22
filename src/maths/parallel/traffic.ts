/**
 * Bytes that one GPU of each stage sends in one training step, by the kind of group that they travel in. 16-bit activations and
 * parameters, 32-bit gradients (Megatron's default).
 * Sources: Narayanan et al. 2021 (arXiv 2104.04473) sections 2.3 and 3.2; Korthikanti et al. 2022 (arXiv 2205.05198) section 4.2;
 * zhuzilin/ring-flash-attention; NVIDIA/nccl-tests doc/PERFORMANCE.md; ZeRO (arXiv 1910.02054) section 7.
 */
import { ringBytes, ringFactor } from '../collectives/cost.ts';
import { groupSize, type Kind, type Layout } from './layout.ts';
import { kvWidth, localTokens, microbatches, type Job } from './job.ts';
import { heldParameters, type Stage } from './stages.ts';

export const TRAFFIC = ['tp', 'cp', 'ep', 'expert-tp', 'pp', 'dp', 'expert-dp'] as const;
export type TrafficKind = (typeof TRAFFIC)[number];
export type ByKind = Readonly<Record<TrafficKind, number>>;

/** Groups in which each kind travels: gradients of what is not an expert are summed over data and context parallel ranks. */
export const GROUP_OF: Readonly<Record<TrafficKind, Kind>> = {
	...{ tp: 'tp', cp: 'cp', ep: 'ep', 'expert-tp': 'expert-tp' },
	...{ pp: 'pp', dp: 'dp-cp', 'expert-dp': 'expert-dp' }
};

/** Tensor parallelism, elements of a layer and microbatch: 8 b s h (t - 1) / t in four all-reduces, or as many pairs of RS and AG. */
export function tensorElements(seq: number, batch: number, hidden: number, tp: number): number {
	return 4 * ringFactor('all-reduce', tp) * batch * seq * hidden;
}

/** Ring attention forward: P - 1 times the local block of K and V, in elements. `width` is that of K and V of one token. */
export function ringElements(seq: number, width: number, cp: number): number {
	return (cp - 1) * (seq / cp) * width;
}

/** Backward: K and V go round again, and their gradients all the way home: P times. */
export function ringBackwardElements(seq: number, width: number, cp: number): number {
	return cp === 1 ? 0 : ringElements(seq, width, cp) + seq * width;
}

/** Expert parallelism, elements that a rank sends away for one dispatch (or combine), routing balanced: T k h (ep - 1) / ep. */
export function dispatchElements(tokens: number, perToken: number, hidden: number, ep: number): number {
	return ringFactor('all-to-all', ep) * tokens * perToken * hidden;
}

/**
 * All-reduces of a layer that tensor parallelism has: those of one pass (attention's and the MLP's, whose place experts take, shared ones
 * excepted), and passes: forward, backward, and the forward that full recomputation repeats.
 */
export function tensorPasses(
	{ model, recompute }: Job,
	moe = model.experts !== null
): { readonly halves: number; readonly passes: number } {
	return { halves: moe && model.experts?.shared === 0 ? 1 : 2, passes: recompute === 'full' ? 3 : 2 };
}

/** Bytes of one layer and one microbatch; the layer has experts if the model has any. */
export function layerTraffic(job: Job, layout: Layout, moe: boolean): Pick<ByKind, 'tp' | 'cp' | 'ep' | 'expert-tp'> {
	const { model, seq, microBatch, recompute } = job;
	const { tp, cp, ep, etp } = layout;
	const { hidden, experts } = model;
	// Forward passes for each backward pass.
	const forward = recompute === 'full' ? 2 : 1;
	const all = 2 * tensorElements(seq / cp, microBatch, hidden, tp);
	// Half of a layer's exchanges belong to attention, half to the MLP; backward has as many as forward.
	const { halves, passes } = tensorPasses(job, moe);
	const width = kvWidth(model, tp) * microBatch;
	const k = experts?.perToken ?? 0;
	const tokens = (microBatch * seq) / (cp * tp);
	const one = dispatchElements(tokens, k, hidden, ep);
	const there = job.fp8Dispatch ? 1 : 2;
	return {
		tp: ((all * halves) / 2 / 2) * passes,
		cp: 2 * (forward * ringElements(seq, width, cp) + ringBackwardElements(seq, width, cp)),
		ep: moe ? one * (forward * (there + 2) + there + 2) : 0,
		// Tokens that arrive are gathered by the GPUs that share an expert, and their results scattered: two passes of each.
		'expert-tp': moe ? 2 * 2 * (forward + 1) * tokens * k * hidden * (etp - 1) : 0
	};
}

/** Messages that a stage sends to the next one (forward) and to the one before (backward), for each microbatch. */
export function pipelineSends(stage: number, pp: number, virtualStages: number): { readonly forward: number; readonly backward: number } {
	if (pp === 1) return { forward: 0, backward: 0 };
	const wraps = virtualStages - 1;
	return { forward: stage < pp - 1 ? virtualStages : wraps, backward: stage > 0 ? virtualStages : wraps };
}

/** Bytes of gradients and parameters for `parameters` on a GPU and n replicas. What is sharded cannot wait for the last microbatch. */
export function replicaBytes(parameters: number, n: number, zero: Job['zero'], m: number): number {
	const gradients = 4 * parameters;
	const weights = 2 * parameters;
	if (zero === 0) return ringBytes('all-reduce', n, gradients);
	const scatter = ringBytes('reduce-scatter', n, gradients);
	const gather = ringBytes('all-gather', n, weights);
	return zero === 1 ? scatter + gather : zero === 2 ? m * scatter + gather : m * (scatter + 2 * gather);
}

/** Bytes that one GPU of a stage sends in one step. */
export function stageTraffic(job: Job, layout: Layout, stages: readonly Stage[], stage: Stage): ByKind {
	const m = microbatches(job, layout);
	const plain = layerTraffic(job, layout, false);
	const moe = layerTraffic(job, layout, true);
	const layers = (kind: keyof typeof plain): number => m * ((stage.layers - stage.moeLayers) * plain[kind] + stage.moeLayers * moe[kind]);
	const { forward, backward } = pipelineSends(stage.index, layout.pp, job.virtualStages);
	const { dense, expert, copies } = heldParameters(job.schedule === 'dualpipe', stages, stage);
	const message = 2 * localTokens(job, layout) * job.model.hidden;
	return {
		...{ tp: layers('tp'), cp: layers('cp'), ep: layers('ep'), 'expert-tp': layers('expert-tp') },
		pp: m * message * (forward + backward),
		dp: replicaBytes(dense, copies * groupSize(layout, 'dp-cp'), job.zero, m),
		'expert-dp': replicaBytes(expert, copies * layout.edp, job.zero, m)
	};
}

export const sumOf = (bytes: ByKind): number => TRAFFIC.reduce((sum, kind) => sum + bytes[kind], 0);
