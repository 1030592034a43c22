/** Operations of a training step on a pipeline, and the order in which a device does them. */

import type { Layout } from './layout.ts';

/** Forward; full backward; backward for the inputs alone; backward for the weights alone; a forward overlapped with a full backward. */
export const F = 0;
export const B = 1;
export const I = 2;
export const W = 3;
export const FB = 4;
export type Kind = typeof F | typeof B | typeof I | typeof W | typeof FB;

export const KIND_NAMES = ['F', 'B', 'I', 'W', 'FB'] as const;

/** The order of one device, as columns. Of an overlapped pair `stage` and `microbatch` are the forward's, `stage2` and `microbatch2` the backward's. */
export class Order {
	readonly kind: Kind[] = [];
	readonly stage: number[] = [];
	readonly microbatch: number[] = [];
	readonly stage2: number[] = [];
	readonly microbatch2: number[] = [];

	get length(): number {
		return this.kind.length;
	}
	add(kind: Kind, stage: number, microbatch: number, stage2 = -1, microbatch2 = -1): void {
		this.kind.push(kind);
		this.stage.push(stage);
		this.microbatch.push(microbatch);
		this.stage2.push(stage2);
		this.microbatch2.push(microbatch2);
	}
}

/** What is to be done, where and in which order; when follows from durations (simulate.ts). */
export interface Plan {
	readonly layout: Layout;
	/** One for each device. */
	readonly orders: readonly Order[];
}
