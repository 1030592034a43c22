import type { Param, Why } from '#kit/params/schema.ts';

/** Pairs "a:b" of whole numbers in the order given, separated by commas; a plain list of numbers is read two by two, and that is told. */
export function pairList(
	most: number,
	max: number,
	initial: readonly (readonly [number, number])[]
): Param<readonly (readonly [number, number])[]> {
	return {
		kind: 'list',
		initial,
		range: { en: `at most ${most} pairs a:b of 0–${max}, comma-separated`, zh: `最多 ${most} 对 a:b，各取 0–${max}，逗号分隔` },
		parse(given) {
			const value: [number, number][] = [];
			const parts = given.split(',').map((part) => part.trim());
			const plain = parts.every((part) => /^\d+$/.test(part)) && parts.length % 2 === 0;
			let why: Why | undefined = plain ? 'notANumber' : undefined;
			const texts = plain ? parts.flatMap((part, i) => (i % 2 === 0 ? [`${part}:${parts[i + 1] ?? ''}`] : [])) : parts;
			for (const text of texts) {
				if (text === '') continue;
				const match = /^(\d{1,9})\s*[:-]\s*(\d{1,9})$/.exec(text);
				const [a, b] = [Number(match?.[1]), Number(match?.[2])];
				if (match === null) why ??= 'notANumber';
				else if (value.length === most) why ??= 'tooMany';
				else {
					if (a > max || b > max) why ??= 'tooLarge';
					value.push([Math.min(a, max), Math.min(b, max)]);
				}
			}
			return why === undefined ? { value } : { value, why };
		},
		print: (value) => value.map(([a, b]) => `${a}:${b}`).join(','),
		random: (random) =>
			Array.from({ length: Math.floor(random() * 4) }, () => [Math.floor(random() * 12), Math.floor(random() * 12)] as const)
	};
}
