/** The stage of the heads: every row is drawn to one scale, so that a width is a count of numbers. Pure geometry. */
import type { Mark } from '#kit/player/between.ts';
import type { HeadsScene, Step } from './frames-heads.ts';

/** What a box is, which gives it its colour and its sentence. */
export type Tone = 'state' | 'query' | 'key' | 'value' | 'rope' | 'score' | 'output' | 'weights' | 'free' | 'frame';
export interface Box extends Mark {
	readonly x: number;
	readonly y: number;
	readonly w: number;
	readonly h: number;
	readonly opacity: number;
	/** 1 for every second group: neighbours that share look alike. */
	readonly shade: number;
	readonly tone: Tone;
	/** Query head, or KV head, or GPU, as the tone has it. */
	readonly index: number;
	readonly row: 'state' | 'query' | 'copy' | 'kv' | 'cache' | 'gpu';
}
/** From a stored KV head (bottom, a) up to a query head or its copy (top, b). */
export interface Ribbon extends Mark {
	readonly a0: number;
	readonly a1: number;
	readonly b0: number;
	readonly b1: number;
	readonly bottom: number;
	readonly top: number;
	readonly key: number;
	readonly value: number;
	readonly head: number;
	readonly kv: number;
	/** 1 where the query head was trained with another KV head. */
	readonly wrong: number;
}
export interface Stage {
	readonly boxes: readonly Box[];
	readonly ribbons: readonly Ribbon[];
	/** Where one GPU's share of the heads ends and the next one's begins. */
	readonly borders: readonly number[];
	/** Width of one cell of the query row. */
	readonly cell: number;
}

/** Top edges of the rows; a label stands above each, the one of the KV row below it. */
export const Y = { state: 20, query: 70, copy: 138, kv: 208, cache: 300, gpu: 362 } as const;
export const HEIGHT = 392;
const ROW = 18;

/** How strongly each part is lit at a step, 0 to 1. */
interface Light {
	readonly state: number;
	readonly query: number;
	readonly kv: number;
	readonly key: number;
	readonly value: number;
	readonly copy: number;
	readonly cache: number;
	readonly score: number;
	readonly output: number;
}
const LIGHT: Readonly<Record<Step, Light>> = {
	project: { state: 1, query: 1, kv: 1, key: 0.3, value: 0, copy: 0, cache: 0.3, score: 0, output: 0 },
	cache: { state: 0.3, query: 0.3, kv: 1, key: 0.2, value: 0, copy: 0, cache: 1, score: 0, output: 0 },
	repeat: { state: 0.3, query: 1, kv: 1, key: 0.6, value: 0, copy: 1, cache: 0.3, score: 0, output: 0 },
	tile: { state: 0.3, query: 1, kv: 1, key: 0.6, value: 0, copy: 1, cache: 0.3, score: 0, output: 0 },
	expand: { state: 0.3, query: 1, kv: 1, key: 0.6, value: 0, copy: 1, cache: 0.3, score: 0, output: 0 },
	absorb: { state: 0.3, query: 1, kv: 1, key: 0.5, value: 0, copy: 0, cache: 0.3, score: 0, output: 0 },
	score: { state: 0, query: 1, kv: 0.7, key: 0.8, value: 0, copy: 0, cache: 0.3, score: 1, output: 0 },
	output: { state: 0, query: 0.3, kv: 0.7, key: 0, value: 0.8, copy: 0, cache: 0.3, score: 0, output: 1 },
	ladder: { state: 0.3, query: 1, kv: 1, key: 0.6, value: 0, copy: 0, cache: 1, score: 0, output: 0 }
};

interface Ruler {
	readonly width: number;
	/** Pixels for one number. */
	readonly unit: number;
	readonly stored: number;
	/** Width of one stored K (or V) in numbers. */
	readonly each: number;
}
function rulerOf(scene: HeadsScene, width: number): Ruler {
	const { heads, headDim, hidden, latent } = scene.shape;
	const { stored } = scene.figures;
	const each = latent === null ? headDim : latent.kvRank + latent.ropeDim;
	return { width, stored, each, unit: width / Math.max(heads * headDim, hidden, stored * each) };
}

/** The boxes of one row of equal cells, spread evenly over the whole width. */
function spread(n: number, w: number, width: number): readonly number[] {
	return Array.from({ length: n }, (_, i) => ((i + 0.5) * width) / n - w / 2);
}

const box = (
	id: string,
	row: Box['row'],
	tone: Tone,
	x: number,
	y: number,
	w: number,
	h: number,
	opacity = 1,
	index = 0,
	shade = 0
): Box => ({
	...{ id, row, tone, x, y, w, h, opacity, index, shade }
});

function cacheBoxes({ shape }: HeadsScene, { unit, stored }: Ruler, light: number): Box[] {
	const y = Y.cache;
	const half = ROW / 2;
	const { heads, headDim, latent } = shape;
	const frame = box('mha', 'cache', 'frame', 0, y, heads * headDim * unit, ROW);
	if (latent === null) {
		const w = headDim * unit;
		return [
			frame,
			...Array.from({ length: stored }, (_, g) => [
				box(`ck${g}`, 'cache', 'key', g * w, y, w, half, light, g, g % 2),
				box(`cv${g}`, 'cache', 'value', g * w, y + half, w, half, light, g, g % 2)
			]).flat()
		];
	}
	// A latent is one row of numbers, not two: half as high as a key with its value, its upper half serving as keys, its lower as values.
	const [c, r] = [latent.kvRank * unit, latent.ropeDim * unit];
	return [
		frame,
		...Array.from({ length: stored }, (_, g) => {
			const x = g * (c + r);
			return [
				box(`ck${g}`, 'cache', 'key', x, y + half / 2, c, half / 2, light, g, g % 2),
				box(`cv${g}`, 'cache', 'value', x, y + half, c, half / 2, light, g, g % 2),
				box(`cr${g}`, 'cache', 'rope', x + c, y + half / 2, r, half, light, g, g % 2)
			];
		}).flat()
	];
}

