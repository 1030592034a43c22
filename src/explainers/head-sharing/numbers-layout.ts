/** Where the matrices of a step stand: in reading order, a new line where the width ends. Pure geometry. */
import type { Mark } from '#kit/player/between.ts';
import type { NumbersScene, Shown } from './frames-numbers.ts';

export interface Placed {
	readonly shown: Shown;
	readonly x: number;
	readonly y: number;
	readonly w: number;
	readonly h: number;
}
export interface NumberCell extends Mark {
	readonly x: number;
	readonly y: number;
	readonly opacity: number;
	readonly matrix: number;
	readonly row: number;
	readonly col: number;
}
export interface Board {
	readonly placed: readonly Placed[];
	readonly cells: readonly NumberCell[];
	readonly cellW: number;
	readonly height: number;
}

export const CELL_H = 26;
/** Room above a matrix for its name and what its rows are, and between matrices. */
const HEAD = 42;
const GAP = 26;
const LINE = 26;

/** Width of a cell: wide enough for "−0.1516", and for eight in a row of a phone. */
export function cellWidth(width: number): number {
	return width < 520 ? Math.min(44, Math.floor((width - 8) / 8)) : 52;
}

/** `height`: of the stage; a board that needs less stands in its middle. */
export function boardOf(scene: NumbersScene, width: number, height = 0): Board {
	const cellW = cellWidth(width);
	const placed: Placed[] = [];
	let x = 0;
	let y = 0;
	let line: Placed[] = [];
	let lineH = 0;
	const lines: { items: Placed[]; width: number }[] = [];
	const close = (): void => {
		lines.push({ items: line, width: x - GAP });
		y += lineH + LINE;
		x = 0;
		line = [];
		lineH = 0;
	};
	for (const shown of scene.matrices) {
		const rows = shown.matrix.values.length;
		const cols = shown.matrix.values[0]?.length ?? 0;
		const w = Math.max(cols * cellW, 64);
		const h = HEAD + rows * CELL_H;
		if (x > 0 && x + w > width) close();
		line.push({ shown, x, y, w, h });
		x += w + GAP;
		lineH = Math.max(lineH, h);
	}
	close();
	const lower = Math.max(0, (height - y) / 2);
	for (const { items, width: used } of lines) {
		const indent = Math.max(0, (width - used) / 2);
		for (const item of items) placed.push({ ...item, x: item.x + indent, y: item.y + HEAD + lower });
	}
	const cells = placed.flatMap(({ shown, x: left, y: top }, matrix) =>
		shown.matrix.values.flatMap((r, row) =>
			r.map((_, col): NumberCell => ({
				...{ id: `${shown.matrix.id}.${row}.${col}`, x: left + col * cellW, y: top + row * CELL_H, opacity: 1, matrix, row, col }
			}))
		)
	);
	return { placed, cells, cellW, height: y };
}
