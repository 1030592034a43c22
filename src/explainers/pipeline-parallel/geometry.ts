/** Where everything is, from the width and the story alone. All in CSS pixels. */
import type { Story } from './story.ts';

export interface Geometry {
	readonly phone: boolean;
	/** The rows: left edge, width, top; from row to row; heights of cell and memory strip. */
	readonly x: number;
	readonly w: number;
	readonly y: number;
	readonly pitch: number;
	readonly cellH: number;
	readonly stripY: number;
	readonly stripH: number;
	readonly rows: number;
	readonly bottom: number;
	readonly legendY: number;
	/** The small picture of the whole, where single slots would be too narrow. */
	readonly map: { readonly y: number; readonly h: number } | undefined;
	readonly height: number;
}

const TOP = 38;
/** Below this many pixels for the shortest operation a reader will want to look closer. */
const NARROW = 6;

const clamp = (x: number, low: number, high: number): number => Math.max(low, Math.min(high, x));

/** Lines of the legend, which has four entries and one more for each of W, versions and chunks. */
function legendLines(phone: boolean, { split, versions, schedule }: Story): number {
	const entries = 4 + Number(split) + Number(versions !== undefined) + Number(schedule.layout.chunks > 1);
	return phone ? Math.ceil(entries / 2) : entries > 5 ? 2 : 1;
}

export function geometryOf(width: number, story: Story): Geometry {
	const { counts, axis, schedule } = story;
	const phone = width < 600;
	const rows = counts.stages;
	const x = phone ? 24 : 66;
	const w = width - x - (phone ? 8 : 14);
	const pitch = clamp((phone ? 400 : 560) / rows, phone ? 6 : 8.5, phone ? 44 : 52);
	const cellH = Math.round(pitch * 0.68 * 2) / 2;
	const stripH = Math.max(1.5, Math.round(pitch * 0.2 * 2) / 2);
	const bottom = TOP + rows * pitch;
	const { tF, tI, tW } = schedule.durations;
	const dense = (w / axis) * Math.min(tF, tI + tW) < NARROW;
	const legendY = bottom + 14;
	const legendH = 16 * (legendLines(phone, story) - 1);
	const mapY = legendY + 20 + legendH;
	const map = dense ? { y: mapY, h: clamp(rows * 1.5, 20, 48) } : undefined;
	const height = (map === undefined ? legendY + 10 + legendH : map.y + map.h) + 8;
	return { phone, x, w, y: TOP, pitch, cellH, stripY: cellH + 1, stripH, rows, bottom, legendY, map, height };
}
