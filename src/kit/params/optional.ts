/** Numbers that may be left out: a value of one's own, or the figure's choice. */
import type { Bilingual } from '#kit/text/locale.ts';
import type { Param } from '#kit/params/param.ts';

/** What the documentation says of the empty text, after the range. */
const AUTOMATIC: Bilingual<string> = { en: 'or empty', zh: '或留空' };
export const MODELS_OWN: Bilingual<string> = { en: 'or empty: the model’s own', zh: '留空则取模型自身的值' };

/**
 * A number as `inner` takes it, or nothing: the empty text leaves the choice to the figure, and so does text that is no number, which is told.
 * It starts with nothing, whatever `inner` starts with.
 */
export function optional(inner: Param<number>, empty = AUTOMATIC): Param<number | null> {
	const range = typeof inner.range === 'string' ? { en: inner.range, zh: inner.range } : inner.range;
	return {
		...inner,
		kind: 'optional',
		initial: null,
		range: { en: `${range.en}, ${empty.en}`, zh: `${range.zh}，${empty.zh}` },
		parse(text) {
			if (text.trim() === '') return { value: null };
			const parsed = inner.parse(text);
			return parsed.why === 'notANumber' ? { value: null, why: 'notANumber' } : parsed;
		},
		print: (value) => (value === null ? '' : inner.print(value)),
		random: (random) => (random() < 0.5 ? null : inner.random(random))
	};
}

/** The same, with random values (for tests) spread over the orders of magnitude: whole numbers, mostly small, as people choose them. */
export function mostlySmall(param: Param<number>): Param<number> {
	const { min = 0, max = 1 } = param;
	return { ...param, random: (random) => Math.min(max, Math.max(min, Math.round(min + (max - min) * random() ** 6))) };
}
