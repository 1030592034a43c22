/** The part of a time axis that is shown: D3's zoom transform over [0, total], kept inside it. D3 computes; the page has the events. */
import { scaleLinear, zoomIdentity, type ZoomTransform } from 'd3';

export interface TimeWindow {
	readonly from: number;
	readonly to: number;
}

/** How far in one may look: this many times the whole axis at most. */
export const MOST_ZOOM = 4096;

const transformOf = ({ from, to }: TimeWindow, total: number): ZoomTransform => {
	const k = total / (to - from);
	return zoomIdentity.scale(k).translate(-from, 0);
};

function windowOf(transform: ZoomTransform, total: number): TimeWindow {
	const k = Math.min(MOST_ZOOM, Math.max(1, transform.k));
	const [from = 0] = transform.rescaleX(scaleLinear([0, total], [0, total])).domain();
	const span = total / k;
	const start = Math.min(total - span, Math.max(0, from));
	return { from: start, to: start + span };
}

export const whole = (total: number): TimeWindow => ({ from: 0, to: total });
export const isWhole = ({ from, to }: TimeWindow, total: number): boolean => to - from >= total * (1 - 1e-9);

/** Closer by `factor` (or further, below 1); time `at` stays where it is. */
export function zoomed(window: TimeWindow, total: number, at: number, factor: number): TimeWindow {
	const before = transformOf(window, total);
	const k = Math.min(MOST_ZOOM, Math.max(1, before.k * factor));
	return windowOf(zoomIdentity.translate(before.applyX(at), 0).scale(k).translate(-at, 0), total);
}

/** Later by `time` (or earlier, below 0). */
export const panned = (window: TimeWindow, total: number, time: number): TimeWindow =>
	windowOf(transformOf(window, total).translate(-time, 0), total);

/** The window of this length around a time; the whole axis when it is no longer than that. */
export function around(total: number, span: number, at: number): TimeWindow {
	if (span <= 0 || span >= total) return whole(total);
	const start = Math.min(total - span, Math.max(0, at - span / 2));
	return { from: start, to: start + span };
}
