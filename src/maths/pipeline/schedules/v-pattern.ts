/**
 * V-Half and V-Min of Pipeline Parallelism with Controllable Memory (Qi et al., NeurIPS 2024): a building block of four operations per
 * device, repeated every six slots, then squeezed. Rules of sail-sg/zero-bubble-pipeline-parallelism zbv_greedy.py with unit costs.
 */
import { vShaped } from '../layout.ts';
import { F, I, Order, W, type Plan } from '../op.ts';
import { eager } from './v-eager.ts';
import { F0, F1, FREE, I0, I1, squeeze, withWeights, W1, type Slots } from './v-squeeze.ts';

/** Slots of F and I of both chunks on one device: F of chunk 0, F of chunk 1, I of chunk 1, I of chunk 0. */
export type Block = readonly [number, number, number, number];

/** One building block has six operations, so one begins every six slots. */
const INTERVAL = 6;

export function fromBlocks(blocks: readonly Block[], m: number): Plan {
	const p = blocks.length;
	const start: Slots[] = blocks.map((block) => {
		const slots = new Int8Array(Math.max(...block) + INTERVAL * (m - 1) + 1).fill(FREE);
		block.forEach((slot, type) => {
			for (let i = 0; i < m; i++) slots[slot + INTERVAL * i] = type;
		});
		return slots;
	});
	// Squeezed with W as operations of their own, then again with W wherever a slot is free.
	const first = eager(squeeze(start.map(withWeights), m, true), false);
	const second = eager(squeeze(first, m, false).map(withWeights), false);
	return { layout: vShaped(p, m), orders: second.map((slots, r) => orderOf(withWeights(slots), p, r)) };
}

/** Reads a row of slots, W going to chunk 1 before chunk 0 where both are pending. */
function orderOf(slots: Slots, p: number, r: number): Order {
	const order = new Order();
	const done = [0, 0, 0, 0];
	const pending: [number, number] = [0, 0];
	const weights: [number, number] = [0, 0];
	const [down, up] = [r, 2 * p - 1 - r];
	for (const type of slots) {
		if (type === FREE) continue;
		if (type === W1) {
			const of = pending[0] > 0 ? 0 : 1;
			pending[of]--;
			order.add(W, of === 0 ? up : down, weights[of]++);
			continue;
		}
		order.add(type === F0 || type === F1 ? F : I, type === F0 || type === I0 ? down : up, done[type]!++);
		if (type === I1) pending[0]++;
		if (type === I0) pending[1]++;
	}
	return order;
}
