/** Interleaved 1F1B with a split backward (torch ScheduleInterleavedZeroBubble). With one chunk it is ZB-H1. m must be a multiple of p. */
import { looped } from '../layout.ts';
import { F, I, Order, W, type Plan } from '../op.ts';
import { scheduleTable } from './interleaved.ts';

export function interleavedZeroBubble(p: number, m: number, v: number): Plan {
	const { microbatch, chunk } = scheduleTable(m, v, p);
	const orders = Array.from({ length: p }, (_, r) => {
		const order = new Order();
		const backwardStage = (i: number): number => (v - 1 - chunk[i]!) * p + r;
		let weights = 0;
		const weight = (): void => {
			order.add(W, backwardStage(weights), microbatch[weights]!);
			weights++;
		};
		// One microbatch less in flight per hop than interleaved 1F1B: W hides what that costs.
		const warmup = Math.min((v - 1) * p + p - 1 - r, m * v);
		for (let i = 0; i < warmup; i++) order.add(F, chunk[i]! * p + r, microbatch[i]!);
		for (let b = 0; b < m * v; b++) {
			const i = b + warmup;
			if (i < m * v) order.add(F, chunk[i]! * p + r, microbatch[i]!);
			order.add(I, backwardStage(b), microbatch[b]!);
			if (b >= r) weight();
		}
		while (weights < m * v) weight();
		return order;
	});
	return { layout: looped(p, m, v), orders };
}
