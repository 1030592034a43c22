/** The nearest layouts in which a model fits a cluster, and why each of them does. */
import type { Gpu } from '../data/gpus.ts';
import { layoutOf, samePipelines, type Layout } from './layout.ts';
import type { Job } from './job.ts';
import { memoryOf, stageMemory } from './memory.ts';
import { planOf, type Plan } from './plan.ts';
import { partsOf, stagesOf, type ModelParts } from './stages.ts';
import type { Rates } from './time.ts';

/** What of the asked layout a suggestion changes. */
export interface Change {
	readonly what: 'tp' | 'cp' | 'ep' | 'pp' | 'zero' | 'recompute' | 'world' | 'microBatch';
	readonly from: number | string;
	readonly to: number | string;
}
export interface Suggestion {
	readonly plan: Plan;
	readonly changes: readonly Change[];
	/** Doublings and halvings away from what was asked; changed settings count one each, more GPUs two a doubling. */
	readonly distance: number;
}

export interface Cluster {
	readonly gpu: Gpu;
	readonly rates: Rates;
	readonly mostGpus: number;
}

/** Powers of two up to `most`, and what was asked. */
function sizes(most: number, asked: number): readonly number[] {
	const list = Array.from({ length: 1 + Math.floor(Math.log2(Math.max(1, most))) }, (_, i) => 2 ** i);
	return list.includes(asked) || asked > most ? list : [...list, asked];
}

const doublings = (from: number, to: number): number => Math.abs(Math.log2(to / from));

/** Whether sizes are possible for the model and the step: whole heads, layers, experts, microbatches. */
function possible({ model, globalBatch, seq, schedule, virtualStages }: Job, microBatch: number, l: Layout): boolean {
	const m = globalBatch / (l.dp * microBatch);
	return (
		model.heads % l.tp === 0 &&
		l.pp * virtualStages <= model.layers &&
		Number.isInteger(m) &&
		(l.cp === 1 || seq % (2 * l.cp) === 0) &&
		(l.ep === 1 || (model.experts !== null && model.experts.total % l.ep === 0)) &&
		Number.isInteger(l.edp) &&
		(model.experts === null || samePipelines(l)) &&
		(schedule !== 'dualpipe' || (l.pp % 2 === 0 && m % 2 === 0 && m >= 2 * l.pp)) &&
		(virtualStages === 1 || m % l.pp === 0)
	);
}

function* worlds(asked: number, most: number): Generator<number> {
	for (let world = asked; world <= most; world *= 2) yield world;
}

interface Candidate extends Omit<Suggestion, 'plan'> {
	readonly job: Job;
	readonly layout: Layout;
}

/** The layouts of a world that fit, in no order. */
function fitting(job: Job, parts: ModelParts, asked: Layout, world: number, cluster: Cluster): Candidate[] {
	const found: Candidate[] = [];
	const { model } = job;
	const most = { tp: Math.min(asked.gpusPerNode, model.heads), cp: job.seq >= 32_768 ? 64 : Math.max(1, asked.cp) };
	const experts = model.experts?.total ?? 1;
	const settings = [
		{ zero: job.zero, recompute: job.recompute, microBatch: job.microBatch },
		...([1, 2, 3] as const)
			.filter((zero) => zero > job.zero)
			.map((zero) => ({ zero, recompute: job.recompute, microBatch: job.microBatch })),
		...(job.microBatch > 1 ? [{ zero: job.zero, recompute: job.recompute, microBatch: 1 }] : []),
		...(job.recompute === 'none' ? [{ zero: job.zero, recompute: 'selective' as const, microBatch: job.microBatch }] : []),
		...(job.recompute === 'full'
			? []
			: ([1, 2, 3] as const)
					.filter((zero) => zero >= job.zero)
					.map((zero) => ({ zero, recompute: 'full' as const, microBatch: job.microBatch })))
	];
	for (const tp of sizes(most.tp, asked.tp))
		for (const cp of sizes(most.cp, asked.cp))
			for (const pp of sizes(Math.min(model.layers, 64), asked.pp)) {
				const dp = world / (tp * cp * pp);
				if (!Number.isInteger(dp)) continue;
				for (const ep of sizes(Math.min(experts, world), asked.ep)) {
					const etp = asked.etp === asked.tp ? tp : Math.min(asked.etp, tp);
					const layout = layoutOf({ tp, cp, dp, pp, ep, etp }, asked.order, asked.gpusPerNode);
					for (const setting of settings) {
						// Sharded gradients and weights would be exchanged for every microbatch of a pipeline: nobody wants that.
						if ((setting.zero > 1 && setting.zero !== job.zero && pp > 1) || !possible(job, setting.microBatch, layout)) continue;
						const other = { ...job, ...setting };
						const stages = stagesOf(model, parts, layout);
						if (stages.some((stage) => memoryOf(stageMemory(other, layout, stages, stage)) > cluster.gpu.memoryBytes)) continue;
						const changes = changesOf(job, asked, other, layout);
						found.push({ job: other, layout, changes, distance: changes.reduce((sum, change) => sum + distanceOf(change), 0) });
					}
				}
			}
	return found;
}

function changesOf(job: Job, asked: Layout, other: Job, layout: Layout): readonly Change[] {
	const axes = (['tp', 'cp', 'ep', 'pp', 'world'] as const).map((what) => ({ what, from: asked[what], to: layout[what] }));
	const settings = (['zero', 'recompute', 'microBatch'] as const).map((what) => ({ what, from: job[what], to: other[what] }));
	return [...axes, ...settings].filter(({ from, to }) => from !== to);
}

const distanceOf = ({ what, from, to }: Change): number =>
	typeof from !== 'number' || typeof to !== 'number'
		? 1
		: what === 'zero'
			? Math.abs(to - from)
			: (what === 'world' ? 2 : 1) * doublings(from, to);

/**
 * At most `count` layouts that fit, the nearest first, of equally near ones the faster; those of more GPUs only where no layout of the asked
 * world fits. Times are lower bounds (see time.ts), so their order is a hint and no more.
 */
export function suggest(job: Job, asked: Layout, cluster: Cluster, count = 5): readonly Suggestion[] {
	const parts = partsOf(job.model);
	if (parts === undefined) return [];
	for (const world of worlds(asked.world, cluster.mostGpus)) {
		const found = fitting(job, parts, asked, world, cluster).filter(({ changes }) => changes.length > 0);
		if (found.length === 0) continue;
		// One of each layout: the same sizes with one more setting changed are no further news.
		const nearest = new Map<string, Candidate>();
		for (const one of found.sort((a, b) => a.distance - b.distance)) {
			const key = [one.layout.tp, one.layout.cp, one.layout.ep, one.layout.pp].join();
			if (!nearest.has(key)) nearest.set(key, one);
		}
		// Times cost more than memory: only those that may be told are timed.
		return [...nearest.values()]
			.slice(0, 4 * count)
			.map(({ job: other, layout, ...rest }) => ({ ...rest, plan: planOf(other, layout, cluster.gpu, cluster.rates, false) }))
			.sort((a, b) => a.distance - b.distance || a.plan.time.total - b.plan.time.total)
			.slice(0, count);
	}
	return [];
}

/** Bytes of the fullest GPU. */
export const fullestBytes = (plan: Plan): number => memoryOf(plan.memory[plan.fullest]!);
