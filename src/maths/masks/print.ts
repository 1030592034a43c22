import type { Bool, Int, Table } from './expr.ts';

/** How q and k are called, and how lookups and absolute values are written: all dialects are Python with arrays. */
export interface Names {
	readonly q: string;
	readonly k: string;
	readonly abs: (inner: string) => string;
}

/** Python's binding strength: `&` and `|` bind tighter than comparisons, which therefore stand in parentheses. */
const Level = { Compare: 0, Or: 1, And: 2, Sum: 3, Product: 4, Unary: 5, Atom: 6 } as const;
interface Printed {
	readonly text: string;
	readonly level: number;
}
const wrap = ({ text, level }: Printed, least: number): string => (level < least ? `(${text})` : text);

function printInt(e: Int, names: Names): Printed {
	switch (e.op) {
		case 'q':
			return { text: names.q, level: Level.Atom };
		case 'k':
			return { text: names.k, level: Level.Atom };
		case 'num':
			return { text: e.name ?? String(e.value), level: e.name === undefined && e.value < 0 ? Level.Unary : Level.Atom };
		case 'abs':
			return { text: names.abs(printInt(e.a, names).text), level: Level.Atom };
		case 'at':
			return { text: `${e.table.name}[${printInt(e.index, names).text}]`, level: Level.Atom };
		default: {
			const level = e.op === '+' || e.op === '-' ? Level.Sum : Level.Product;
			// Left to right: only the right side needs parentheses around its own level.
			const text = `${wrap(printInt(e.a, names), level)} ${e.op} ${wrap(printInt(e.b, names), level + 1)}`;
			return { text, level };
		}
	}
}

function printAny(e: Bool, names: Names): Printed {
	switch (e.op) {
		case 'true':
			// True everywhere, and an array: a bare True would not broadcast.
			return { text: `${names.k} == ${names.k}`, level: Level.Compare };
		case 'cmp':
			return { text: `${wrap(printInt(e.a, names), Level.Or)} ${e.cmp} ${wrap(printInt(e.b, names), Level.Or)}`, level: Level.Compare };
		case 'rule':
			return printAny(e.of, names);
		case 'not':
			return { text: `~${wrap(printAny(e.of, names), Level.Unary)}`, level: Level.Unary };
		default: {
			const level = e.op === 'and' ? Level.And : Level.Or;
			return { text: e.of.map((part) => wrap(printAny(part, names), level + 1)).join(e.op === 'and' ? ' & ' : ' | '), level };
		}
	}
}

/** The predicate as one Python expression over arrays. */
export const printBool = (e: Bool, names: Names): string => printAny(e, names).text;

/** What the expression refers to: named numbers and tables, in the order in which they stand. */
export function references(e: Bool | Int): { readonly numbers: ReadonlyMap<string, number>; readonly tables: ReadonlyMap<string, Table> } {
	const numbers = new Map<string, number>();
	const tables = new Map<string, Table>();
	const visit = (x: Bool | Int): void => {
		if (x.op === 'num' && x.name !== undefined) numbers.set(x.name, x.value);
		if (x.op === 'at') {
			tables.set(x.table.name, x.table);
			visit(x.index);
		}
		if ('of' in x) (Array.isArray(x.of) ? (x.of as readonly Bool[]) : [x.of as Bool]).forEach(visit);
		if ('a' in x) visit(x.a);
		if ('b' in x) visit(x.b);
	};
	visit(e);
	return { numbers, tables };
}
