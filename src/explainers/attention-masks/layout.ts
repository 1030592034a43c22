/** Where everything stands. Pure: numbers in, numbers out. */
export interface Box {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}
export interface Layout {
	readonly narrow: boolean;
	/** Cells of the mask: queries downwards, keys to the right. */
	readonly matrix: Box;
	/** Attention of one query, a bar a key. */
	readonly bars: Box;
	/** What reaches the last query: a row a layer. */
	readonly stack: Box;
	readonly legendY: number;
	readonly height: number;
}
export interface Shape {
	readonly q: number;
	readonly kv: number;
	/** The reader's tokens stand on the axes. */
	readonly tokens: boolean;
	/** Rows of the stack: layers that are shown, and the query itself. */
	readonly levels: number;
}

const NARROW = 640;
const MOST_CELL = 46;
const SEGMENTS = 26;
const TITLE = 22;
/** Three lines of legend on a phone, or two and a note. */
const LEGEND = 58;
/** Scores under the bars, and the axis of keys. */
const UNDER_BARS = 34;

/** The largest matrix of square cells that fits; very long shapes keep a visible thickness. */
function matrixSize(shape: Shape, width: number, height: number): readonly [number, number] {
	const cell = Math.min(MOST_CELL, width / shape.kv, height / shape.q);
	return [Math.max(Math.min(width, 24), cell * shape.kv), Math.max(Math.min(height, 24), cell * shape.q)];
}

export function layout(width: number, shape: Shape): Layout {
	const narrow = width < NARROW;
	const left = shape.tokens ? (narrow ? 58 : 70) : narrow ? (shape.kv >= 1000 ? 54 : 46) : 62;
	const top = SEGMENTS + (shape.tokens ? 52 : 18);
	const levels = Math.min(25, shape.levels);
	const levelHeight = Math.max(5, Math.min(20, 150 / levels));
	const stackHeight = levels * levelHeight;
	if (narrow) {
		const inner = width - left - 6;
		const [w, h] = matrixSize(shape, inner, inner * 1.15);
		const legendY = top + h + 20;
		const barsY = legendY + LEGEND + TITLE;
		const stackY = barsY + 84 + UNDER_BARS + TITLE + 14;
		return {
			narrow,
			matrix: { x: left, y: top, width: w, height: h },
			bars: { x: left, y: barsY, width: inner, height: 84 },
			stack: { x: left, y: stackY, width: inner, height: stackHeight },
			legendY,
			height: stackY + stackHeight + 24
		};
	}
	const gap = 56;
	const [w, h] = matrixSize(shape, Math.min(430, width * 0.56 - left), 430);
	const panelX = left + Math.max(w, width * 0.3) + gap;
	const panelWidth = Math.min(460, width - panelX - 6);
	const barsY = SEGMENTS + TITLE;
	const stackY = barsY + 110 + UNDER_BARS + TITLE + 18;
	const legendY = top + h + 20;
	// The stack ends where the matrix ends, when that leaves its rows a good height.
	const filled = Math.min(30 * levels, Math.max(stackHeight, top + h - stackY));
	return {
		narrow,
		matrix: { x: left, y: top, width: w, height: h },
		bars: { x: panelX, y: barsY, width: panelWidth, height: 110 },
		stack: { x: panelX, y: stackY, width: panelWidth, height: filled },
		legendY,
		height: Math.max(legendY + 40, stackY + filled + 26)
	};
}

/** A rough width of a text at 12 px, for deciding whether a label fits. */
export const textWidth = (text: string): number =>
	[...text].reduce((sum, c) => sum + (c > '\u2E7F' ? 12 : /[mwMW%—]/.test(c) ? 10 : /[ilj.,:'|·]/.test(c) ? 4 : /\d/.test(c) ? 8 : 7), 0);

/** Which of n labels to write so that each has `room` pixels: all, or every 2, 5, 10, 20, 50, … */
export function labelStep(n: number, length: number, room: number): number {
	const most = Math.max(1, Math.floor(length / room));
	let step = 1;
	for (let i = 0; Math.ceil(n / step) > most; i++) step = [1, 2, 5][i % 3]! * 10 ** Math.floor(i / 3);
	return step;
}

/** Sums of neighbours in groups of one size, at most `most` of them, so that a bar stands for one or several keys; the last may be smaller. */
export function binned(values: ArrayLike<number>, most: number): { readonly size: number; readonly sums: readonly number[] } {
	const size = Math.ceil(values.length / most);
	const sums = new Array<number>(Math.ceil(values.length / size)).fill(0);
	for (let i = 0; i < values.length; i++) sums[Math.floor(i / size)]! += values[i]!;
	return { size, sums };
}

/** Legend entries in lines that fit: x and line of each. */
export function flow(texts: readonly string[], width: number): readonly { readonly x: number; readonly line: number }[] {
	let x = 0;
	let line = 0;
	return texts.map((text) => {
		const w = 20 + textWidth(text) + 16;
		if (x > 0 && x + w - 16 > width) {
			x = 0;
			line += 1;
		}
		const at = { x, line };
		x += w;
		return at;
	});
}
