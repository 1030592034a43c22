/** The river of mass: where every token's share stands in every column, and the ribbons between columns. Pure geometry. */
import type { Stage } from '#maths/sampling/chain.ts';
import type { SamplingFrame } from './model.ts';

/** A token, or a run of neighbouring tokens too small to show one by one, as a piece of a column. 0 is the top, 1 the bottom. */
export interface Segment {
	readonly id: string;
	/** The token, or -1 for a run of many. */
	readonly token: number;
	readonly y0: number;
	readonly y1: number;
	readonly mass: number;
	/** 1 when this stage cuts it, else 0; a number, so that it can be between. */
	readonly cut: number;
	/** How many tokens it stands for. */
	readonly count: number;
}

export interface Column {
	readonly segments: readonly Segment[];
	/** Segment index of each token of the vocabulary, -1 where it has no mass. */
	readonly at: Int32Array;
	/** The mass that each token is drawn with. */
	readonly mass: Float64Array;
	/** Where the kept mass ends and the cut mass begins, or undefined when this stage cuts nothing. */
	readonly cutAt: number | undefined;
}

/** What flows from one column to the next: a whole token or the part of one run that enters one other run. */
export interface Ribbon {
	readonly id: string;
	readonly token: number;
	readonly a0: number;
	readonly a1: number;
	readonly b0: number;
	readonly b1: number;
	/** Index of the target segment is cut there. */
	readonly cut: boolean;
}

/** What a column shows: the masses of a stage, and the ids that are cut there, ascending. */
export interface Shown {
	readonly stage: Stage;
	readonly cut: readonly number[];
}

/**
 * The masses that a column shows. A stage that only cuts is shown before its cut, so that one sees what goes; one that changes
 * probabilities is shown after; the draw shows what is left, renormalised.
 */
export function shownIn({ processor, stage, before, chain }: SamplingFrame): Shown {
	if (processor === 'draw') return { stage, cut: [] };
	const reweighs = processor === 'penalties' || processor === 'dry';
	const earlier = reweighs || stage.cut.length === 0 ? undefined : chain.stages.find(({ probs }) => probs === before);
	return { stage: earlier ?? stage, cut: stage.cut };
}

/** The tokens that are shown one by one: the `most` heaviest over all columns, and the one that is drawn. */
export function visibleTokens(frames: readonly SamplingFrame[], most: number): ReadonlySet<number> {
	const peak = new Map<number, number>();
	for (const frame of frames) {
		const { probs, ranked } = shownIn(frame).stage;
		// Whoever is among the heaviest of all is among the heaviest where it peaks.
		for (const id of ranked.slice(0, most)) peak.set(id, Math.max(peak.get(id) ?? 0, probs[id]!));
	}
	const best = [...peak].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most);
	const visible = new Set(best.map(([id]) => id));
	const drawn = frames.at(-1);
	if (drawn !== undefined && drawn.id >= 0) visible.add(drawn.id);
	return visible;
}

/** One column: visible tokens one by one, what lies between them as runs. Heights are the masses, to the last digit. */
export function columnOf({ stage, cut: ids }: Shown, visible: ReadonlySet<number>): Column {
	const { probs: mass, ranked } = stage;
	const isCut = new Uint8Array(mass.length);
	for (const id of ids) isCut[id] = 1;
	const isVisible = new Uint8Array(mass.length);
	for (const id of visible) isVisible[id] = 1;
	const at = new Int32Array(mass.length).fill(-1);
	const segments: { id: string; token: number; y0: number; y1: number; mass: number; cut: number; count: number }[] = [];
	let y = 0;
	let cutAt: number | undefined;
	// Most likely first, the kept before the cut.
	for (const cut of ids.length === 0 ? [0] : [0, 1]) {
		let runs = 0;
		let run: (typeof segments)[number] | undefined;
		for (const id of ranked) {
			if (isCut[id] !== cut) continue;
			if (cut === 1) cutAt ??= y;
			const m = mass[id]!;
			if (run !== undefined && isVisible[id] === 0) {
				run.y1 += m;
				run.mass += m;
				run.count += 1;
			} else {
				const single = isVisible[id] === 1;
				const name = single ? `t${id}` : `${cut === 1 ? 'cut' : 'rest'}${runs++}`;
				const segment = { id: name, token: single ? id : -1, y0: y, y1: y + m, mass: m, cut, count: 1 };
				segments.push(segment);
				run = single ? undefined : segment;
			}
			at[id] = segments.length - 1;
			y += m;
		}
	}
	return { segments, at, mass, cutAt };
}

