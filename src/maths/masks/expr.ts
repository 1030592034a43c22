/**
 * A mask as a small expression of the absolute query position q and key position k (both 0-based): written once, evaluated cell by cell
 * (evaluate.ts), solved row by row (solve.ts), explained (explain.ts) and printed as Python (print.ts).
 */

/** Whole numbers by position, e.g. the document of each token: (n). Positions outside read as the nearest end. */
export interface Table {
	readonly name: string;
	readonly values: readonly number[];
}

/** A whole number. `//` and `%` floor as Python's do, also below zero; their right side is positive. */
export type Int =
	| { readonly op: 'q' }
	| { readonly op: 'k' }
	| { readonly op: 'num'; readonly value: number; readonly name?: string }
	| { readonly op: '+' | '-' | '*' | '//' | '%'; readonly a: Int; readonly b: Int }
	| { readonly op: 'abs'; readonly a: Int }
	| { readonly op: 'at'; readonly table: Table; readonly index: Int };

export type Comparison = '<=' | '<' | '==' | '!=' | '>' | '>=';

/** Yes or no. A `rule` is a condition with a name that readers are told: every comparison of a mask stands under one. */
export type Bool =
	| { readonly op: 'true' }
	| { readonly op: 'cmp'; readonly cmp: Comparison; readonly a: Int; readonly b: Int }
	| { readonly op: 'and' | 'or'; readonly of: readonly Bool[] }
	| { readonly op: 'not'; readonly of: Bool }
	| { readonly op: 'rule'; readonly id: RuleId; readonly of: Bool };

/** The named conditions of all masks. */
export const RULES = [
	'everything',
	'causal',
	'prefix',
	'context',
	'virtual',
	'window',
	'windowInclusive',
	'windowPast',
	'around',
	'aroundExclusive',
	'aroundHalf',
	'radius',
	'chunk',
	'sink',
	'realKey',
	'sameDocument',
	'ownDocument',
	'sharedPrompt',
	'ancestor',
	'sameImage',
	'imageInterval',
	'globalQuery',
	'globalKey',
	'blockWindow',
	'globalQueryBlock',
	'globalKeyBlock',
	'randomBlock',
	'strideWindow',
	'strideColumn',
	'dilatedWindow',
	'dilation',
	'blockDiagonal',
	'offsetBlockCausal',
	'blockCausal'
] as const;
export type RuleId = (typeof RULES)[number];

export const q: Int = { op: 'q' };
export const k: Int = { op: 'k' };
export const TRUE: Bool = { op: 'true' };

/** A number; with a name it is printed as a variable. */
export const num = (value: number, name?: string): Int => (name === undefined ? { op: 'num', value } : { op: 'num', value, name });
export const plus = (a: Int, b: Int): Int => ({ op: '+', a, b });
export const minus = (a: Int, b: Int): Int => ({ op: '-', a, b });
export const times = (a: Int, b: Int): Int => ({ op: '*', a, b });
export const over = (a: Int, b: Int): Int => ({ op: '//', a, b });
export const mod = (a: Int, b: Int): Int => ({ op: '%', a, b });
export const abs = (a: Int): Int => ({ op: 'abs', a });
export const at = (table: Table, index: Int): Int => ({ op: 'at', table, index });
export const cmp = (a: Int, comparison: Comparison, b: Int): Bool => ({ op: 'cmp', cmp: comparison, a, b });
export const not = (of: Bool): Bool => ({ op: 'not', of });
export const rule = (id: RuleId, of: Bool): Bool => ({ op: 'rule', id, of });

/** All of them; nested lists are one list, and what is always true is left out. */
export function and(...of: readonly Bool[]): Bool {
	const flat = of.flatMap((e) => (e.op === 'and' ? e.of : [e])).filter((e) => e.op !== 'true');
	return flat.length === 0 ? TRUE : flat.length === 1 ? flat[0]! : { op: 'and', of: flat };
}

/** Any of them; nested lists are one list, and one that is always true makes the whole true. */
export function or(...of: readonly Bool[]): Bool {
	const flat = of.flatMap((e) => (e.op === 'or' ? e.of : [e]));
	if (flat.some((e) => e.op === 'true')) return TRUE;
	return flat.length === 1 ? flat[0]! : { op: 'or', of: flat };
}
