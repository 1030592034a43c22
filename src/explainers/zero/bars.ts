/** Rows of stacked bars: recipes of bytes per parameter, Megatron's and DeepSpeed's estimates, activations of a layer. */
import { layerActivations, RECOMPUTE, type Activation, type LayerSplit } from '#maths/memory/activations.ts';
import { estimateZero2, estimateZero3, type Estimate } from '#maths/memory/deepspeed.ts';
import { megatronBytesPerParameter } from '#maths/memory/megatron.ts';
import { recipe, type BytesPerParameter } from '#maths/memory/recipes.ts';
import type { Config } from './config.ts';
import type { ZeroParams } from './params.ts';

export type Tone = 'parameters' | 'gradients' | 'optimizer' | 'activations' | 'quadratic';
export interface Segment {
	/** A key of labels.parts. */
	readonly part: string;
	readonly tone: Tone;
	readonly value: number;
}
export interface BarRow {
	readonly id: string;
	/** A key of labels.rows and its values. */
	readonly key: string;
	readonly values: Readonly<Record<string, string | number>>;
	readonly segments: readonly Segment[];
	/** Set apart: what the step is about. */
	readonly lit: boolean;
}
export interface BarsScene {
	readonly kind: 'bars';
	/** A key of labels.charts. */
	readonly chart: 'perParameter' | 'megatron' | 'zero2' | 'gpuEstimate' | 'hostEstimate' | 'layer';
	/** `binary`: GiB, as DeepSpeed prints. */
	readonly unit: 'perParameter' | 'bytes' | 'binary';
	readonly rows: readonly BarRow[];
	/** The memory that the bars are measured against, or 0. */
	readonly limit: number;
	readonly limitName: string;
}
export const sumOf = (row: BarRow): number => row.segments.reduce((all, s) => all + s.value, 0);

const row = (id: string, segments: readonly Segment[], more: Partial<BarRow> = {}): BarRow => ({
	...{ id, key: id, values: {}, lit: false, ...more },
	segments: segments.filter((s) => s.value > 0)
});
const stack = (b: BytesPerParameter): Segment[] => [
	{ part: 'weights', tone: 'parameters', value: b.parameters },
	{ part: 'gradients', tone: 'gradients', value: b.gradients },
	{ part: 'master', tone: 'optimizer', value: b.master },
	...b.moments.map((value, i): Segment => ({ part: i === 0 ? 'momentum' : 'variance', tone: 'optimizer', value }))
];
const bare = { limit: 0, limitName: '' };

function recipes(): BarsScene {
	const rows = [
		row('fp16-adam', stack(recipe('fp16', 'adam')), { lit: true }),
		row('megatron', stack(recipe('bf16-fp32-grads', 'adam'))),
		row('fp32-adam', stack(recipe('fp32', 'adam'))),
		row('adam-8bit', stack(recipe('bf16', 'adam-8bit'))),
		row('momentum', stack(recipe('fp16', 'momentum'))),
		row('adafactor', stack(recipe('bf16', 'adafactor'))),
		row('fp32-sgd', stack(recipe('fp32', 'sgd')))
	];
	return { kind: 'bars', chart: 'perParameter', unit: 'perParameter', rows, ...bare };
}

function megatron(ranks: number): BarsScene {
	const of = (dp: number): BarRow =>
		row(
			`dp${dp}`,
			[
				{ part: 'weights', tone: 'parameters', value: 2 },
				{ part: 'gradients', tone: 'gradients', value: 4 },
				{ part: 'sharedStates', tone: 'optimizer', value: megatronBytesPerParameter(dp, true) - 6 }
			],
			{ key: 'dp', values: { dp }, lit: dp === ranks }
		);
	const rows = [...new Set([1, 2, 4, 8, 16, 64, ranks])].sort((a, b) => a - b).map(of);
	return { kind: 'bars', chart: 'megatron', unit: 'perParameter', rows, ...bare };
}

function zero2(c: Config): BarsScene {
	const [P, N] = [c.parameters, c.ranks];
	const of = (id: string, whole: number, shared: number, lit = false): BarRow =>
		row(
			id,
			[
				{ part: 'whole', tone: 'parameters', value: whole * P },
				{ part: 'shared', tone: 'optimizer', value: (shared * P) / N }
			],
			{ lit }
		);
	const rows = [of('paper', 2, 14), of('code', 2, 18, true), of('documentation', 4, 16)];
	return { kind: 'bars', chart: 'zero2', unit: 'binary', rows, limit: c.gpu.memoryBytes, limitName: c.gpu.name };
}

