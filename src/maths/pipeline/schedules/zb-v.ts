/** ZB-V (Qi et al., 2024; order of torch ScheduleZBVZeroBubble): two chunks on each device, laid out as a V. */
import { vShaped } from '../layout.ts';
import { F, I, Order, W, type Kind, type Plan } from '../op.ts';

export function zbV(p: number, m: number): Plan {
	// Planned for at least 2p - 1 microbatches; those that do not exist are left out.
	const n = Math.max(2 * p - 1, m);
	const orders = Array.from({ length: p }, (_, r) => {
		const order = new Order();
		/** How many F, I and W of each chunk have been planned: chunk 0 is stage r, chunk 1 stage 2p - 1 - r. */
		const counts = new Map<Kind, [number, number]>([
			[F, [0, 0]],
			[I, [0, 0]],
			[W, [0, 0]]
		]);
		const count = (kind: Kind, chunk: 0 | 1): number => counts.get(kind)![chunk];
		const add = (kind: Kind, chunk: 0 | 1): void => {
			const microbatch = counts.get(kind)![chunk]++;
			if (microbatch < m) order.add(kind, chunk === 0 ? r : 2 * p - 1 - r, microbatch);
		};
		const all = (...ops: readonly (readonly [Kind, 0 | 1])[]): void => ops.forEach(([kind, chunk]) => add(kind, chunk));
		const repeat = (times: number, act: () => void): void => {
			for (let i = 0; i < times; i++) act();
		};
		repeat(2 * (p - r) - 1, () => add(F, 0));
		repeat(r, () => all([F, 1], [F, 0]));
		repeat(p - r, () => all([F, 1], [I, 1], [W, 1]));
		while (count(F, 1) < count(F, 0) || count(F, 0) < n) {
			if (count(F, 0) < n) add(F, 0);
			all([I, 0], [W, 0], [F, 1], [I, 1], [W, 1]);
		}
		repeat(r, () => all([I, 0], [I, 1]));
		repeat(p - r, () => all([I, 0], [W, 0]));
		while (count(W, 1) < count(I, 1)) add(W, 1);
		while (count(W, 0) < count(I, 0)) add(W, 0);
		return order;
	});
	return { layout: vShaped(p, m), orders };
}
