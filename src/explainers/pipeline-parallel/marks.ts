/** What the window shows of the schedule: cells, idle stretches, and the steps of memory, as the picture needs them. */
import type { Tone } from '#kit/figure/cells.ts';
import type { TimeWindow } from '#kit/figure/time-window.ts';
import { EPSILON, operationAt } from '#maths/pipeline/idle.ts';
import { memoryAt } from '#maths/pipeline/memory.ts';
import { B, F, FB, I, W } from '#maths/pipeline/op.ts';
import type { Story } from './story.ts';

export const FILLS = ['var(--forward)', 'var(--backward)', 'var(--backward)', 'var(--weight)'] as const;
export const INKS = ['var(--forward-ink)', 'var(--backward-ink)', 'var(--backward-ink)', 'var(--weight-ink)'] as const;
export const IDLE: Tone = { fill: 'var(--idle)', alpha: 0.5 };

/** The first chunk in full colour, later ones paler: 1 down to 0.5. */
export const shade = (chunk: number, chunks: number): number => (chunks <= 1 ? 1 : 1 - (0.5 * chunk) / (chunks - 1));

/** What is drawn of an operation: itself, or of an overlapped pair a forward over a backward. `y` and `h` in pixels. */
export interface Half {
	readonly kind: number;
	readonly chunk: number;
	readonly microbatch: number;
	readonly y: number;
	readonly h: number;
}
export function halvesOf({ schedule }: Story, op: number, y: number, height: number): Half[] {
	const { kind, stage, microbatch, stage2, microbatch2, layout } = schedule;
	const chunk = (s: number): number => layout.chunk[s]!;
	const own = { chunk: chunk(stage[op]!), microbatch: microbatch[op]!, y };
	if (kind[op] !== FB) return [{ ...own, kind: kind[op]!, h: height }];
	const under = { kind: B, chunk: chunk(stage2[op]!), microbatch: microbatch2[op]!, y: y + height / 2, h: height / 2 };
	return [{ ...own, kind: F, h: height / 2 }, under];
}

/** Tones of the canvas: idle, then each of forward, backward, weight by chunk, then pairs. */
export function tonesOf({ schedule }: Story): Tone[] {
	const { chunks } = schedule.layout;
	const tones: Tone[] = [IDLE];
	for (const kind of [F, B, W] as const) for (let c = 0; c < chunks; c++) tones.push({ fill: FILLS[kind], alpha: shade(c, chunks) });
	return tones;
}
export function toneOf({ schedule }: Story, op: number): number {
	const { layout, kind, stage } = schedule;
	const what = kind[op]!;
	const family = what === F || what === FB ? 0 : what === B || what === I ? 1 : 2;
	return 1 + family * layout.chunks + layout.chunk[stage[op]!]!;
}

/** First and end of the operations of a device that touch the window. */
export function visible({ schedule }: Story, device: number, { from, to }: TimeWindow): [number, number] {
	const { offsets, start } = schedule;
	const first = operationAt(schedule, device, from);
	let [low, high] = [first, offsets[device + 1]!];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (start[middle]! < to - EPSILON) low = middle + 1;
		else high = middle;
	}
	return [first, low];
}

/** Every operation of the window, from each device's first and end. */
export const opsOf = (ranges: readonly (readonly [number, number])[]): { readonly device: number; readonly op: number }[] =>
	ranges.flatMap(([first, end], device) => Array.from({ length: end - first }, (_, i) => ({ device, op: first + i })));

/** Triples [start, end, tone, …) of a device for the canvas. A pair is a forward for the first half of its time: the mix is what counts. */
export function cellsOf(story: Story, device: number, window: TimeWindow): number[] {
	const { schedule } = story;
	const { start, end, kind, layout, stage2, makespan, offsets } = schedule;
	const [first, last] = visible(story, device, window);
	const out: number[] = [];
	let at = first === offsets[device]! ? 0 : end[first - 1]!;
	for (let op = first; op < last; op++) {
		const [a, b] = [start[op]!, end[op]!];
		if (a - at > EPSILON) out.push(at, a, 0);
		if (kind[op] === FB) {
			out.push(a, (a + b) / 2, toneOf(story, op), (a + b) / 2, b, 1 + layout.chunks + layout.chunk[stage2[op]!]!);
		} else out.push(a, b, toneOf(story, op));
		at = b;
	}
	const over = last === offsets[device + 1]!;
	const until = over ? makespan : last < offsets[device + 1]! ? start[last]! : at;
	if (until - at > EPSILON) out.push(at, until, 0);
	return out;
}

