/** The primitives that a figure declares its parameters with. */
import { clampNumber, toNumber, type Param, type Params, type Random, type Schema } from '#kit/params/param.ts';

export { list, order, pairs } from '#kit/params/lists.ts';
export { MODELS_OWN, mostlySmall, optional } from '#kit/params/optional.ts';
export type { Clamp, Param, Params, Parsed, Random, Schema, Why } from '#kit/params/param.ts';

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

/** One of a few names; `was` leads names that a value had once to the one that it has now. */
export function oneOf<const V extends readonly [string, ...string[]]>(
	values: V,
	initial: V[number],
	was: Readonly<Record<string, V[number]>> = {}
): Param<V[number]> {
	return {
		kind: 'oneOf',
		initial,
		values,
		range: values.join(' | '),
		parse(text) {
			const t = text.trim();
			const hit =
				values.find((v) => v === t) ??
				values.find((v) => v.toLowerCase() === t.toLowerCase()) ??
				(Object.hasOwn(was, t) ? was[t] : undefined);
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
		range: { en: `text, at most ${maxLength} characters`, zh: `文本，最多 ${maxLength} 个字符` },
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

/** A parameter that had other names once: links that carry one of them keep opening the same state. */
export const renamed = <T>(param: Param<T>, ...was: string[]): Param<T> => ({ ...param, was });

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
