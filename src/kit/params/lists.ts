/** Parameters of several values: lists, pairs and orders. */
import { clampNumber, toNumber, type Param, type Why } from '#kit/params/param.ts';

/** Numbers separated by commas; `whole` for ids. Items out of range are clamped, items that are no numbers are left out. */
export function list(
	length: { min: number; max: number },
	item: { min: number; max: number; whole?: boolean },
	initial: readonly number[]
): Param<readonly number[]> {
	return {
		kind: 'list',
		initial,
		range: {
			en: `${length.min}–${length.max} numbers of ${item.min} to ${item.max}, comma-separated`,
			zh: `${length.min}–${length.max} 个数，各在 ${item.min} 到 ${item.max} 之间，逗号分隔`
		},
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
		range: {
			en: `at most ${most} pairs a:b with a of 0–${a.max} and b of 0–${b.max}, comma-separated`,
			zh: `最多 ${most} 对 a:b，a 取 0–${a.max}，b 取 0–${b.max}，逗号分隔`
		},
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
		range: {
			en: `${presets.join(' | ')}, or a comma-separated order of: ${names.join(', ')}`,
			zh: `${presets.join(' | ')}，或以下名称的任意顺序，逗号分隔：${names.join(', ')}`
		},
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
