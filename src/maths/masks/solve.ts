import { compare, evaluate, evaluateInt } from './evaluate.ts';
import type { Bool, Comparison, Int, Table } from './expr.ts';
import { collect, complement, EMPTY, intersection, span, union, type Runs } from './runs.ts';

/** An expression that is a * k + b once q is known. */
interface Line {
	readonly a: number;
	readonly b: number;
}

const MIRRORED: Readonly<Record<Comparison, Comparison>> = { '<=': '>=', '<': '>', '==': '==', '!=': '!=', '>': '<', '>=': '<=' };

/** The expression as a line in k at a given q, or undefined where it bends. */
function lineOf(e: Int, q: number): Line | undefined {
	switch (e.op) {
		case 'q':
			return { a: 0, b: q };
		case 'k':
			return { a: 1, b: 0 };
		case 'num':
			return { a: 0, b: e.value };
		case '+':
		case '-':
		case '*': {
			const x = lineOf(e.a, q);
			const y = lineOf(e.b, q);
			if (x === undefined || y === undefined) return undefined;
			if (e.op === '+') return { a: x.a + y.a, b: x.b + y.b };
			if (e.op === '-') return { a: x.a - y.a, b: x.b - y.b };
			if (x.a !== 0 && y.a !== 0) return undefined;
			return { a: x.a * y.b + y.a * x.b, b: x.b * y.b };
		}
		default: {
			const inner = e.op === 'at' ? lineOf(e.index, q) : lineOf(e.a, q);
			const right = e.op === '//' || e.op === '%' ? lineOf(e.b, q) : undefined;
			const flat = inner?.a === 0 && (right === undefined || right.a === 0);
			return flat ? { a: 0, b: evaluateInt(e, q, 0) } : undefined;
		}
	}
}

/** Keys of [from, to) with a * k + b compared to 0. Whole numbers, so "< 0" is "<= -1". */
function solveLine({ a, b }: Line, cmp: Comparison, from: number, to: number): Runs {
	if (a === 0) return compare(b, cmp, 0) ? span(from, to) : EMPTY;
	const root = 0 - b / a;
	const below = (limit: number): Runs => span(from, Math.min(to, Math.floor(limit) + 1));
	const above = (limit: number): Runs => span(Math.max(from, Math.ceil(limit)), to);
	switch (cmp) {
		case '<=':
			return a > 0 ? below(root) : above(root);
		case '>=':
			return a > 0 ? above(root) : below(root);
		case '<':
			return complement(solveLine({ a, b }, '>=', from, to), from, to);
		case '>':
			return complement(solveLine({ a, b }, '<=', from, to), from, to);
		case '==':
			return Number.isInteger(root) && root >= from && root < to ? [root, root + 1] : EMPTY;
		case '!=':
			return complement(solveLine({ a, b }, '==', from, to), from, to);
	}
}

const runsOfTables = new WeakMap<Table, readonly (readonly [value: number, start: number, end: number])[]>();
/** A table's stretches of equal value, computed once. */
function stretches(table: Table): readonly (readonly [number, number, number])[] {
	let found = runsOfTables.get(table);
	if (found === undefined) {
		const out: [number, number, number][] = [];
		table.values.forEach((value, i) => {
			const last = out.at(-1);
			if (last?.[0] === value) last[2] = i + 1;
			else out.push([value, i, i + 1]);
		});
		if (out.length > 0) {
			out[0]![1] = -Infinity;
			out.at(-1)![2] = Infinity;
		}
		runsOfTables.set(table, (found = out));
	}
	return found;
}

