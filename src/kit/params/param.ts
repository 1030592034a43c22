/**
 * One declaration of a parameter, read five times: controls, URL, clamping, random values for tests, documentation.
 * Every primitive parses any string at all: what it cannot use is replaced and told, never thrown.
 */

/** What was changed about a given value, and why: a key of the kit's messages. */
export interface Clamp {
	readonly param: string;
	readonly given: string;
	readonly used: string;
	readonly why: Why;
}
export type Why =
	| 'tooSmall'
	| 'tooLarge'
	| 'notANumber'
	| 'notWhole'
	| 'unknownValue'
	| 'tooLong'
	| 'tooMany'
	| 'tooFew'
	| 'unknownParameter'
	| 'unknownView'
	| 'damaged'
	| 'impossible';

export interface Parsed<T> {
	readonly value: T;
	readonly why?: Why;
}

/** A source of uniform numbers in [0, 1), given by the caller so that tests can repeat it. */
export type Random = () => number;

export interface Param<T = unknown> {
	readonly kind: 'int' | 'float' | 'optional' | 'oneOf' | 'flag' | 'text' | 'list' | 'order';
	readonly initial: T;
	parse(text: string): Parsed<T>;
	/** The shortest text with parse(print(v)).value equal to v. */
	print(value: T): string;
	random(random: Random): T;
	/** The range, for the documentation table; in both languages where it has words. */
	readonly range: string | { readonly en: string; readonly zh: string };
	readonly min?: number;
	readonly max?: number;
	readonly step?: number;
	/** Where the slider ends when that is nearer than `max`; typing still reaches `max`. */
	readonly soft?: number;
	readonly values?: readonly string[];
	readonly maxLength?: number;
	/** Names that it had once; links that carry them keep opening the same state. */
	readonly was?: readonly string[];
}

// Each parameter has a type of its own, which Params<S> gives back: no single T fits them all.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Schema = Readonly<Record<string, Param<any>>>;
type ValueOf<X> = X extends { readonly initial: infer T } ? T : never;
export type Params<S extends Schema> = { readonly [K in keyof S]: ValueOf<S[K]> };

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A number from text: finite, or undefined. "1e999" and "Infinity" are too large rather than nonsense. */
export function toNumber(text: string): number | undefined {
	const t = text.trim();
	return NUMBER.test(t) ? Number(t) : /^[+-]?infinity$/i.test(t) ? (t.startsWith('-') ? -Infinity : Infinity) : undefined;
}

export function clampNumber(x: number, min: number, max: number): Parsed<number> {
	if (x < min) return { value: min, why: 'tooSmall' };
	if (x > max) return { value: max, why: 'tooLarge' };
	return { value: x === 0 ? 0 : x };
}
