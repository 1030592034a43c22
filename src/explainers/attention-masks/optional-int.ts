import { int, type Param } from '#kit/params/schema.ts';

/** A whole number in [min, max], or nothing: the empty text leaves the choice to the figure. */
export function optionalInt(min: number, max: number, soft = max): Param<number | null> {
	const inner = int(min, max, min, soft);
	return {
		kind: 'optional',
		initial: null,
		min,
		max,
		soft,
		step: 1,
		range: { en: `${min}–${max}, or empty`, zh: `${min}–${max}，或留空` },
		parse(text) {
			if (text.trim() === '') return { value: null };
			const parsed = inner.parse(text);
			return parsed.why === 'notANumber' ? { value: null, why: 'notANumber' } : parsed;
		},
		print: (value) => (value === null ? '' : String(value)),
		random: (random) => (random() < 0.5 ? null : inner.random(random))
	};
}
