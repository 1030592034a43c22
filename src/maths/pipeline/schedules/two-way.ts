/** What DualPipe and DualPipeV have in common: the eight steps of deepseek-ai/DualPipe, for a device and its two stages. */
import { B, F, FB, I, Order, W } from '../op.ts';

export interface TwoWay {
	/** Stages of the first and the second phase. */
	readonly stages: readonly [number, number];
	/** Distance from the nearer end, and the devices on the way to the middle (or to the turn of the V). */
	readonly h: number;
	readonly half: number;
	/** Overlapped rounds of step 4. */
	readonly rounds: number;
}

export function twoWay({ stages, h, half, rounds }: TwoWay): Order {
	const order = new Order();
	const forwards: [number, number] = [0, 0];
	const backwards: [number, number] = [0, 0];
	/** Weight gradients that were split off, oldest first. */
	const queue: [number, number][] = [];
	let done = 0;
	type Phase = 0 | 1;
	const forward = (phase: Phase): void => order.add(F, stages[phase], forwards[phase]++);
	const backward = (phase: Phase, split = false): void => {
		const microbatch = backwards[phase]++;
		order.add(split ? I : B, stages[phase], microbatch);
		if (split) queue.push([stages[phase], microbatch]);
	};
	const both = (f: Phase, b: Phase): void => order.add(FB, stages[f], forwards[f]++, stages[b], backwards[b]++);
	const weight = (): void => {
		const next = queue[done++];
		if (next !== undefined) order.add(W, ...next);
	};
	const repeat = (times: number, act: (i: number) => void): void => {
		for (let i = 0; i < times; i++) act(i);
	};
	const before = half - h - 1;
	repeat(2 * before, () => forward(0));
	repeat(h + 1, () => {
		forward(0);
		forward(1);
	});
	repeat(before, () => {
		backward(1, true);
		weight();
		forward(1);
	});
	repeat(rounds, (i) => {
		// In the middle the very first backward needs a forward that has only just ended.
		if (i === 0 && before === 0) {
			forward(0);
			backward(1);
		} else both(0, 1);
		both(1, 0);
	});
	repeat(before, () => {
		backward(1);
		both(1, 0);
	});
	const from = Math.floor((h + 1) / 2);
	repeat(h + 1, (i) => {
		backward(1, i > from || (i === from && h % 2 === 1));
		backward(0, i >= from);
	});
	repeat(before, () => {
		weight();
		backward(0, true);
	});
	repeat(h + 1, weight);
	return order;
}