/** Memory of one GPU: weights, the caches of the batch, and as many more as fit. */
function gpuBoxes({ figures: f, memory, batch }: HeadsScene, width: number): Box[] {
	const x = (bytes: number): number => (Math.min(bytes, memory) / memory) * width;
	const [w, end] = [x(f.gpuWeights), x(f.gpuWeights + f.gpuCache)];
	const last = x(f.gpuWeights + Math.max(batch, f.sequences) * f.gpuSequence);
	return [
		box('gw', 'gpu', 'weights', 0, Y.gpu, w, ROW),
		box('gk', 'gpu', 'key', w, Y.gpu, end - w, ROW / 2),
		box('gv', 'gpu', 'value', w, Y.gpu + ROW / 2, end - w, ROW / 2),
		box('gf', 'gpu', 'free', end, Y.gpu, Math.max(0, last - end), ROW),
		box('gm', 'gpu', 'frame', 0, Y.gpu, width, ROW)
	];
}

function kvBoxes(scene: HeadsScene, ruler: Ruler, light: number): Box[] {
	const { latent } = scene.shape;
	const xs = spread(ruler.stored, ruler.each * ruler.unit, ruler.width);
	return xs.flatMap((x, g) => {
		if (latent === null) {
			const w = ruler.each * ruler.unit;
			return [
				box(`k${g}`, 'kv', 'key', x, Y.kv, w, ROW, light, g, g % 2),
				box(`v${g}`, 'kv', 'value', x, Y.kv + ROW, w, ROW, light, g, g % 2)
			];
		}
		const [c, r] = [latent.kvRank * ruler.unit, latent.ropeDim * ruler.unit];
		return [
			box(`k${g}`, 'kv', 'key', x, Y.kv + ROW / 2, c, ROW / 2, light, g),
			box(`v${g}`, 'kv', 'value', x, Y.kv + ROW, c, ROW / 2, light, g),
			box(`r${g}`, 'kv', 'rope', x + c, Y.kv + ROW / 2, r, ROW, light, g)
		];
	});
}

export function stageOf(scene: HeadsScene, width: number): Stage {
	const { shape, slots, step, tp } = scene;
	const { heads, headDim, hidden, latent } = shape;
	const light = LIGHT[step];
	const ruler = rulerOf(scene, width);
	const { unit, stored } = ruler;
	const cell = headDim * unit;
	const qx = spread(heads, cell, width);
	const perCell = heads / stored;
	const kvX = spread(stored, ruler.each * unit, width);
	const boxes: Box[] = [box('x', 'state', 'state', (width - hidden * unit) / 2, Y.state, hidden * unit, ROW, light.state)];
	const ribbons: Ribbon[] = [];
	/** Many ribbons over one another stay as dark as few. */
	const alpha = 0.62 / perCell ** 0.55;
	for (let i = 0; i < heads; i++) {
		const kv = Math.floor(i / perCell);
		const x = qx[i]!;
		const slot = qx[slots[i]!]!;
		const shade = kv % 2;
		boxes.push(box(`q${i}`, 'query', 'query', x, Y.query, cell, ROW + 4, light.query, i, shade));
		boxes.push(box(`s${i}`, 'state', 'score', x, Y.state, cell, ROW, light.score, i, shade));
		boxes.push(box(`o${i}`, 'state', 'output', x, Y.state, cell, ROW, light.output, i, shade));
		// A copy starts as its original and moves up beside the head that reads it.
		const at = light.copy === 1 ? { x: slot, y: Y.copy } : { x: kvX[kv]!, y: Y.kv };
		const h = light.copy === 1 ? 10 : ROW;
		boxes.push(
			box(`a${i}`, 'copy', 'key', at.x, at.y, cell, h, light.copy, i, shade),
			box(`b${i}`, 'copy', 'value', at.x, at.y + h, cell, h, light.copy, i, shade)
		);
		const bottom = latent === null ? Y.kv : Y.kv + ROW / 2;
		const top = light.copy === 1 ? Y.copy + 20 : Y.query + ROW + 4;
		const base = kvX[kv]!;
		ribbons.push({
			...{
				id: `r${i}`,
				a0: base,
				a1: base + ruler.each * unit,
				b0: slot,
				b1: slot + cell,
				bottom,
				top,
				head: slots[i]!,
				kv,
				wrong: Math.floor(slots[i]! / perCell) === kv ? 0 : 1
			},
			...{ key: light.key * alpha, value: light.value * alpha }
		});
	}
	return {
		boxes: [...boxes, ...kvBoxes(scene, ruler, light.kv), ...cacheBoxes(scene, ruler, light.cache), ...gpuBoxes(scene, width)],
		...{ ribbons, cell, borders: tp === 1 ? [] : Array.from({ length: tp - 1 }, (_, i) => ((i + 1) * width) / tp) }
	};
}

/** A ribbon as a path that leaves and arrives upright. */
export function ribbonPath({ a0, a1, b0, b1, bottom, top }: Ribbon): string {
	const m = (bottom + top) / 2;
	const n = (x: number): string => x.toFixed(2);
	return `M${n(a0)} ${bottom}C${n(a0)} ${m} ${n(b0)} ${m} ${n(b0)} ${top}L${n(b1)} ${top}C${n(b1)} ${m} ${n(a1)} ${m} ${n(a1)} ${bottom}Z`;
}
