/** The handcrafted schedules of Zero Bubble Pipeline Parallelism (Qi et al., ICLR 2024): the backward is split into I and W, and W fills gaps. */
import { looped } from '../layout.ts';
import { F, I, Order, W, type Plan } from '../op.ts';

/** `warmup(r)` forwards come before the first I; a W is done after each I from the `delay(r)`-th on, the others at the end. */
export function zeroBubble(p: number, m: number, warmup: (r: number) => number, delay: (r: number) => number): Plan {
	const orders = Array.from({ length: p }, (_, r) => {
		const order = new Order();
		let forwards = 0;
		let weights = 0;
		while (forwards < Math.min(warmup(r), m)) order.add(F, r, forwards++);
		for (let b = 0; b < m; b++) {
			order.add(I, r, b);
			if (b >= delay(r)) order.add(W, r, weights++);
			if (forwards < m) order.add(F, r, forwards++);
		}
		while (weights < m) order.add(W, r, weights++);
		return order;
	});
	return { layout: looped(p, m), orders };
}
