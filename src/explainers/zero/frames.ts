/** The steps of each view. */
import type { Caption, Frame } from '#kit/model.ts';
import { selectiveOverhead } from '#maths/memory/activations.ts';
import { activationScenes, recipeScenes, sumOf, type BarsScene } from './bars.ts';
import { resolve, type Config } from './config.ts';
import { TABLE_PARAMS } from './paper.ts';
import type { ZeroParams } from './params.ts';
import { sum, type Moment } from './plan.ts';
import { ringScenes, type RingScene } from './ring.ts';
import { storyOf, type Story } from './story.ts';

export interface StepScene {
	readonly kind: 'step';
	readonly config: Config;
	readonly moment: Moment;
	readonly index: number;
	readonly all: readonly Moment[];
	readonly peak: number;
}
export interface TableScene {
	readonly kind: 'table';
	/** The model that the step is about, 0 to 2; 3: what fits on the GPU. */
	readonly focus: number;
	readonly gpu: Config['gpu'];
}
export type Scene = StepScene | TableScene | BarsScene | RingScene;
export interface ZeroFrame extends Frame {
	readonly scene: Scene;
}

/** Names the parts of a step on the scrub bar. */
const MARKS: Readonly<Record<string, string>> = { start: 'start', update: 'update', publish: 'publish', end: 'end', fetch: 'fetch' };

function captionOf({ config: c, values }: Story, m: Moment): Caption {
	const { op } = m;
	const key = op.kind === 'gather' ? `gather.${op.pass}` : op.kind === 'reduce' && c.stage === 0 ? 'allReduce' : op.kind;
	return { key, values: { ...values, unit: op.unit ?? 0, wire: op.wire, pcie: op.pcie, sent: m.wire, total: sum(m.memory) } };
}

function stepFrames(p: ZeroParams): readonly ZeroFrame[] {
	const story = storyOf(p);
	const { config, all, peak } = story;
	return all.map((moment, index) => {
		const { kind, unit } = moment.op;
		const before = all[index - 1]?.op.kind;
		const firstForward = kind === 'forward' && unit === 0;
		const firstBackward = (kind === 'backward' || (kind === 'gather' && moment.op.pass === 'backward')) && unit === config.units - 1;
		const mark = MARKS[kind] ?? (firstForward ? 'forward' : firstBackward && before !== 'gather' ? 'backward' : undefined);
		return {
			caption: captionOf(story, moment),
			...(mark === undefined ? {} : { mark: { key: mark } }),
			scene: { kind: 'step', config, moment, index, all, peak }
		};
	});
}

function tableFrames(p: ZeroParams): readonly ZeroFrame[] {
	const { gpu } = resolve(p);
	return [0, 1, 2, 3].map((focus) => ({
		caption: { key: `table.${focus}`, values: { parameters: TABLE_PARAMS[focus] ?? 0, gpu: gpu.name, capacity: gpu.memoryBytes } },
		mark: { key: `table.${focus}` },
		scene: { kind: 'table', focus, gpu }
	}));
}

function ringFrames(p: ZeroParams): readonly ZeroFrame[] {
	return ringScenes(p.collective, p.ringRanks).map((scene) => {
		const phase = scene.last?.phase;
		const key = phase === undefined ? `ring.${scene.collective}` : `ring.${phase}.step`;
		const { ranks, done, steps, sent, factor } = scene;
		const values = { ranks, done, steps, sent, factor, step: (scene.last?.step ?? 0) + 1, collective: scene.collective, own: ranks - 1 };
		const first = scene.last?.step === 0 || phase === undefined;
		return { caption: { key, values }, ...(first ? { mark: { key: phase ?? 'start' } } : {}), scene };
	});
}

function barFrames(p: ZeroParams): readonly ZeroFrame[] {
	const c = resolve(p);
	const scenes = p.view === 'recipes' ? recipeScenes(c, p) : activationScenes(c, p.tp);
	return scenes.map((scene, i) => {
		const lit = scene.rows.find((row) => row.lit);
		const { shape } = c;
		const values = {
			...{ parameters: c.parameters, ranks: c.ranks, tp: p.tp, layers: c.layers, lit: lit === undefined ? 0 : sumOf(lit) },
			...{ first: sumOf(scene.rows[0]!), last: sumOf(scene.rows.at(-1)!), gpu: c.gpu.name, seq: shape.seq, heads: shape.heads },
			...{
				hidden: shape.hidden,
				quadratic: (5 * shape.heads * shape.seq) / shape.hidden,
				largest: c.largestLayer,
				zeroInit: p.zeroInit ? 1 : 0
			},
			...{
				linear: 18 + (4 * (shape.ffn ?? 4 * shape.hidden)) / shape.hidden,
				overhead: selectiveOverhead(shape),
				code: 0,
				documentation: 0
			},
			...Object.fromEntries(scene.chart === 'zero2' ? scene.rows.map((row) => [row.id, sumOf(row)]) : []),
			...{ nodes: Math.ceil(c.ranks / Math.min(p.gpusPerNode, c.ranks)), gpusPerNode: Math.min(p.gpusPerNode, c.ranks) }
		};
		const key = scene.chart === 'layer' ? `layer.${scene.rows[i]!.key}` : scene.chart;
		return { caption: { key, values }, mark: { key }, scene };
	});
}

export function frames(p: ZeroParams): readonly ZeroFrame[] {
	if (p.view === 'step') return stepFrames(p);
	if (p.view === 'table') return tableFrames(p);
	return p.view === 'ring' ? ringFrames(p) : barFrames(p);
}
