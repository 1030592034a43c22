/** A job in a layout on a cluster: what every stage holds and sends, which GPU is the fullest and which the busiest, how long a step takes. */
import type { Gpu } from '../data/gpus.ts';
import { microbatches, type Job } from './job.ts';
import type { Layout } from './layout.ts';
import { crossShares } from './links.ts';
import { memoryOf, stageMemory, type Memory } from './memory.ts';
import { partsOf, stagesOf, type ModelParts, type Stage } from './stages.ts';
import { stepTime, type Rates, type StepTime } from './time.ts';
import { pipelineSends, stageTraffic, sumOf, type ByKind } from './traffic.ts';

export interface Plan {
	readonly job: Job;
	readonly layout: Layout;
	readonly gpu: Gpu;
	readonly parts: ModelParts;
	readonly microbatches: number;
	readonly stages: readonly Stage[];
	/** By stage, of one GPU. */
	readonly memory: readonly Memory[];
	readonly traffic: readonly ByKind[];
	/** By stage, the share of each kind that leaves the node. */
	readonly cross: readonly ByKind[];
	/** Stages with the most memory and the most traffic. */
	readonly fullest: number;
	readonly busiest: number;
	readonly time: StepTime;
	/** Whether the fullest GPU needs no more than it has. */
	readonly fits: boolean;
}

const NOTHING: ModelParts = { embedding: 0, head: 0, layer: 0, denseMlp: 0, experts: 0, total: 0 };

const most = (values: readonly number[]): number => values.reduce((best, value, i) => (value > values[best]! ? i : best), 0);

/** Needs a model with known parts; `exact` as in crossShares. */
export function planOf(job: Job, layout: Layout, gpu: Gpu, rates: Rates, exact = true): Plan {
	const parts = partsOf(job.model) ?? NOTHING;
	const stages = stagesOf(job.model, parts, layout);
	const memory = stages.map((stage) => stageMemory(job, layout, stages, stage));
	const traffic = stages.map((stage) => stageTraffic(job, layout, stages, stage));
	const cross = crossShares(layout, (stage) => pipelineSends(stage, layout.pp, job.virtualStages), exact);
	const fullest = most(memory.map(memoryOf));
	const busiest = most(traffic.map(sumOf));
	const time = stepTime(job, layout, gpu, rates, traffic[busiest]!, cross[busiest]!);
	const fits = memoryOf(memory[fullest]!) <= gpu.memoryBytes;
	return { job, layout, gpu, parts, microbatches: microbatches(job, layout), stages, memory, traffic, cross, fullest, busiest, time, fits };
}
