/** What the parameters mean together. Sizes that cannot be laid out are mended to the nearest that can; whatever is wrong is told. */
import type { Problem } from '#kit/model.ts';
import { findGpu, gpus, type Gpu } from '#maths/data/gpus.ts';
import { findLinks } from '#maths/data/links.ts';
import { findModel, type ModelConfig } from '#maths/data/models.ts';
import { axesOf, DEFAULT_ORDER, type Axis } from '#maths/parallel/axes.ts';
import { microbatches, type Job } from '#maths/parallel/job.ts';
import { layoutOf, samePipelines, type Layout } from '#maths/parallel/layout.ts';
import type { Rates } from '#maths/parallel/time.ts';
import { MOST_GPUS, offered, type LayoutParams } from './params.ts';

export interface Setup {
	readonly layout: Layout;
	readonly job: Job;
	readonly gpu: Gpu;
	readonly rates: Rates;
	/** The first thing that cannot stand, memory aside. */
	readonly problem: Problem | undefined;
}

type Sizes = Pick<LayoutParams, 'world' | 'tp' | 'cp' | 'dp' | 'pp' | 'ep' | 'etp'>;
type Fix = Partial<Record<keyof LayoutParams, number | string>>;

const divisors = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i + 1).filter((d) => n % d === 0);
/** Of some numbers the one that is fewest doublings away. */
const nearest = (list: readonly number[], to: number): number =>
	list.reduce((best, x) => (Math.abs(Math.log2(x / to)) < Math.abs(Math.log2(best / to)) ? x : best), list[0] ?? 1);

/** Megatron takes dp from the rest: dp = world / (tp cp pp). Where that is no whole number, the world follows the sizes. */
function mendWorld({ world, tp, cp, dp, pp }: Sizes): Problem | undefined {
	const model = tp * cp * pp;
	const product = model * dp;
	if (product === world) return undefined;
	const fix =
		world % model === 0
			? { dp: world / model }
			: product <= MOST_GPUS
				? { world: product }
				: model <= MOST_GPUS
					? { dp: 1, world: model }
					: { tp: 1, cp: 1, pp: 1, dp: world };
	const kind = 'world' in fix ? 'worldTo' : 'tp' in fix ? 'worldAll' : 'worldDp';
	return { key: kind, values: { world, tp, cp, dp, pp, product, ...fix }, fix };
}

/** Experts are laid over the same GPUs: etp ep must divide tp cp dp. */
function mendExperts({ tp, cp, dp, ep, etp }: Sizes): Problem | undefined {
	const stage = tp * cp * dp;
	const own = etp === 0 ? tp : etp;
	if (stage % (own * ep) === 0) return undefined;
	if (stage % own !== 0) return { key: 'expertTensor', values: { stage, etp: own }, fix: { etp: 0, ep: 1 } };
	const fix = Math.max(...divisors(stage / own).filter((d) => d <= ep));
	return { key: 'expertWorld', values: { stage, ep, etp: own, fix }, fix: { ep: fix } };
}

