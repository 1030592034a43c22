import type { Param } from '#kit/params/schema.ts';
import { AXES, DEFAULT_ORDER, isAxis } from '#maths/parallel/axes.ts';

/** The order of the axes in a rank, fastest first, joined by hyphens as Megatron spells it: tp-cp-ep-dp-pp. Commas are understood. */
export function rankOrder(): Param<string> {
	return {
		kind: 'order',
		initial: DEFAULT_ORDER,
		values: AXES,
		range: `axes ${AXES.join(', ')} joined by hyphens, each at most once`,
		parse(given) {
			const names = given.toLowerCase().replaceAll(' ', '').split(/[-,]/);
			const known = names.filter((name, i) => isAxis(name) && names.indexOf(name) === i);
			if (known.length === 0) return { value: DEFAULT_ORDER, why: 'unknownValue' };
			const value = known.join('-');
			return value === given.trim().toLowerCase() ? { value } : { value, why: 'unknownValue' };
		},
		print: String,
		random: (random) =>
			AXES.map((axis) => [random(), axis] as const)
				.sort((a, b) => a[0] - b[0])
				.map(([, axis]) => axis)
				.join('-')
	};
}
