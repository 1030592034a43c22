/** V-Half: about half of 1F1B's activations when there are many devices. */
import type { Plan } from '../op.ts';
import { fromBlocks } from './v-pattern.ts';

export function vHalf(p: number, m: number): Plan {
	const gap = p % 2 === 0 ? 3 : 0;
	return fromBlocks(
		Array.from({ length: p }, (_, r) => [2 * r, 3 * p - r - 2, 3 * p + gap + 2 * r - 1, 6 * p + gap - r - 2]),
		m
	);
}
