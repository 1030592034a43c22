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
	/** The range in words, for the documentation table. */
	readonly range: string;
	readonly min?: number;
	readonly max?: number;
	readonly step?: number;
	/** Where the slider ends when that is nearer than `max`; typing still reaches `max`. */
	readonly soft?: number;
	readonly values?: readonly string[];
	readonly maxLength?: number;
}

// Each parameter has a type of its own, which Params<S> gives back: no single T fits them all.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Schema = Readonly<Record<string, Param<any>>>;
type ValueOf<X> = X extends { readonly initial: infer T } ? T : never;
export type Params<S extends Schema> = { readonly [K in keyof S]: ValueOf<S[K]> };

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A number from text: finite, or undefined. "1e999" and "Infinity" are too large rather than nonsense. */
function toNumber(text: string): number | undefined {
	const t = text.trim();
	return NUMBER.test(t) ? Number(t) : /^[+-]?infinity$/i.test(t) ? (t.startsWith('-') ? -Infinity : Infinity) : undefined;
}

function clampNumber(x: number, min: number, max: number): Parsed<number> {
	if (x < min) return { value: min, why: 'tooSmall' };
	if (x > max) return { value: max, why: 'tooLarge' };
	return { value: x === 0 ? 0 : x };
}

/** A whole number in [min, max]. */
export function int(min: number, max: number, initial: number, soft = max): Param<number> {
	return {
		kind: 'int',
		initial,
		min,
		max,
		soft,
		step: 1,
		range: `${min}–${max}`,
		parse(text) {
			const x = toNumber(text);
			if (x === undefined) return { value: initial, why: 'notANumber' };
			const clamped = clampNumber(x, min, max);
			if (Number.isInteger(clamped.value)) return clamped;
			return { value: Math.min(max, Math.max(min, Math.round(clamped.value))), why: clamped.why ?? 'notWhole' };
		},
		print: String,
		random: (random) => min + Math.floor(random() * (max - min + 1))
	};
}

/** A real number in [min, max]; `step` is the slider's, any value in range is accepted. */
export function float(min: number, max: number, initial: number, step: number, soft = max): Param<number> {
	return {
		kind: 'float',
		initial,
		min,
		max,
		soft,
		step,
		range: `${min}–${max}`,
		parse(text) {
			const x = toNumber(text);
			return x === undefined ? { value: initial, why: 'notANumber' } : clampNumber(x, min, max);
		},
		print: String,
		random: (random) => min + Math.round((random() * (max - min)) / step) * step
	};
}

/** A real number in [min, max], or nothing: the empty text stands for the figure's own choice. */
export function optional(min: number, max: number, step: number): Param<number | null> {
	const inner = float(min, max, min, step);
	return {
		kind: 'optional',
		initial: null,
		min,
		max,
		step,
		range: `${min}–${max}, or empty`,
		parse(text) {
			if (text.trim() === '') return { value: null };
			const parsed = inner.parse(text);
			return parsed.why === 'notANumber' ? { value: null, why: 'notANumber' } : parsed;
		},
		print: (value) => (value === null ? '' : String(value)),
		random: (random) => (random() < 0.5 ? null : inner.random(random))
	};
}

/** One of a few names. */
export function oneOf<const V extends readonly [string, ...string[]]>(values: V, initial: V[number]): Param<V[number]> {
	return {
		kind: 'oneOf',
		initial,
		values,
		range: values.join(' | '),
		parse(text) {
			const t = text.trim();
			const hit = values.find((v) => v === t) ?? values.find((v) => v.toLowerCase() === t.toLowerCase());
			return hit === undefined ? { value: initial, why: 'unknownValue' } : { value: hit };
		},
		print: String,
		random: (random) => values[Math.floor(random() * values.length)] ?? initial
	};
}

/** Yes or no, written 1 or 0. */
export function flag(initial: boolean): Param<boolean> {
	return {
		kind: 'flag',
		initial,
		range: '0 | 1',
		values: ['0', '1'],
		parse(text) {
			const t = text.trim().toLowerCase();
			if (['1', 'true', 'yes', 'on'].includes(t)) return { value: true };
			if (['0', 'false', 'no', 'off'].includes(t)) return { value: false };
			return { value: initial, why: 'unknownValue' };
		},
		print: (value) => (value ? '1' : '0'),
		random: (random) => random() < 0.5
	};
}

/** Any text of at most maxLength characters (code points, so that no character is cut in two). */
export function text(maxLength: number, initial: string): Param<string> {
	const alphabet = [...'abc xyz,.&=%+#?/\\"\'<>\n\t鲁迅诗😀é'];
	return {
		kind: 'text',
		initial,
		maxLength,
		range: `text, at most ${maxLength} characters`,
		parse(given) {
			// Lone surrogates cannot be sent in a URL: they become U+FFFD as every browser makes them.
			const whole = given.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
			const points = [...whole];
			return points.length > maxLength ? { value: points.slice(0, maxLength).join(''), why: 'tooLong' } : { value: whole };
		},
		print: String,
		random: (random) =>
			Array.from(
				{ length: Math.floor(random() * Math.min(20, maxLength + 1)) },
				() => alphabet[Math.floor(random() * alphabet.length)]
			).join('')
	};
}

