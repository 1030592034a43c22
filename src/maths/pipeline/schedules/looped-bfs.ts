/** Breadth-first pipeline (Lamy-Poirier, 2022; torch ScheduleLoopedBFS): a chunk takes all microbatches before the next chunk has its turn. */
import { looped } from '../layout.ts';
import { B, F, Order, type Plan } from '../op.ts';

export function loopedBfs(p: number, m: number, v: number): Plan {
	const orders = Array.from({ length: p }, (_, r) => {
		const order = new Order();
		for (let c = 0; c < v; c++) for (let i = 0; i < m; i++) order.add(F, c * p + r, i);
		for (let c = v - 1; c >= 0; c--) for (let i = m - 1; i >= 0; i--) order.add(B, c * p + r, i);
		return order;
	});
	return { layout: looped(p, m, v), orders };
}
