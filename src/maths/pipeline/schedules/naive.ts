/** No pipelining: a microbatch goes all the way through and back before the next one enters. One device works at a time. */
import { looped } from '../layout.ts';
import { B, F, Order, type Plan } from '../op.ts';

export function naive(p: number, m: number): Plan {
	const orders = Array.from({ length: p }, (_, r) => {
		const order = new Order();
		for (let i = 0; i < m; i++) {
			order.add(F, r, i);
			order.add(B, r, i);
		}
		return order;
	});
	return { layout: looped(p, m), orders };
}
