/** Where everything stands, in CSS pixels; nothing here knows what is drawn, only how much of it there is. */
import { blocksFor } from '#maths/paged/blocks-for.ts';
import { NO_DATA } from './data.ts';
import { isWritten, type PagedParams } from './params.ts';
import { setupOf } from './scenes.ts';

export interface Box {
	readonly x: number;
	readonly y: number;
	readonly w: number;
	readonly h: number;
}
export interface Geometry {
	readonly phone: boolean;
	/** Slots are wide enough for words. */
	readonly words: boolean;
	readonly logical: Box;
	readonly physical: Box;
	readonly bars: Box;
	readonly timeline: Box;
	readonly curve: Box;
	readonly height: number;
}

/** Requests that a state can have at most, known without running it. */
function rowsOf(p: PagedParams): number {
	if (p.scene === 'workload') return p.count;
	if (p.scene === 'multiturn') return p.turns * (p.requests.length > 1 ? 2 : 1);
	if (isWritten(p)) return p.scene === 'several' ? 2 : 1;
	if (p.scene === 'prefix') return Math.max(2, p.requests.length);
	return ['single', 'parallel', 'beam'].includes(p.scene) || p.scene.startsWith('paper-') ? 1 : p.requests.length;
}

export const ROW = 16;
const HEAD = 22;
const FREE = 26;
const HIGHEST = 300;

/** Height of the upper part: as much as what is in it, within limits. */
function topOf(p: PagedParams, words: boolean, box: { readonly left: number; readonly right: number }): number {
	if (p.scene === 'workload' || (p.blocks ?? 0) > 400) {
		const { blocks } = setupOf({ ...p, count: 1 }, NO_DATA);
		return Math.max(190, gridHeight(gridOf({ x: 0, y: 0, w: box.right, h: 240 }, blocks), blocks) + FREE + 2);
	}
	if (p.scene.startsWith('paper-')) return p.scene === 'paper-fig9' ? 210 : 196;
	if (words) return p.scene === 'single' ? 190 : HIGHEST;
	const { requests, blocks, blockSize } = setupOf(p, NO_DATA);
	const grid = gridOf({ x: 0, y: 0, w: box.right, h: 246 }, blocks);
	const items = requests.flatMap((r, i) =>
		Array.from({ length: r.samples }, (_, j) => ({
			sequence: 100 * i + j,
			blocks: Array(blocksFor(r.prompt + r.output, blockSize)).fill([0, 0])
		}))
	);
	const last = logicalOf({ x: 0, y: 0, w: box.left, h: 272 }, items, blockSize, false, 32).blocks.at(-1);
	return Math.min(272, Math.max(120, gridHeight(grid, blocks) + FREE, (last?.y ?? 0) + 30));
}

export function geometryOf(width: number, p: PagedParams): Geometry {
	const phone = width < 560;
	const words = (isWritten(p) && p.blockSize <= 8) || p.scene === 'paper-fig6' || p.scene === 'paper-fig8';
	const large = p.scene === 'workload' || (p.blocks ?? 0) > 400;
	const gap = Math.max(36, width * 0.06);
	const left = phone ? width : Math.floor((width - gap) * (large ? 0.36 : 0.5));
	const top = topOf(p, words, { left, right: phone ? width - 2 : width - left - gap - 1 });
	const logicalHeight = phone ? (large ? 130 : Math.min(top, words ? 290 : 210)) : top;
	const logical = { x: 0, y: HEAD, w: left, h: logicalHeight };
	const physical = phone
		? { x: 1, y: HEAD + logical.h + 30, w: width - 2, h: large ? top - FREE : 190 }
		: { x: left + gap, y: HEAD, w: width - left - gap - 1, h: top - FREE };
	const below = Math.max(logical.y + logical.h, physical.y + physical.h + FREE) + 30;
	const pair = !p.scene.startsWith('paper-') && p.versus !== 'none' && p.versus !== p.policy;
	const bars = { x: phone ? 0 : 120, y: below, w: phone ? width : width - 120, h: (phone ? 92 : 50) + (pair ? (phone ? 40 : 26) : 0) };
	const rows = Math.min(132, Math.max(ROW, rowsOf(p) * ROW));
	const label = rowsOf(p) > 999 ? 42 : 32;
	const timeline = { x: label, y: bars.y + bars.h + 44, w: width - label - 10, h: rows };
	const curve = { x: label, y: timeline.y + timeline.h + 36, w: timeline.w, h: 44 };
	return { phone, words, logical, physical, bars, timeline, curve, height: curve.y + curve.h + 26 };
}

/** A grid of `count` cells in a box: as large as they can be up to `most` wide; below 30 pixels they are squares without inner life. */
export interface Grid extends Box {
	readonly columns: number;
	readonly cellW: number;
	readonly cellH: number;
	readonly gap: number;
	readonly tiles: boolean;
}
export function gridOf(box: Box, count: number): Grid {
	for (let columns = 1; columns <= count; columns++) {
		const gap = 6;
		const cellW = (box.w - (columns - 1) * gap) / columns;
		if (cellW < 34) break;
		const rows = Math.ceil(count / columns);
		const cellH = Math.min(cellW * 0.72, 62, (box.h - (rows - 1) * gap) / rows);
		if (cellW <= 104 && cellH >= 30) return { ...box, columns, cellW, cellH, gap, tiles: false };
	}
	let size = Math.max(1, Math.floor(Math.sqrt((box.w * box.h) / count)));
	while (size > 1 && Math.ceil(count / Math.floor(box.w / size)) * size > box.h) size--;
	size = Math.min(size, 18);
	return {
		...box,
		x: Math.round(box.x),
		y: Math.round(box.y),
		columns: Math.max(1, Math.floor(box.w / size)),
		cellW: size,
		cellH: size,
		gap: size >= 4 ? 1 : 0,
		tiles: true
	};
}
/** Height that the cells really take. */
const gridHeight = (grid: Grid, count: number): number => Math.ceil(count / grid.columns) * (grid.cellH + (grid.tiles ? 0 : grid.gap));