/** Keys of [from, to) for which `e` compared to the constant `c` holds, at query q. */
function solveInt(e: Int, cmp: Comparison, c: number, q: number, from: number, to: number): Runs {
	const line = lineOf(e, q);
	if (line !== undefined) return solveLine({ a: line.a, b: line.b - c }, cmp, from, to);
	if (cmp === '!=') return complement(solveInt(e, '==', c, q, from, to), from, to);
	if (cmp === '<') return solveInt(e, '<=', c - 1, q, from, to);
	if (cmp === '>') return solveInt(e, '>=', c + 1, q, from, to);
	if (e.op === 'abs') {
		if (cmp === '>=') return complement(solveInt(e, '<=', c - 1, q, from, to), from, to);
		if (c < 0) return EMPTY;
		const [low, high] = [solveInt(e.a, cmp === '==' ? '==' : '>=', -c, q, from, to), solveInt(e.a, cmp, c, q, from, to)];
		return cmp === '==' ? union(low, high) : intersection(low, high);
	}
	if (e.op === '+' || e.op === '-') {
		const [x, y] = [lineOf(e.a, q), lineOf(e.b, q)];
		if (y?.a === 0) return solveInt(e.a, cmp, e.op === '+' ? c - y.b : c + y.b, q, from, to);
		if (x?.a === 0) return e.op === '+' ? solveInt(e.b, cmp, c - x.b, q, from, to) : solveInt(e.b, MIRRORED[cmp], x.b - c, q, from, to);
	}
	const divisor = e.op === '//' || e.op === '%' ? lineOf(e.b, q) : undefined;
	if (e.op === '//' && divisor?.a === 0) {
		const n = divisor.b;
		const low = cmp === '<=' ? undefined : solveInt(e.a, '>=', c * n, q, from, to);
		const high = cmp === '>=' ? undefined : solveInt(e.a, '<=', c * n + n - 1, q, from, to);
		return low === undefined ? high! : high === undefined ? low : intersection(low, high);
	}
	const inner = e.op === '%' ? lineOf(e.a, q) : undefined;
	if (e.op === '%' && divisor?.a === 0 && inner !== undefined && Math.abs(inner.a) === 1)
		return solvePeriods(inner, divisor.b, cmp, c, from, to);
	const index = e.op === 'at' ? lineOf(e.index, q) : undefined;
	if (e.op === 'at' && index?.a === 1) {
		const out: number[] = [];
		for (const [value, start, end] of stretches(e.table)) {
			const [s, t] = [Math.max(from, start - index.b), Math.min(to, end - index.b)];
			if (s >= t || !compare(value, cmp, c)) continue;
			if (out.at(-1) === s) out[out.length - 1] = t;
			else out.push(s, t);
		}
		return out;
	}
	return collect(from, to, (k) => compare(evaluateInt(e, q, k), cmp, c));
}

/** Keys with (±k + b) mod n compared to c: one short line for every period that [from, to) touches. */
function solvePeriods(line: Line, n: number, cmp: Comparison, c: number, from: number, to: number): Runs {
	if (cmp === '==') {
		if (c < 0 || c >= n) return EMPTY;
		if (n === 1) return span(from, to);
		const first = from + (((((c - line.b) * line.a - from) % n) + n) % n);
		const out: number[] = [];
		for (let k = first; k < to; k += n) out.push(k, k + 1);
		return out;
	}
	const ends = [line.a * from + line.b, line.a * (to - 1) + line.b].map((x) => Math.floor(x / n));
	const [first, last] = [Math.min(...ends), Math.max(...ends)];
	const found: Runs[] = [];
	for (let period = first; period <= last; period++) {
		const low = solveLine({ a: line.a, b: line.b - period * n }, '>=', from, to);
		const [start = 0, end = 0] = intersection(low, solveLine({ a: line.a, b: line.b - period * n - n }, '<', from, to));
		found.push(solveLine({ a: line.a, b: line.b - period * n - c }, cmp, start, end));
	}
	if (line.a < 0) found.reverse();
	const flat: number[] = [];
	for (const runs of found) {
		for (let i = 0; i < runs.length; i += 2) {
			if (flat.at(-1) === runs[i]) flat[flat.length - 1] = runs[i + 1]!;
			else flat.push(runs[i]!, runs[i + 1]!);
		}
	}
	return flat;
}

/** The keys in [from, to) that query q may read: the same answer as evaluate() for every k, in closed form where there is one. */
export function solve(e: Bool, q: number, from: number, to: number): Runs {
	switch (e.op) {
		case 'true':
			return span(from, to);
		case 'rule':
			return solve(e.of, q, from, to);
		case 'not':
			return complement(solve(e.of, q, from, to), from, to);
		case 'and': {
			// Each part is asked only about the keys that the parts before it left.
			let runs = span(from, to);
			for (const part of e.of) if (runs.length > 0) runs = intersection(runs, solve(part, q, runs[0]!, runs.at(-1)!));
			return runs;
		}
		case 'or':
			return e.of.reduce<Runs>((runs, part) => union(runs, solve(part, q, from, to)), EMPTY);
		case 'cmp': {
			const [x, y] = [lineOf(e.a, q), lineOf(e.b, q)];
			if (y?.a === 0) return solveInt(e.a, e.cmp, y.b, q, from, to);
			if (x?.a === 0) return solveInt(e.b, MIRRORED[e.cmp], x.b, q, from, to);
			if (x !== undefined && y !== undefined) return solveLine({ a: x.a - y.a, b: x.b - y.b }, e.cmp, from, to);
			return collect(from, to, (k) => evaluate(e, q, k));
		}
	}
}
