/** How long a step takes at least, and what of it is waiting: every kernel at its peak, every link at its rate, nothing overlapped. */
import type { Gpu } from '../data/gpus.ts';
import type { Layout } from './layout.ts';
import { microbatches, type Job } from './job.ts';
import type { ByKind, TrafficKind } from './traffic.ts';

/** Bytes per second that one GPU sends: to others of its node, and out of it. */
export interface Rates {
	readonly inNode: number;
	readonly crossNode: number;
}

/**
 * Idle time over the time of work. 1F1B: (p - 1) / (m v) (Narayanan et al. 2021, section 2.2). DualPipe: (p / 2 - 1) (F&B + B - 3 W) with
 * B = 2 F, W = F and F&B = 3 F, over 3 m F (deepseek-ai/DualPipe README).
 */
export function bubbleOverIdeal(job: Job, layout: Pick<Layout, 'pp' | 'dp'>): number {
	const m = microbatches(job, layout);
	if (layout.pp === 1) return 0;
	return job.schedule === 'dualpipe' ? (2 * (layout.pp / 2 - 1)) / (3 * m) : (layout.pp - 1) / (m * job.virtualStages);
}

/** Idle time over all time: (p - 1) / (m v + p - 1). */
export function bubbleOverTotal(job: Job, layout: Pick<Layout, 'pp' | 'dp'>): number {
	const ideal = bubbleOverIdeal(job, layout);
	return ideal / (1 + ideal);
}

/**
 * Floating-point operations of a step: 6 for each active parameter and token, and 6 L (H d) T for each token's causal scores (half of PaLM's
 * 12 L H Q T); a third more when everything is recomputed.
 */
export function stepFlops({ model, seq, globalBatch, recompute }: Job): number {
	const active = model.activeParameters ?? model.publishedParameters ?? 0;
	const width = model.heads * (model.headDim + (model.latent?.ropeDim ?? 0) / 2);
	const perToken = 6 * active + 6 * model.layers * width * seq;
	return perToken * seq * globalBatch * (recompute === 'full' ? 4 / 3 : 1);
}

/** Seconds of one kind: a ring is as slow as its slowest link; an all-to-all uses both kinds of links at once. */
function seconds(kind: TrafficKind, bytes: number, cross: number, { inNode, crossNode }: Rates): number {
	if (kind === 'ep') return Math.max((bytes * (1 - cross)) / inNode, (bytes * cross) / crossNode);
	return bytes / (cross > 0 ? crossNode : inNode);
}

export interface StepTime {
	readonly compute: number;
	readonly bubble: number;
	readonly byKind: ByKind;
	readonly total: number;
}

/** Seconds of a step for a GPU that sends `bytes`, of which the share `cross` leaves the node. */
export function stepTime(job: Job, layout: Layout, gpu: Gpu, rates: Rates, bytes: ByKind, cross: ByKind): StepTime {
	const compute = stepFlops(job) / layout.world / gpu.bf16Flops;
	const byKind = Object.fromEntries(
		(Object.keys(bytes) as TrafficKind[]).map((kind) => [kind, seconds(kind, bytes[kind], cross[kind], rates)])
	) as unknown as ByKind;
	const exchange = Object.values(byKind).reduce((sum, s) => sum + s, 0);
	// Whoever waits for the pipeline waits for the exchanges inside its layers too, not for those at the end of the step.
	const bubble = bubbleOverIdeal(job, layout) * (compute + exchange - byKind.dp - byKind['expert-dp'] - byKind.pp);
	return { compute, bubble, byKind, total: compute + bubble + exchange };
}
