/** Interleaved 1F1B (Narayanan et al., 2021; Megatron-LM get_schedule_table, get_pp_rank_microbatches): v chunks on each device. */
import { looped } from '../layout.ts';
import { B, F, Order, type Plan } from '../op.ts';

/** Microbatch and chunk of every forward of a device: microbatches in groups, and each group through all chunks. */
export interface ScheduleTable {
	readonly microbatch: readonly number[];
	readonly chunk: readonly number[];
}

export function scheduleTable(m: number, v: number, group: number): ScheduleTable {
	const microbatch: number[] = [];
	const chunk: number[] = [];
	for (let first = 0; first < m; first += group) {
		for (let c = 0; c < v; c++) {
			for (let i = first; i < Math.min(m, first + group); i++) {
				microbatch.push(i);
				chunk.push(c);
			}
		}
	}
	return { microbatch, chunk };
}

/** Chunk forwards of device r before its first pair. */
export const interleavedWarmup = (p: number, m: number, v: number, group: number, r: number): number =>
	Math.min(2 * (p - 1 - r) + (v - 1) * group, m * v);

/** m must be a multiple of p. Device r holds stages r, p + r, ...; backwards go through the chunks in reverse. */
export function interleaved(p: number, m: number, v: number): Plan {
	const { microbatch, chunk } = scheduleTable(m, v, p);
	const orders = Array.from({ length: p }, (_, r) => {
		const order = new Order();
		const forward = (i: number): void => order.add(F, chunk[i]! * p + r, microbatch[i]!);
		const backward = (i: number): void => order.add(B, (v - 1 - chunk[i]!) * p + r, microbatch[i]!);
		const warmup = interleavedWarmup(p, m, v, p, r);
		for (let i = 0; i < warmup; i++) forward(i);
		for (let i = warmup; i < m * v; i++) {
			forward(i);
			backward(i - warmup);
		}
		for (let i = m * v - warmup; i < m * v; i++) backward(i);
		return order;
	});
	return { layout: looped(p, m, v), orders };
}
