/** GPipe (Huang et al., NeurIPS 2019): all forwards, then all backwards. */
import { looped } from '../layout.ts';
import { B, F, Order, type Plan } from '../op.ts';

/** `reverse`: the last microbatch goes back first, as in the paper's Fig. 2c; torch's ScheduleGPipe goes back in order. Same makespan. */
export function gpipe(p: number, m: number, reverse = false): Plan {
	const orders = Array.from({ length: p }, (_, r) => {
		const order = new Order();
		for (let i = 0; i < m; i++) order.add(F, r, i);
		for (let i = 0; i < m; i++) order.add(B, r, reverse ? m - 1 - i : i);
		return order;
	});
	return { layout: looped(p, m), orders };
}