/** The ribbons from column a to column b. What a cuts does not flow on. Their edges touch without gap or overlap on both sides. */
export function ribbonsOf(a: Column, b: Column): Ribbon[] {
	const list: { from: number; to: number; a: number; b: number; token: number }[] = [];
	/** Index in `list` plus 1 of each pair of segments. */
	const places = new Int32Array(a.segments.length * b.segments.length);
	for (let id = 0; id < a.at.length; id++) {
		const from = a.at[id]!;
		const to = b.at[id]!;
		if (from < 0 || to < 0) continue;
		const key = from * b.segments.length + to;
		const part = list[places[key]! - 1];
		if (part !== undefined) {
			part.a += a.mass[id]!;
			part.b += b.mass[id]!;
		} else if (a.segments[from]!.cut === 0) {
			const token = a.segments[from]!.token >= 0 ? a.segments[from]!.token : b.segments[to]!.token;
			places[key] = list.push({ from, to, a: a.mass[id]!, b: b.mass[id]!, token });
		}
	}
	const usedA = new Map<number, number>();
	const usedB = new Map<number, number>();
	const a0 = new Map<object, number>();
	for (const part of [...list].sort((x, y) => x.from - y.from || x.to - y.to)) {
		const start = usedA.get(part.from) ?? a.segments[part.from]!.y0;
		a0.set(part, start);
		usedA.set(part.from, start + part.a);
	}
	return list
		.sort((x, y) => x.to - y.to || x.from - y.from)
		.map((part) => {
			const target = b.segments[part.to]!;
			const b0 = usedB.get(part.to) ?? target.y0;
			usedB.set(part.to, b0 + part.b);
			const from = a.segments[part.from]!;
			const start = a0.get(part) ?? from.y0;
			return {
				id: `${from.id}>${target.id}`,
				token: part.token,
				a0: start,
				a1: start + part.a,
				b0,
				b1: b0 + part.b,
				cut: target.cut === 1
			};
		});
}

export interface LabelSpot {
	readonly segment: Segment;
	/** Middle of the segment and of its label, in pixels; they differ where labels had to make room for each other. */
	readonly y: number;
	readonly labelY: number;
}

/**
 * Places for labels beside a column: in order, at least `gap` pixels apart, within 0..height. A segment thinner than `thin` pixels gets a
 * name only while there is free room near it, the heaviest first; `always` is named whatever it weighs. Labels keep the order of the
 * segments, so that no two leaders cross.
 */
export function labelSpots(segments: readonly Segment[], height: number, gap: number, thin: number, always = -2): LabelSpot[] {
	const size = (segment: Segment): number => (segment.y1 - segment.y0) * height;
	const wanted = [...segments].sort((a, b) => Number(b.token === always) - Number(a.token === always) || b.mass - a.mass);
	let chosen: Segment[] = [];
	for (const segment of wanted) {
		const more = segments.filter((s) => s === segment || chosen.includes(s));
		const spots = spread(more, height, gap);
		if (spots.length * gap > height) continue;
		const moved = (spot: LabelSpot): number => Math.abs(spot.labelY - spot.y);
		// A thin segment's name may stand a little aside, but must not push the name of a thick one out of its segment.
		const fits = spots.every((spot) => (size(spot.segment) >= thin ? moved(spot) <= size(spot.segment) / 3 + 2 : moved(spot) <= 1.6 * gap));
		if (segment.token === always || size(segment) >= thin || fits) chosen = more;
	}
	return spread(chosen, height, gap);
}

/** Middles of the segments, pushed apart to `gap`: down from the top, then back up from the bottom. */
function spread(segments: readonly Segment[], height: number, gap: number): LabelSpot[] {
	const y = segments.map((segment) => ((segment.y0 + segment.y1) / 2) * height);
	const placed = [...y];
	let low = gap / 2;
	placed.forEach((at, i) => {
		placed[i] = Math.max(at, low);
		low = placed[i] + gap;
	});
	let high = height - gap / 2;
	for (let i = placed.length - 1; i >= 0; i--) {
		placed[i] = Math.min(placed[i]!, high);
		high = placed[i]! - gap;
	}
	return segments.map((segment, i) => ({ segment, y: y[i]!, labelY: placed[i]! }));
}

export interface Places {
	/** x of each column's middle, in pixels, before the camera. */
	readonly x: readonly number[];
	readonly columnWidth: number;
	readonly left: number;
	readonly right: number;
}

/** Where the columns stand: evenly over the width, or at the least spacing that can be read, with the camera following the front. */
export function columnPlaces(count: number, width: number, t: number): Places {
	const phone = width < 520;
	const left = phone ? 64 : 118;
	const right = phone ? 62 : 128;
	const columnWidth = phone ? 34 : 52;
	const room = width - left - right - columnWidth;
	const least = phone ? 50 : 98;
	const spacing = count < 2 ? 0 : Math.min(phone ? 90 : 210, Math.max(least, room / (count - 1)));
	const overflow = Math.max(0, spacing * (count - 1) - room);
	const share = count < 2 ? 0 : t / (count - 1);
	// A short chain stands in the middle of its room rather than at its left edge.
	const slack = Math.max(0, (room - spacing * (count - 1)) / 2);
	const x0 = left + columnWidth / 2 + slack - overflow * share;
	return { x: Array.from({ length: count }, (_, i) => x0 + i * spacing), columnWidth, left, right };
}

/** A ribbon as an SVG path: two cubic edges with level ends. */
export function ribbonPath(x0: number, x1: number, a0: number, a1: number, b0: number, b1: number): string {
	const mid = (x0 + x1) / 2;
	const n = (v: number): string => String(Math.round(v * 100) / 100);
	return `M${n(x0)} ${n(a0)}C${n(mid)} ${n(a0)} ${n(mid)} ${n(b0)} ${n(x1)} ${n(b0)}L${n(x1)} ${n(b1)}C${n(mid)} ${n(b1)} ${n(mid)} ${n(a1)} ${n(x0)} ${n(a1)}Z`;
}