/** Numbers separated by commas; `whole` for ids. Items out of range are clamped, items that are no numbers are left out. */
export function list(
	length: { min: number; max: number },
	item: { min: number; max: number; whole?: boolean },
	initial: readonly number[]
): Param<readonly number[]> {
	return {
		kind: 'list',
		initial,
		range: `${length.min}–${length.max} numbers of ${item.min}–${item.max}, comma-separated`,
		parse(given) {
			let why: Why | undefined;
			const out: number[] = [];
			for (const part of given.split(',')) {
				if (part.trim() === '') continue;
				const x = toNumber(part);
				if (x === undefined) {
					why ??= 'notANumber';
					continue;
				}
				const clamped = clampNumber(item.whole ? Math.round(x) : x, item.min, item.max);
				if (clamped.why) why ??= clamped.why;
				else if (item.whole && !Number.isInteger(x)) why ??= 'notWhole';
				if (out.length === length.max) {
					why = 'tooMany';
					break;
				}
				out.push(clamped.value);
			}
			if (out.length < length.min) return { value: initial, why: why ?? 'tooFew' };
			return why === undefined ? { value: out } : { value: out, why };
		},
		print: (value) => value.join(','),
		random: (random) => {
			const most = Math.min(length.max, length.min + 12);
			return Array.from({ length: length.min + Math.floor(random() * (most - length.min + 1)) }, () => {
				const x = Math.max(item.min, -50) + random() * (Math.min(item.max, 50) - Math.max(item.min, -50));
				return item.whole ? Math.round(x) : Math.round(x * 1000) / 1000;
			});
		}
	};
}

/** Pairs "a:b" of whole numbers separated by commas, sorted by a, each a once. */
export function pairs(most: number, a: { max: number }, b: { max: number }): Param<readonly (readonly [number, number])[]> {
	return {
		kind: 'list',
		initial: [],
		range: `at most ${most} pairs a:b with a of 0–${a.max} and b of 0–${b.max}, comma-separated`,
		parse(given) {
			let why: Why | undefined;
			const found = new Map<number, number>();
			for (const part of given.split(',')) {
				if (part.trim() === '') continue;
				const match = /^\s*(\d{1,9})\s*:\s*(\d{1,9})\s*$/.exec(part);
				const [x, y] = [Number(match?.[1]), Number(match?.[2])];
				if (match === null) why ??= 'notANumber';
				else if (x > a.max || y > b.max) why ??= 'tooLarge';
				else if (found.size === most && !found.has(x)) why ??= 'tooMany';
				else found.set(x, y);
			}
			const value = [...found].sort((p, q) => p[0] - q[0]);
			return why === undefined ? { value } : { value, why };
		},
		print: (value) => value.map(([x, y]) => `${x}:${y}`).join(','),
		random: (random) =>
			[0, 1, 2]
				.filter(() => random() < 0.3)
				.map((i) => [Math.min(a.max, i + Math.floor(random() * 3) * 4), Math.floor(random() * Math.min(b.max, 500))] as const)
				.filter(([x], i, all) => all.findIndex((p) => p[0] === x) === i)
				.sort((p, q) => p[0] - q[0])
	};
}

/** A named order (a preset), or the names themselves in any order without repetition; at least one. */
export function order(presets: readonly [string, ...string[]], names: readonly string[], initial: string): Param<string> {
	return {
		kind: 'order',
		initial,
		values: [...presets, ...names],
		range: `${presets.join(' | ')}, or a comma-separated order of: ${names.join(', ')}`,
		parse(given) {
			const t = given.trim().toLowerCase();
			if (presets.includes(t)) return { value: t };
			const parts = t.split(',').map((s) => s.trim());
			const known = parts.filter((s, i) => names.includes(s) && parts.indexOf(s) === i);
			if (known.length === 0) return { value: initial, why: 'unknownValue' };
			return known.length === parts.length ? { value: known.join(',') } : { value: known.join(','), why: 'unknownValue' };
		},
		print: String,
		random: (random) => {
			if (random() < 0.5) return presets[Math.floor(random() * presets.length)] ?? initial;
			const shuffled = names.map((n) => [random(), n] as const).sort((a, b) => a[0] - b[0]);
			return shuffled
				.slice(0, 1 + Math.floor(random() * names.length))
				.map(([, n]) => n)
				.join(',');
		}
	};
}

/** The values that a figure starts with. */
export function initialParams<S extends Schema>(schema: S): Params<S> {
	return Object.fromEntries(Object.entries(schema).map(([name, p]) => [name, p.initial])) as Params<S>;
}

/** Random parameters, for tests. */
export function randomParams<S extends Schema>(schema: S, random: Random): Params<S> {
	return Object.fromEntries(
		Object.entries(schema).map(([name, p]) => {
			const param = p as Param;
			return [name, param.parse(param.print(param.random(random))).value];
		})
	) as Params<S>;
}
