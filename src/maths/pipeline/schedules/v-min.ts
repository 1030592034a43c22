/** V-Min: about a third of 1F1B's activations when there are many devices. */
import type { Plan } from '../op.ts';
import { fromBlocks } from './v-pattern.ts';

export function vMin(p: number, m: number): Plan {
	const gap = p % 3 === 0 ? 2 : 0;
	return fromBlocks(
		Array.from({ length: p }, (_, r) => [r, 2 * p - r - 1, 2 * p + gap + r, 4 * p + gap - r - 1]),
		m
	);
}
