/** When everything happens: an operation starts as soon as its device is free and its inputs have arrived. */
import type { Layout } from './layout.ts';
import { B, F, FB, I, W, type Plan } from './op.ts';

/** Durations in slots. A full backward lasts tI + tW; what goes to another device arrives tComm later. */
export interface Durations {
	readonly tF: number;
	readonly tI: number;
	readonly tW: number;
	/** A forward overlapped with a full backward. */
	readonly tFB: number;
	readonly tComm: number;
}

/** A finished step. Operations are numbered device by device in order; columns are indexed by that number. */
export interface Schedule {
	readonly layout: Layout;
	readonly durations: Durations;
	/** Operations of device d: offsets[d] up to offsets[d + 1]. */
	readonly offsets: Int32Array;
	readonly kind: Uint8Array;
	readonly stage: Int16Array;
	readonly microbatch: Int16Array;
	/** The backward of an overlapped pair, else -1. */
	readonly stage2: Int16Array;
	readonly microbatch2: Int16Array;
	readonly start: Float64Array;
	readonly end: Float64Array;
	/** The operation whose result arrived last before the start, or -1. */
	readonly input: Int32Array;
	/** Operation that does the forward, the backward (of the inputs), the weight gradient of [stage * microbatches + microbatch]. */
	readonly forwardOf: Int32Array;
	readonly backwardOf: Int32Array;
	readonly weightOf: Int32Array;
	readonly makespan: number;
}

export function deviceAt({ offsets }: Pick<Schedule, 'offsets'>, op: number): number {
	let [low, high] = [0, offsets.length - 2];
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if (offsets[middle]! <= op) low = middle;
		else high = middle - 1;
	}
	return low;
}

/** Linear in the number of operations. Throws when the orders wait for each other in a circle. */
export function simulate({ layout, orders }: Plan, durations: Durations): Schedule {
	const { devices, microbatches: m } = layout;
	const offsets = new Int32Array(devices + 1);
	orders.forEach((order, d) => (offsets[d + 1] = offsets[d]! + order.length));
	const n = offsets[devices]!;
	const columns = () => new Int16Array(n);
	const [kind, stage, microbatch, stage2, microbatch2] = [new Uint8Array(n), columns(), columns(), columns(), columns()];
	const ids = () => new Int32Array(layout.device.length * m).fill(-1);
	const [forwardOf, backwardOf, weightOf] = [ids(), ids(), ids()];
	orders.forEach((order, d) => {
		const first = offsets[d]!;
		kind.set(order.kind, first);
		stage.set(order.stage, first);
		microbatch.set(order.microbatch, first);
		stage2.set(order.stage2, first);
		microbatch2.set(order.microbatch2, first);
		for (let i = 0; i < order.length; i++) {
			const at = order.stage[i]! * m + order.microbatch[i]!;
			const what = order.kind[i]!;
			if (what === F || what === FB) forwardOf[at] = first + i;
			if (what === B || what === I) backwardOf[at] = first + i;
			if (what === B || what === W) weightOf[at] = first + i;
			if (what !== FB) continue;
			const back = order.stage2[i]! * m + order.microbatch2[i]!;
			backwardOf[back] = weightOf[back] = first + i;
		}
	});

	const start = new Float64Array(n);
	const end = new Float64Array(n);
	const input = new Int32Array(n).fill(-1);
	const done = new Uint8Array(n);
	const next = offsets.slice(0, devices);
	const free = new Float64Array(devices);
	/** Devices that wait for an operation, as linked lists: each waits for one at a time. */
	const waiter = new Int32Array(n).fill(-1);
	const nextWaiter = new Int32Array(devices).fill(-1);
	const lasts = [durations.tF, durations.tI + durations.tW, durations.tI, durations.tW, durations.tFB];
	const ready = Array.from({ length: devices }, (_, i) => devices - 1 - i);

	for (let device = ready.pop(); device !== undefined; device = ready.pop()) {
		for (let op = next[device]!; op < offsets[device + 1]!; op = next[device]!) {
			let missing = -1;
			let arrival = 0;
			let cause = -1;
			const needs = (producer: number): void => {
				if (done[producer] === 0) {
					missing = producer;
					return;
				}
				const remote = producer < offsets[device]! || producer >= offsets[device + 1]!;
				const arrives = end[producer]! + (remote ? durations.tComm : 0);
				if (cause >= 0 && arrives <= arrival) return;
				arrival = arrives;
				cause = producer;
			};
			const backwardNeeds = (s: number, i: number): void => {
				const after = layout.next[s]!;
				needs(after < 0 ? forwardOf[s * m + i]! : backwardOf[after * m + i]!);
			};
			const what = kind[op]!;
			const before = layout.previous[stage[op]!]!;
			if ((what === F || what === FB) && before >= 0) needs(forwardOf[before * m + microbatch[op]!]!);
			if (what === B || what === I) backwardNeeds(stage[op]!, microbatch[op]!);
			if (what === FB) backwardNeeds(stage2[op]!, microbatch2[op]!);
			if (what === W) needs(backwardOf[stage[op]! * m + microbatch[op]!]!);
			if (missing >= 0) {
				nextWaiter[device] = waiter[missing]!;
				waiter[missing] = device;
				break;
			}
			start[op] = Math.max(free[device]!, arrival);
			end[op] = free[device] = start[op]! + lasts[what]!;
			input[op] = cause;
			done[op] = 1;
			next[device] = op + 1;
			for (let w = waiter[op]!; w >= 0; w = nextWaiter[w]!) ready.push(w);
		}
	}
	for (let d = 0; d < devices; d++) if (next[d]! < offsets[d + 1]!) throw new Error(`the order of device ${d} can never be finished`);
	const makespan = free.reduce((a, b) => Math.max(a, b), 0);
	return {
		...{ layout, durations, offsets, kind, stage, microbatch, stage2, microbatch2 },
		...{ start, end, input, forwardOf, backwardOf, weightOf, makespan }
	};
}
