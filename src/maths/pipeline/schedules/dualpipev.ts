/** DualPipeV (Qi et al., "cut in half"; deepseek-ai/DualPipe dualpipev.py): DualPipe folded into a V, on half as many devices. */
import { vShaped } from '../layout.ts';
import type { Plan } from '../op.ts';
import { twoWay } from './two-way.ts';

/** m must be at least 2p. */
export function dualpipev(p: number, m: number): Plan {
	const orders = Array.from({ length: p }, (_, r) => twoWay({ stages: [r, 2 * p - 1 - r], h: r, half: p, rounds: m - 2 * p + r + 1 }));
	return { layout: vShaped(p, m), orders };
}