/** Every case of DeepSpeed's two functions. */
export function estimates(
	c: Config,
	p: Pick<ZeroParams, 'gpusPerNode' | 'zeroInit'>
): readonly (Estimate & { readonly id: string; readonly current: boolean })[] {
	const gpusPerNode = Math.min(p.gpusPerNode, c.ranks);
	const input = { parameters: c.parameters, gpusPerNode, nodes: Math.max(1, Math.ceil(c.ranks / gpusPerNode)) };
	const three = { ...input, largestLayer: c.largestLayer, zeroInit: p.zeroInit };
	const now = (stage: number, offload: string): boolean => c.stage === stage && c.offload === offload;
	return [
		{ id: 'z2', ...estimateZero2({ ...input, offload: false }), current: now(2, 'none') },
		{ id: 'z2o', ...estimateZero2({ ...input, offload: true }), current: now(2, 'optimizer') },
		{ id: 'z3', ...estimateZero3({ ...three, offloadOptimizer: false, offloadParameters: false }), current: now(3, 'none') },
		{ id: 'z3o', ...estimateZero3({ ...three, offloadOptimizer: true, offloadParameters: false }), current: now(3, 'optimizer') },
		{ id: 'z3a', ...estimateZero3({ ...three, offloadOptimizer: true, offloadParameters: true }), current: now(3, 'all') }
	];
}

function estimated(c: Config, p: ZeroParams, where: 'gpuBytes' | 'hostBytes'): BarsScene {
	const rows = estimates(c, p).map((e) =>
		row(e.id, [{ part: 'estimate', tone: 'optimizer', value: where === 'gpuBytes' ? e.gpuBytes : e.cpuBytes }], { lit: e.current })
	);
	const limit = where === 'gpuBytes' ? { limit: c.gpu.memoryBytes, limitName: c.gpu.name } : bare;
	return { kind: 'bars', chart: where === 'gpuBytes' ? 'gpuEstimate' : 'hostEstimate', unit: 'binary', rows, ...limit };
}

export const recipeScenes = (c: Config, p: ZeroParams): readonly BarsScene[] => [
	...[recipes(), megatron(c.ranks), zero2(c), estimated(c, p, 'gpuBytes'), estimated(c, p, 'hostBytes')]
];

/** The rows of Korthikanti's Table 2. */
const SPLITS: readonly (readonly [string, boolean, boolean, (typeof RECOMPUTE)[number]])[] = [
	['whole', false, false, 'none'],
	['tp', true, false, 'none'],
	['tpSp', true, true, 'none'],
	['tpSelective', true, false, 'selective'],
	['tpSpSelective', true, true, 'selective'],
	['full', false, false, 'full']
];
const PARTS: Readonly<Record<Activation['name'], string>> = {
	...{ normInputs: 'norms', qkvInput: 'attention', queriesKeys: 'attention', values: 'attention', projectionInput: 'attention' },
	...{ attentionMask: 'attention', softmaxOutput: 'scores', softmaxMask: 'scores', dropoutOutput: 'scores' },
	...{ mlpInput: 'mlp', geluInput: 'mlp', mlpOutputInput: 'mlp', mlpMask: 'mlp', layerInput: 'layerInput' }
};

/** What one layer keeps in each way; step i is about row i. */
export function activationScenes(c: Config, tp: number): readonly BarsScene[] {
	const rows = SPLITS.map(([id, split, sequenceParallel, recompute]) => {
		const how: LayerSplit = { tp: split ? tp : 1, sequenceParallel, recompute };
		const kept = layerActivations(c.shape, how);
		const segments = [...new Set(kept.map((a) => PARTS[a.name]))].map((part): Segment => {
			const value = kept.filter((a) => PARTS[a.name] === part).reduce((all, a) => all + a.bytes, 0);
			return { part, tone: part === 'scores' ? 'quadratic' : 'activations', value };
		});
		return row(id, segments, { values: { tp } });
	});
	return rows.map((_, i) => ({
		...{ kind: 'bars', chart: 'layer', unit: 'bytes', ...bare },
		rows: rows.map((r, j) => ({ ...r, lit: i === j }))
	}));
}
