/**
 * Big matrices as pictures whose every dot is the exact mean of the cells under it. A row is given as triples [start, end, tone, …):
 * half-open column ranges, ascending, each with the index of its tone; columns in no range are left empty.
 */
export type CellRow = (row: number) => readonly number[];
/** Red, green, blue in 0..255 and alpha in 0..1. */
export type Colour = readonly [number, number, number, number];

/** Calls `add` with each matrix row under dot row `y` of `height`, and the share of the dot that it covers. */
function underDot(y: number, height: number, rows: number, add: (row: number, share: number) => void): void {
	const from = (y * rows) / height;
	const to = ((y + 1) * rows) / height;
	for (let row = Math.floor(from); row < Math.min(rows, Math.ceil(to - 1e-9)); row++) {
		const share = (Math.min(to, row + 1) - Math.max(from, row)) / (to - from);
		if (share > 0) add(row, share);
	}
}

/** Adds `amount` to the dots under the columns [start, end): in full between the ends (as differences), in part at them. */
function spread(parts: Float64Array, steps: Float64Array, from: number, to: number, amount: number): void {
	const first = Math.floor(from);
	const last = Math.floor(to);
	if (first === last) {
		parts[first] = parts[first]! + amount * (to - from);
		return;
	}
	parts[first] = parts[first]! + amount * (first + 1 - from);
	if (last < parts.length) parts[last] = parts[last]! + amount * (to - last);
	steps[first + 1] = steps[first + 1]! + amount;
	steps[last] = steps[last]! - amount;
}

/** Dots (height, width, RGBA) of a matrix of rows x cols; `tones` are the colours by index. Whole numbers for width and height. */
export function areaPicture(
	rows: number,
	cols: number,
	row: CellRow,
	tones: readonly Colour[],
	width: number,
	height: number
): Uint8ClampedArray<ArrayBuffer> {
	const out = new Uint8ClampedArray(width * height * 4);
	const parts = [0, 1, 2, 3].map(() => new Float64Array(width + 1));
	const steps = [0, 1, 2, 3].map(() => new Float64Array(width + 2));
	for (let y = 0; y < height; y++) {
		for (const channel of [...parts, ...steps]) channel.fill(0);
		underDot(y, height, rows, (r, share) => {
			const ranges = row(r);
			for (let i = 0; i < ranges.length; i += 3) {
				const [red, green, blue, alpha] = tones[ranges[i + 2]!]!;
				const from = (ranges[i]! * width) / cols;
				const to = (ranges[i + 1]! * width) / cols;
				const a = share * alpha;
				spread(parts[0]!, steps[0]!, from, to, red * a);
				spread(parts[1]!, steps[1]!, from, to, green * a);
				spread(parts[2]!, steps[2]!, from, to, blue * a);
				spread(parts[3]!, steps[3]!, from, to, a);
			}
		});
		const sums = [0, 0, 0, 0];
		for (let x = 0; x < width; x++) {
			for (let c = 0; c < 4; c++) sums[c]! += steps[c]![x]!;
			const alpha = sums[3]! + parts[3]![x]!;
			const at = (y * width + x) * 4;
			if (alpha <= 1e-9) continue;
			for (let c = 0; c < 3; c++) out[at + c] = (sums[c]! + parts[c]![x]!) / alpha;
			out[at + 3] = alpha * 255;
		}
	}
	return out;
}

export interface TilePath {
	readonly tone: number;
	readonly alpha: number;
	/** SVG path in tile units. */
	readonly d: string;
}

/**
 * The same as SVG, for servers and exported files: `height` x `width` tiles, each painted tone by tone with the alpha that makes the mix
 * exact (to a 64th); neighbours that look alike are one rectangle, rectangles that look alike are one path.
 */
export function tilePaths(rows: number, cols: number, row: CellRow, tones: number, width: number, height: number): readonly TilePath[] {
	const paths = new Map<string, { tone: number; alpha: number; d: string[] }>();
	const parts = Array.from({ length: tones }, () => new Float64Array(width + 1));
	const steps = Array.from({ length: tones }, () => new Float64Array(width + 2));
	for (let y = 0; y < height; y++) {
		for (const tone of [...parts, ...steps]) tone.fill(0);
		underDot(y, height, rows, (r, share) => {
			const ranges = row(r);
			for (let i = 0; i < ranges.length; i += 3) {
				const tone = ranges[i + 2]!;
				spread(parts[tone]!, steps[tone]!, (ranges[i]! * width) / cols, (ranges[i + 1]! * width) / cols, share);
			}
		});
		const under = new Float64Array(width);
		for (let tone = 0; tone < tones; tone++) {
			let sum = 0;
			let start = 0;
			let before = 0;
			const flush = (end: number): void => {
				if (before === 0) return;
				const key = `${tone} ${before}`;
				let path = paths.get(key);
				if (path === undefined) paths.set(key, (path = { tone, alpha: before / 64, d: [] }));
				path.d.push(`M${start} ${y}h${end - start}v1h${start - end}z`);
			};
			for (let x = 0; x < width; x++) {
				sum += steps[tone]![x]!;
				const share = sum + parts[tone]![x]!;
				under[x] = under[x]! + share;
				// Painted over what is there: to weigh `share` of all so far it must cover share / all.
				const alpha = share < 1e-9 ? 0 : Math.max(1, Math.round((64 * share) / under[x]!));
				if (alpha === before) continue;
				flush(x);
				start = x;
				before = alpha;
			}
			flush(width);
		}
	}
	return [...paths.values()].map(({ tone, alpha, d }) => ({ tone, alpha, d: d.join('') })).sort((a, b) => a.tone - b.tone);
}
