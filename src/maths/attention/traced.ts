/** Small matrices that remember how every number of theirs was made, so that a reader can follow it back. */
import { softmax } from '../softmax.ts';
import { ropeAngle, rotate } from './rotate.ts';
import type { Rows } from './sdpa.ts';

/** A cell of a matrix. */
export interface Cell {
	readonly matrix: string;
	readonly row: number;
	readonly col: number;
}
export interface Traced {
	readonly id: string;
	readonly values: Rows;
	/** The cells that a cell was computed from; none where the number is given. */
	readonly from: (row: number, col: number) => readonly Cell[];
	/** The arithmetic of a cell, with its numbers, e.g. "0.5 × 2 + 1 × 3 = 4"; empty where the number is given. */
	readonly how: (row: number, col: number) => string;
}

/** At most four decimals, no zeros at the end. */
export function short(x: number): string {
	return String(Math.round(x * 1e4) / 1e4 + 0).replace('-', '−');
}
const factor = (x: number): string => (x < 0 ? `(${short(x)})` : short(x));
const product = (a: number, b: number): string => `${factor(a)} × ${factor(b)}`;

export function given(id: string, values: Rows): Traced {
	return { id, values, from: () => [], how: () => '' };
}

/** A matrix whose cells are sums of products of two other cells, times a scale: what every projection, score and output is. */
function sums(
	id: string,
	rows: number,
	cols: number,
	terms: (row: number, col: number) => readonly (readonly [Ref, Ref])[],
	scale = 1
): Traced {
	const total = (row: number, col: number): number => scale * terms(row, col).reduce((sum, [a, b]) => sum + a.value * b.value, 0);
	const values = Array.from({ length: rows }, (_, i) => Array.from({ length: cols }, (__, j) => total(i, j)));
	return {
		id,
		values,
		from: (row, col) => terms(row, col).flatMap(([a, b]) => [a.cell, b.cell]),
		how: (row, col) => {
			const text = terms(row, col)
				.map(([a, b]) => product(a.value, b.value))
				.join(' + ');
			return `${scale === 1 ? text : `${short(scale)} × (${text})`} = ${short(values[row]![col]!)}`;
		}
	};
}
interface Ref {
	readonly cell: Cell;
	readonly value: number;
}
const ref = ({ id, values }: Traced, row: number, col: number): Ref => ({ cell: { matrix: id, row, col }, value: values[row]![col]! });
const along = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
const width = ({ values }: Traced): number => values[0]?.length ?? 0;

/** x W^T with W (out, in) as weights are stored: x (t, in) -> (t, out). */
export function linear(id: string, x: Traced, W: Traced): Traced {
	return sums(id, x.values.length, W.values.length, (i, j) => along(width(x), (n) => [ref(x, i, n), ref(W, j, n)] as const));
}
/** A B: (t, n) x (n, m) -> (t, m). */
export function times(id: string, A: Traced, B: Traced): Traced {
	return sums(id, A.values.length, width(B), (i, j) => along(B.values.length, (n) => [ref(A, i, n), ref(B, n, j)] as const));
}
/** Scores of one query row against every key row, in parts that add up, e.g. content and position: (1, kv). */
export function scores(id: string, parts: readonly (readonly [query: Traced, keys: Traced])[], scale: number): Traced {
	const kv = parts[0]?.[1].values.length ?? 0;
	return sums(id, 1, kv, (_, j) => parts.flatMap(([q, k]) => along(width(q), (n) => [ref(q, 0, n), ref(k, j, n)] as const)), scale);
}
/** Some columns of a matrix under a name of their own, e.g. one head of a projection; each cell is its source. */
export function columns(id: string, x: Traced, first: number, count: number): Traced {
	return {
		id,
		values: x.values.map((row) => row.slice(first, first + count)),
		from: (row, col) => [{ matrix: x.id, row, col: first + col }],
		how: (row, col) => short(x.values[row]![first + col]!)
	};
}
/** One row under a name of its own. */
export function row(id: string, x: Traced, index: number): Traced {
	return {
		id,
		values: [x.values[index]!],
		from: (_, col) => [{ matrix: x.id, row: index, col }],
		how: (_, col) => short(x.values[index]![col]!)
	};
}
/** Matrices side by side. */
export function beside(id: string, parts: readonly Traced[]): Traced {
	const cells = parts.flatMap((part) => along(width(part), (col) => ({ part, col })));
	return {
		id,
		values: parts[0]!.values.map((_, i) => cells.map(({ part, col }) => part.values[i]![col]!)),
		from: (r, c) => [{ matrix: cells[c]!.part.id, row: r, col: cells[c]!.col }],
		how: (r, c) => short(cells[c]!.part.values[r]![cells[c]!.col]!)
	};
}
/** Matrices one under another. */
export function stacked(id: string, parts: readonly Traced[]): Traced {
	const rows = parts.flatMap((part) => part.values.map((_, index) => ({ part, index })));
	return {
		id,
		values: rows.map(({ part, index }) => part.values[index]!),
		from: (r, c) => [{ matrix: rows[r]!.part.id, row: rows[r]!.index, col: c }],
		how: (r, c) => short(rows[r]!.part.values[rows[r]!.index]![c]!)
	};
}
/** Softmax of each row. */
export function softmaxRows(id: string, x: Traced): Traced {
	const values = x.values.map((r) => [...softmax(r)]);
	return {
		id,
		values,
		from: (r) => x.values[r]!.map((_, col) => ({ matrix: x.id, row: r, col })),
		how: (r, c) => `e^${factor(x.values[r]![c]!)} / (${x.values[r]!.map((s) => `e^${factor(s)}`).join(' + ')}) = ${short(values[r]![c]!)}`
	};
}
/** RoPE of each row at its position, interleaved pairs. */
export function rope(id: string, x: Traced, position: (row: number) => number, base: number): Traced {
	const values = x.values.map((r, i) => rotate(r, position(i), base));
	return {
		id,
		values,
		from: (r, c) => [c - (c % 2), c - (c % 2) + 1].map((col) => ({ matrix: x.id, row: r, col })),
		how: (r, c) => {
			const pair = Math.floor(c / 2);
			const [a, b] = [x.values[r]![2 * pair]!, x.values[r]![2 * pair + 1]!];
			const angle = short(ropeAngle(position(r), pair, width(x), base));
			const text =
				c % 2 === 0
					? `${factor(a)} × cos ${angle} − ${factor(b)} × sin ${angle}`
					: `${factor(a)} × sin ${angle} + ${factor(b)} × cos ${angle}`;
			return `${text} = ${short(values[r]![c]!)}`;
		}
	};
}
/** The largest difference between two matrices of one shape. */
export function difference(a: Traced, b: Traced): number {
	return Math.max(...a.values.flatMap((r, i) => r.map((x, j) => Math.abs(x - b.values[i]![j]!))));
}
