/** DualPipe (DeepSeek-V3 technical report, 2024; deepseek-ai/DualPipe): microbatches enter at both ends; a forward overlaps with a backward. */
import { bidirectional } from '../layout.ts';
import type { Plan } from '../op.ts';
import { twoWay } from './two-way.ts';

/** p must be even; m counts both directions, is even and at least 2p. */
export function dualpipe(p: number, m: number): Plan {
	const half = p / 2;
	const orders = Array.from({ length: p }, (_, r) => {
		const h = Math.min(r, p - 1 - r);
		const down = r;
		const up = 2 * p - 1 - r;
		return twoWay({ stages: r < half ? [down, up] : [up, down], h, half, rounds: m / 2 - p + h + 1 });
	});
	return { layout: bidirectional(p, m / 2), orders };
}
