/**
 * Memory of one GPU of each stage, in bytes, by what it is for. 16-bit parameters, 32-bit gradients, Adam in mixed precision: Megatron's 18
 * bytes for each parameter, or 6 + 12 / n with the optimizer sharded.
 * Sources: NVIDIA/Megatron-LM:megatron/training/theoretical_memory_usage.py; Korthikanti et al. 2022 (arXiv 2205.05198) section 4.
 */
import { layerActivations, type ActivationName } from '../memory/activations.ts';
import { activeFfn } from '../memory/counts.ts';
import { optimizerState, recipe } from '../memory/recipes.ts';
import { groupSize, type Layout } from './layout.ts';
import { localTokens, microbatches, type Job } from './job.ts';
import { heldParameters, type Stage } from './stages.ts';

export const MEMORY = ['parameters', 'gradients', 'optimizer', 'activations'] as const;
export type Memory = Readonly<Record<(typeof MEMORY)[number], number>>;

const BYTES = recipe('bf16-fp32-grads', 'adam');

/**
 * Microbatches of which a stage holds the activations at its fullest moment, of its whole depth. 1F1B: min(p - r, m); with v chunks
 * (min(2 (p - 1 - r) + (v - 1) p, m v) + 1) / v; DualPipe: p + 1 (its README), never more than there are.
 */
export function inFlight(job: Job, pp: number, stage: number, m: number): number {
	if (job.schedule === 'dualpipe') return Math.min(pp + 1, m);
	const v = job.virtualStages;
	if (v === 1) return Math.min(pp - stage, m);
	return Math.min(2 * (pp - 1 - stage) + (v - 1) * pp + 1, m * v) / v;
}

/** What only dropout leaves behind: its masks, and the scores after it. */
const OF_DROPOUT: ReadonlySet<ActivationName> = new Set(['softmaxMask', 'dropoutOutput', 'attentionMask', 'mlpMask']);

/** Bytes that one microbatch leaves in one layer. Context parallelism cuts the sequence of the rows, not of the columns of the scores. */
export function layerBytes(job: Job, layout: Layout, moe: boolean): number {
	const { model, seq, microBatch, sequenceParallel, recompute } = job;
	const { hidden, heads, ffn } = model;
	const kept = layerActivations(
		{ seq, batch: microBatch / layout.cp, hidden, heads, ffn: moe ? activeFfn(model) : ffn },
		{ tp: layout.tp, sequenceParallel, recompute }
	);
	return kept.reduce((sum, { name, bytes }) => sum + (job.dropout || !OF_DROPOUT.has(name) ? bytes : 0), 0);
}

function activations(job: Job, layout: Layout, stage: Stage): number {
	const { pp, cp, tp } = layout;
	const m = microbatches(job, layout);
	const held = inFlight(job, pp, stage.index, m);
	const layers = (stage.layers - stage.moeLayers) * layerBytes(job, layout, false) + stage.moeLayers * layerBytes(job, layout, true);
	const tokens = (job.microBatch * job.seq) / cp;
	// Token ids and the embedding's dropout mask on the first stage; input of the head and its logits on the last, one microbatch of them.
	const embedding = stage.index === 0 ? (8 * tokens) / tp + (job.dropout ? localTokens(job, layout) * job.model.hidden : 0) : 0;
	const head = stage.index === pp - 1 ? 4 * (localTokens(job, layout) * job.model.hidden + (tokens * job.model.vocabulary) / tp) : 0;
	return held * (layers + embedding) + head;
}

export function stageMemory(job: Job, layout: Layout, stages: readonly Stage[], stage: Stage): Memory {
	const { dense, expert, copies } = heldParameters(job.schedule === 'dualpipe', stages, stage);
	const replicas = groupSize(layout, 'dp-cp');
	const share = (from: number, bytes: number, n = 1): number =>
		bytes * (dense / (job.zero >= from ? replicas * n : 1) + expert / (job.zero >= from ? layout.edp * n : 1));
	return {
		parameters: share(3, BYTES.parameters),
		gradients: share(2, BYTES.gradients),
		// Both copies of DualPipe share one optimizer.
		optimizer: share(1, optimizerState(BYTES), copies),
		activations: activations(job, layout, stage)
	};
}

export const memoryOf = (memory: Memory): number => MEMORY.reduce((sum, part) => sum + memory[part], 0);
