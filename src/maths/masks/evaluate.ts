import type { Bool, Comparison, Int, Table } from './expr.ts';

/** A table's value; outside it the nearest end. */
export function valueAt(table: Table, index: number): number {
	const { values } = table;
	return values[Math.max(0, Math.min(values.length - 1, index))] ?? 0;
}

/** Compares two whole numbers. */
export function compare(a: number, cmp: Comparison, b: number): boolean {
	switch (cmp) {
		case '<=':
			return a <= b;
		case '<':
			return a < b;
		case '==':
			return a === b;
		case '!=':
			return a !== b;
		case '>':
			return a > b;
		case '>=':
			return a >= b;
	}
}

/** The value of a whole-number expression at query q and key k. */
export function evaluateInt(e: Int, q: number, k: number): number {
	switch (e.op) {
		case 'q':
			return q;
		case 'k':
			return k;
		case 'num':
			return e.value;
		case 'abs':
			return Math.abs(evaluateInt(e.a, q, k));
		case 'at':
			return valueAt(e.table, evaluateInt(e.index, q, k));
		default: {
			const a = evaluateInt(e.a, q, k);
			const b = evaluateInt(e.b, q, k);
			if (e.op === '+') return a + b;
			if (e.op === '-') return a - b;
			if (e.op === '*') return a * b;
			return e.op === '//' ? Math.floor(a / b) : a - b * Math.floor(a / b);
		}
	}
}

/** Whether query q may read key k: the mask's meaning, against which every faster way is tested. */
export function evaluate(e: Bool, q: number, k: number): boolean {
	switch (e.op) {
		case 'true':
			return true;
		case 'cmp':
			return compare(evaluateInt(e.a, q, k), e.cmp, evaluateInt(e.b, q, k));
		case 'and':
			return e.of.every((part) => evaluate(part, q, k));
		case 'or':
			return e.of.some((part) => evaluate(part, q, k));
		case 'not':
			return !evaluate(e.of, q, k);
		case 'rule':
			return evaluate(e.of, q, k);
	}
}
