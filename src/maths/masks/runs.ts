/**
 * A set of whole numbers as runs: flat pairs [start, end, start, end, …), half-open, ascending, neither overlapping nor touching.
 * A row of a mask with 4,096 keys is mostly one or two of them.
 */
export type Runs = readonly number[];

export const EMPTY: Runs = [];

export const span = (start: number, end: number): Runs => (start < end ? [start, end] : EMPTY);

/** How many numbers are in the set. */
export function size(runs: Runs): number {
	let sum = 0;
	for (let i = 0; i < runs.length; i += 2) sum += runs[i + 1]! - runs[i]!;
	return sum;
}

export function has(runs: Runs, x: number): boolean {
	for (let i = 0; i < runs.length; i += 2) if (x < runs[i + 1]!) return x >= runs[i]!;
	return false;
}

/** In either. Merges runs that meet. */
export function union(a: Runs, b: Runs): Runs {
	if (a.length === 0) return b;
	if (b.length === 0) return a;
	const out: number[] = [];
	let i = 0;
	let j = 0;
	while (i < a.length || j < b.length) {
		const takeA = j >= b.length || (i < a.length && a[i]! <= b[j]!);
		const start = takeA ? a[i]! : b[j]!;
		const end = takeA ? a[i + 1]! : b[j + 1]!;
		if (takeA) i += 2;
		else j += 2;
		const last = out.length - 1;
		if (last > 0 && start <= out[last]!) out[last] = Math.max(out[last]!, end);
		else out.push(start, end);
	}
	return out;
}

/** In both. */
export function intersection(a: Runs, b: Runs): Runs {
	const out: number[] = [];
	let i = 0;
	let j = 0;
	while (i < a.length && j < b.length) {
		const start = Math.max(a[i]!, b[j]!);
		const end = Math.min(a[i + 1]!, b[j + 1]!);
		if (start < end) out.push(start, end);
		if (a[i + 1]! < b[j + 1]!) i += 2;
		else j += 2;
	}
	return out;
}

/** What of [from, to) is not in the set. */
export function complement(runs: Runs, from: number, to: number): Runs {
	const out: number[] = [];
	let at = from;
	for (let i = 0; i < runs.length; i += 2) {
		if (runs[i]! > at) out.push(at, Math.min(runs[i]!, to));
		at = Math.max(at, runs[i + 1]!);
		if (at >= to) break;
	}
	if (at < to) out.push(at, to);
	return out;
}

/** Every number moved by `by`. */
export const shift = (runs: Runs, by: number): Runs => (by === 0 ? runs : runs.map((x) => x + by));

/** The set of the numbers in [from, to) that `test` accepts. */
export function collect(from: number, to: number, test: (x: number) => boolean): Runs {
	const out: number[] = [];
	for (let x = from; x < to; x++) {
		if (!test(x)) continue;
		if (out.length > 0 && out[out.length - 1] === x) out[out.length - 1] = x + 1;
		else out.push(x, x + 1);
	}
	return out;
}
