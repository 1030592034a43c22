/**
 * The marks of the river as plain objects, made in one go for a whole picture: each mark then follows from one value alone, which is what
 * keeps a dragged slider within a frame.
 */
import { textWidth } from '#kit/text/clip.ts';
import { fixed, number } from '#kit/text/format.ts';
import type { SamplingText } from './labels.ts';
import { ribbonPath, type Ribbon, type Segment } from './layout.ts';
import { round } from './round.ts';

export interface Bar {
	readonly id: string;
	readonly segment: Segment;
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	readonly rx: number;
	readonly fill: string;
	readonly opacity: number;
	/** Of the grey over it while a stage is cutting it, else 0. */
	readonly veil: number;
	readonly label: string;
	readonly labelX: number;
	readonly labelY: number;
	readonly labelFill: string;
}

/** All ribbons between two columns that look alike, as one path. */
export interface Stream {
	readonly id: string;
	readonly path: string;
	readonly fill: string;
	readonly opacity: number;
}

export interface Box {
	readonly columnWidth: number;
	/** Top and height of the columns, in pixels. */
	readonly top: number;
	readonly height: number;
	/** How dark each token is, 0..1. */
	readonly shade: ReadonlyMap<number, number>;
}

const PALE = 0.2;
const hundredth = (v: number): number => Math.round(v * 100) / 100;

/** The pieces of a column whose middle is at x. A number is written where it fits. */
export function barsOf(segments: readonly Segment[], x: number, { columnWidth, top, height, shade }: Box): Bar[] {
	return segments.map((segment) => {
		const y = round(top + segment.y0 * height);
		const h = round((segment.y1 - segment.y0) * height);
		const gap = h > 4 ? 1.5 : h > 1.5 ? 0.5 : 0;
		const alpha = segment.token < 0 ? PALE : (shade.get(segment.token) ?? PALE);
		const gone = segment.cut === 1;
		return {
			id: segment.id,
			segment,
			x: round(x - columnWidth / 2),
			y: round(y + gap / 2),
			width: columnWidth,
			height: round(Math.max(0, h - gap)),
			rx: h > 6 ? 2 : 0,
			fill: gone ? 'var(--cut)' : 'var(--kept)',
			opacity: gone ? 1 : hundredth(alpha * (1 - segment.cut)),
			veil: gone ? 0 : hundredth(segment.cut),
			label: h >= 17 && segment.token >= 0 ? fixed(segment.mass * 100, segment.mass >= 0.9995 ? 0 : 1) : '',
			labelX: round(x),
			labelY: round(top + ((segment.y0 + segment.y1) / 2) * height),
			labelFill: segment.cut > 0.5 ? 'var(--cut-ink)' : alpha > 0.9 ? 'var(--kept-ink)' : 'var(--kept-pale-ink)'
		};
	});
}

/** The ribbons between two columns at x0 and x1; `lit` is the token whose way is shown. What is thinner than a screen can show is left out. */
export function streamsOf(ribbons: readonly Ribbon[], x0: number, x1: number, lit: number | undefined, box: Box): Stream[] {
	const { columnWidth, top, height, shade } = box;
	const y = (share: number): number => round(top + share * height);
	const out = new Map<string, { id: string; path: string; fill: string; opacity: number }>();
	for (const { token, a0, a1, b0, b1, cut } of ribbons) {
		if (Math.max(a1 - a0, b1 - b0) * height <= 0.15) continue;
		const alpha = cut ? 0.3 : token < 0 ? 0.12 : 0.34 * (shade.get(token) ?? PALE) + 0.08;
		const opacity = hundredth(lit === undefined ? alpha : token === lit ? 0.62 : 0.05);
		const id = `${cut ? 'cut' : 'kept'}${opacity}`;
		const path = ribbonPath(x0 + columnWidth / 2, x1 - columnWidth / 2, y(a0), y(a1), y(b0), y(b1));
		const alike = out.get(id);
		if (alike === undefined) out.set(id, { id, path, fill: cut ? 'var(--cut)' : 'var(--kept)', opacity });
		else alike.path += path;
	}
	return [...out.values()];
}

/** How many tokens a band stands for, in words where `room` pixels hold them. */
export function restName(text: SamplingText, n: number, room: number): string {
	const words = text.more({ n });
	return textWidth(words) <= room ? words : `+${number(n, 9)}`;
}
