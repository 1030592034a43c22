/** Idle stretches of a device, and what each waits for. */
import { deviceAt, type Schedule } from './simulate.ts';

/** Times nearer than this are the same: sums of decimal durations differ by rounding. */
export const EPSILON = 1e-9;

export interface Idle {
	readonly device: number;
	readonly from: number;
	readonly to: number;
	/** The operation that comes after it, or -1: the device has no work left. */
	readonly next: number;
	/** The operation whose result it waits for, the device of that, when that ended; -1 where nothing is waited for. */
	readonly awaited: number;
	readonly awaitedDevice: number;
	readonly sent: number;
}

/** The idle stretch before operation `op` of `device` (offsets[device + 1]: after its last), or undefined where there is none. */
export function idleBefore(schedule: Schedule, device: number, op: number): Idle | undefined {
	const { offsets, start, end, input, makespan } = schedule;
	const from = op === offsets[device]! ? 0 : end[op - 1]!;
	const over = op >= offsets[device + 1]!;
	const to = over ? makespan : start[op]!;
	if (to - from <= EPSILON) return undefined;
	const awaited = over ? -1 : input[op]!;
	return {
		...{ device, from, to, awaited },
		next: over ? -1 : op,
		awaitedDevice: awaited < 0 ? -1 : deviceAt(schedule, awaited),
		sent: awaited < 0 ? -1 : end[awaited]!
	};
}

/** The first operation of a device that ends after time t (offsets[device + 1] when there is none). */
export function operationAt({ offsets, end }: Schedule, device: number, t: number): number {
	let [low, high] = [offsets[device]!, offsets[device + 1]!];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (end[middle]! > t + EPSILON) high = middle;
		else low = middle + 1;
	}
	return low;
}

export function busyOf({ offsets, start, end }: Schedule, device: number): number {
	let busy = 0;
	for (let op = offsets[device]!; op < offsets[device + 1]!; op++) busy += end[op]! - start[op]!;
	return busy;
}

/** Idle time between a device's first start and its last end. */
export function idleInsideSpan(schedule: Schedule, device: number): number {
	const { offsets, start, end } = schedule;
	const [first, last] = [offsets[device]!, offsets[device + 1]! - 1];
	return last < first ? 0 : end[last]! - start[first]! - busyOf(schedule, device);
}
