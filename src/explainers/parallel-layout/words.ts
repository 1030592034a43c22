/** What the words of both languages are made of. */
import { int, n, plural, s, share, size, type Values } from '#kit/text/values.ts';
import { number } from '#kit/text/format.ts';

export { int, n, plural, s, share, size, type Values };
export const some = (v: Values, key: string): string => number(Number(n(v, key).toPrecision(3)));
/** Memory of a GPU as its sheet prints it, in GB of 10⁹ bytes. */
export const gigabytes = (v: Values, key: string): string => `${number(n(v, key) / 1e9)} GB`;
export const seconds = (x: number): string =>
	x >= 1
		? `${number(Number(x.toPrecision(3)))} s`
		: x >= 1e-3
			? `${number(Number((x * 1e3).toPrecision(3)))} ms`
			: `${number(Number((x * 1e6).toPrecision(3)))} µs`;