export function cellAt(grid: Grid, index: number): { x: number; y: number } {
	const stepX = grid.cellW + (grid.tiles ? 0 : grid.gap);
	const stepY = grid.cellH + (grid.tiles ? 0 : grid.gap);
	return { x: grid.x + (index % grid.columns) * stepX, y: grid.y + Math.floor(index / grid.columns) * stepY };
}

/**
 * Squares as paths, one for each look: thousands of blocks are a handful of paths. looks: (blocks) a number below `count` for each block.
 * Neighbours of one look without a gap between them are one rectangle.
 */
export function tilePaths(grid: Grid, looks: Uint8Array, count: number): readonly string[] {
	const { columns, cellW: size, gap } = grid;
	const paths: string[][] = Array.from({ length: count }, () => []);
	for (let block = 0; block < looks.length;) {
		const look = looks[block]!;
		const column = block % columns;
		let run = 1;
		if (gap === 0) while (column + run < columns && looks[block + run] === look) run++;
		const w = run * size - gap;
		paths[look]!.push(`M${grid.x + column * size} ${grid.y + Math.floor(block / columns) * size}h${w}v${size - gap}h-${w}z`);
		block += run;
	}
	return paths.map((parts) => parts.join(''));
}

/** The sequences that are listed on the left: those in memory, then those that wait; each with its blocks. */
export interface Item {
	readonly sequence: number;
	readonly blocks: readonly (readonly [number, number])[];
}
export interface BlockMark {
	readonly id: string;
	readonly sequence: number;
	readonly index: number;
	/** Physical block, or -1. */
	readonly block: number;
	readonly x: number;
	readonly y: number;
	readonly filled: number;
	readonly opacity: number;
}
export interface NameMark {
	readonly id: string;
	readonly sequence: number;
	readonly x: number;
	readonly y: number;
	readonly opacity: number;
	/** Blocks that are not shown. */
	readonly hidden: number;
}
export interface Logical {
	readonly blocks: readonly BlockMark[];
	readonly names: readonly NameMark[];
	readonly slotW: number;
	readonly slotH: number;
	/** Sequences for which there was no room. */
	readonly more: number;
}

/** Sizes of logical blocks: one to a line with words, otherwise as large as they can be while all lines fit. */
function sizesOf(box: Box, blockSize: number, words: boolean, nameW: number, lines: (perLine: number) => number) {
	const widest = words ? Math.min(60, (box.w - nameW - 44) / blockSize) : Math.min(16, (box.w - nameW) / blockSize);
	const least = words ? widest : Math.min(widest, Math.max(2, 40 / blockSize));
	for (let slotW = widest; ; slotW--) {
		const perLine = words ? 1 : Math.max(1, Math.floor((box.w - nameW + 6) / (blockSize * Math.max(least, slotW) + 6)));
		const room = box.h / Math.max(1, lines(perLine));
		if (room < (words ? 22 : 30) && slotW > least) continue;
		const lineH = Math.min(words ? 25 : 34, Math.max(words ? 22 : 30, room));
		return { slotW: Math.max(least, slotW), perLine, lineH, slotH: words ? Math.min(20, lineH - 4) : 12 };
	}
}

/** nameW: width of the column of names; extra: sequences that are not among the items. */
export function logicalOf(box: Box, items: readonly Item[], blockSize: number, words: boolean, nameW: number, extra = 0): Logical {
	const needed = (perLine: number): number =>
		items.reduce((sum, { blocks }) => sum + Math.max(1, Math.ceil(blocks.length / perLine)) + 0.3, -0.3);
	const { slotW, perLine, lineH, slotH } = sizesOf(box, blockSize, words, nameW, needed);
	const blockW = blockSize * slotW;
	const lines = Math.max(1, box.h / lineH + 0.05);
	const most = Math.floor((lines + 0.3) / 1.3);
	// The last line says how many more there are.
	const over = items.length + extra > most;
	const shown = over ? items.slice(0, Math.max(1, most - 1)) : items;
	const room = over ? lines - 1 : lines;
	const wanted = shown.map(({ blocks }) => Math.max(1, Math.ceil(blocks.length / perLine)));
	// Long sequences give way, line by line; their tail stays, where things happen.
	while (wanted.reduce((a, b) => a + b + 0.3, -0.3) > room && Math.max(...wanted) > 1) wanted[wanted.indexOf(Math.max(...wanted))]!--;
	const blocks: BlockMark[] = [];
	const names: NameMark[] = [];
	let y = box.y;
	shown.forEach(({ sequence, blocks: all }, row) => {
		const hidden = Math.max(0, (Math.ceil(all.length / perLine) - wanted[row]!) * perLine);
		names.push({ id: `${sequence}`, sequence, x: box.x, y: y + slotH / 2, opacity: 1, hidden });
		all.slice(hidden).forEach(([block, filled], i) => {
			const index = hidden + i;
			const x = box.x + nameW + (i % perLine) * (blockW + 6);
			const at = y + Math.floor(i / perLine) * lineH;
			blocks.push({ id: `${sequence}:${index}`, sequence, index, block, x, y: at, filled, opacity: 1 });
		});
		y += lineH * (wanted[row]! + 0.3);
	});
	return { blocks, names, slotW, slotH, more: items.length + extra - shown.length };
}
