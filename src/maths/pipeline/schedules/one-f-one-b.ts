/** 1F1B with a flush (PipeDream-Flush; Narayanan et al., 2021; Megatron-LM forward_backward_pipelining_without_interleaving). */
import { looped } from '../layout.ts';
import { B, F, Order, type Plan } from '../op.ts';

/** Forwards that device r does before its first pair of one forward and one backward. */
export const warmupOf = (p: number, m: number, r: number): number => Math.min(p - 1 - r, m);

export function oneFOneB(p: number, m: number): Plan {
	const orders = Array.from({ length: p }, (_, r) => {
		const order = new Order();
		const warmup = warmupOf(p, m, r);
		for (let i = 0; i < warmup; i++) order.add(F, r, i);
		for (let i = warmup; i < m; i++) {
			order.add(F, r, i);
			order.add(B, r, i - warmup);
		}
		for (let i = m - warmup; i < m; i++) order.add(B, r, i);
		return order;
	});
	return { layout: looped(p, m), orders };
}