export interface Stretch {
	readonly device: number;
	readonly from: number;
	readonly to: number;
}
/** Idle stretches that touch the window. */
export function idlesOf(story: Story, window: TimeWindow): Stretch[] {
	const found: Stretch[] = [];
	for (let device = 0; device < story.schedule.layout.devices; device++) {
		const triples = cellsOf(story, device, window);
		for (let i = 0; i < triples.length; i += 3) if (triples[i + 2] === 0) found.push({ device, from: triples[i]!, to: triples[i + 1]! });
	}
	return found;
}

/** Greatest number of chunks that any device keeps: the top of every strip. */
export const mostHeld = ({ memories }: Story): number => memories.reduce((most, { peakUntilWeight }) => Math.max(most, peakUntilWeight), 1);

/** Levels of the strips' canvas. */
export const LEVELS = 12;
export const STRIP_TONES: readonly Tone[] = Array.from({ length: LEVELS + 1 }, (_, i) => ({
	fill: 'var(--activations)',
	alpha: i / LEVELS
}));

/** The strip of a device as triples of [start, end, level), the level being what is kept of the most. */
export function levelsOf(story: Story, device: number, window: TimeWindow): number[] {
	const { time, held, kept } = story.memories[device]!;
	const most = mostHeld(story);
	const out: number[] = [];
	for (let i = memoryAt(story.memories[device]!, window.from); i < time.length && time[i]! < window.to; i++) {
		const to = i + 1 < time.length ? time[i + 1]! : story.schedule.makespan;
		const level = Math.round(((held[i]! + kept[i]!) / most) * LEVELS);
		if (to > time[i]! && level > 0) out.push(time[i]!, to, level);
	}
	return out;
}

/** Steps [time, value, time, value, …] that touch the window, as the outline of an area over `base`. */
export function stepPath(
	steps: readonly (readonly [number, number])[],
	end: number,
	x: (t: number) => number,
	y: (v: number) => number,
	closed: boolean
): string {
	const [first, ...rest] = steps;
	if (first === undefined) return '';
	const parts = [closed ? `M${x(first[0])} ${y(0)}V${y(first[1])}` : `M${x(first[0])} ${y(first[1])}`];
	for (const [t, v] of rest) parts.push(`H${x(t)}V${y(v)}`);
	parts.push(`H${x(end)}`);
	if (closed) parts.push(`V${y(0)}z`);
	return parts.join('');
}

/** Memory of a device in the window: held, and held with what is kept for W. */
export function memorySteps(story: Story, device: number, window: TimeWindow): { held: [number, number][]; all: [number, number][] } {
	const memory = story.memories[device]!;
	const { time, held, kept } = memory;
	const out: { held: [number, number][]; all: [number, number][] } = { held: [], all: [] };
	for (let i = memoryAt(memory, window.from); i < time.length && time[i]! < window.to; i++) {
		const t = Math.max(window.from, time[i]!);
		out.held.push([t, held[i]!]);
		out.all.push([t, held[i]! + kept[i]!]);
	}
	return out;
}

/** Weight versions that a device holds along the window (PipeDream): one before its first update. */
export function versionSteps(story: Story, device: number, window: TimeWindow): [number, number][] {
	const held = story.versions?.held[device];
	if (held === undefined) return [];
	const { offsets, start, end, kind } = story.schedule;
	const first = offsets[device]!;
	const out: [number, number][] = [[window.from, 1]];
	for (let i = 0; i < held.length; i++) {
		const t = kind[first + i] === F ? start[first + i]! : end[first + i]!;
		if (t >= window.to) break;
		if (t <= window.from) out.length = 0;
		out.push([Math.max(window.from, t), held[i]!]);
	}
	return out;
}