/** What can be drawn, but not be trained so. */
function doubt(p: LayoutParams, sizes: Sizes, model: ModelConfig, job: Job, layout: Layout): Problem | undefined {
	const { tp, cp, pp, dp, ep } = sizes;
	const { heads, layers, experts, name } = model;
	const whole = layout.world / (cp * pp);
	const missing = (['tp', 'cp', 'ep', 'dp', 'pp'] as const).filter((axis) => sizes[axis] > 1 && !p.order.split('-').includes(axis));
	if (missing.length > 0) {
		const order = axesOf(p.order).join('-');
		return { key: 'order', values: { missing: missing.join(', ').toUpperCase(), order }, fix: { order } };
	}
	if (ep > 1 && experts === null) return { key: 'noExperts', values: { name, ep }, fix: { ep: 1, etp: 0 } };
	if (experts !== null && experts.total % ep !== 0) {
		const fix = nearest(
			divisors(experts.total).filter((d) => ((tp * cp * dp) / layout.etp) % d === 0),
			ep
		);
		return { key: 'expertShare', values: { name, experts: experts.total, ep, fix }, fix: { ep: fix } };
	}
	if (heads % tp !== 0) {
		const fix = nearest(
			divisors(heads).filter((d) => whole % d === 0),
			tp
		);
		return { key: 'heads', values: { name, heads, tp, fix }, fix: { tp: fix, dp: whole / fix, ep: 1, etp: 0 } };
	}
	if (pp * p.vpp > layers) {
		if (p.vpp > 1) return { key: 'chunks', values: { layers, pp, vpp: p.vpp }, fix: { vpp: 1 } };
		const fix = nearest(
			divisors(layout.world / (tp * cp)).filter((d) => d <= layers),
			pp
		);
		return { key: 'layers', values: { name, layers, pp, fix }, fix: { pp: fix, dp: layout.world / (tp * cp * fix), ep: 1, etp: 0 } };
	}
	if (cp > 1 && p.seq % (2 * cp) !== 0) {
		const fix = Math.min(16_777_216, Math.ceil(p.seq / (2 * cp)) * 2 * cp);
		return { key: 'sequence', values: { seq: p.seq, chunks: 2 * cp, fix }, fix: { seq: fix } };
	}
	const each = dp * p.microBatch;
	if (p.globalBatch % each !== 0) {
		const fix = Math.max(1, Math.round(p.globalBatch / each)) * each;
		const values = { batch: p.globalBatch, each, dp, micro: p.microBatch, fix };
		return fix > 1_048_576
			? { key: 'batch', values: { ...values, fix: dp }, fix: { microBatch: 1, globalBatch: dp } }
			: { key: 'batch', values, fix: { globalBatch: fix } };
	}
	const m = microbatches(job, layout);
	if (p.schedule === 'dualpipe' && (pp % 2 !== 0 || m % 2 !== 0 || m < 2 * pp || p.vpp > 1))
		return {
			key: 'dualpipe',
			values: { pp, m },
			fix: p.vpp > 1 && pp % 2 === 0 && m % 2 === 0 && m >= 2 * pp ? { vpp: 1 } : { schedule: '1f1b' }
		};
	if (p.vpp > 1 && pp > 1 && m % pp !== 0) return { key: 'interleaved', values: { pp, m }, fix: { vpp: 1 } };
	// Megatron refuses this for every model; what has no experts loses nothing by it, and others (Llama 3) number so.
	if (experts !== null && !samePipelines(layout))
		return { key: 'pipelines', values: { order: p.order, to: DEFAULT_ORDER }, fix: { order: DEFAULT_ORDER } };
	return undefined;
}

const known = new WeakMap<LayoutParams, Setup>();

/** The setup of parameters; made once for each. */
export function setupOf(p: LayoutParams): Setup {
	let setup = known.get(p);
	if (setup === undefined) known.set(p, (setup = make(p)));
	return setup;
}

function make(p: LayoutParams): Setup {
	let fix: Fix = {};
	let problem: Problem | undefined;
	for (const mend of [mendWorld, mendExperts]) {
		const found = mend({ ...p, ...fix } as Sizes);
		if (found === undefined) continue;
		problem ??= found;
		fix = { ...fix, ...found.fix };
	}
	const sizes = { ...p, ...fix } as LayoutParams;
	const model = findModel(p.model) ?? offered[0]!;
	const layout = layoutOf({ ...sizes, etp: sizes.etp === 0 ? sizes.tp : sizes.etp }, p.order, p.gpusPerNode);
	const job: Job = {
		...{ model, seq: p.seq, microBatch: p.microBatch, globalBatch: p.globalBatch, sequenceParallel: p.sp, recompute: p.recompute },
		...{ zero: Number(p.zero) as Job['zero'], schedule: p.schedule, fp8Dispatch: p.fp8Dispatch, dropout: p.dropout },
		virtualStages: p.schedule === 'dualpipe' ? 1 : p.vpp
	};
	const gpu = findGpu(p.gpu) ?? gpus[0]!;
	const rates = { inNode: findLinks(gpu.slug).inNodeBytesPerSecond, crossNode: (p.networkGbps * 1e9) / 8 };
	const told = problem === undefined ? doubt(p, sizes, model, job, layout) : { ...problem, fix };
	return { layout, job, gpu, rates, problem: told };
}

/** The axes that a layout has more than one of, in the order of its ranks; `ep` counts in the grid of experts. */
export function axesInUse(layout: Layout): readonly Axis[] {
	return layout.dense.axes.filter((axis) => axis !== 'ep' && layout.dense.sizes[axis] > 1);
}
