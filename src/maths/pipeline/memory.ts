/** Activations that a device holds along time, in chunks of one microbatch. */
import { B, F, FB, I, W } from './op.ts';
import type { Schedule } from './simulate.ts';

/** Steps of one device: from time[i] on it holds `held[i]` chunks for a backward to come and `kept[i]` more whose W has not been done. */
export interface Memory {
	readonly time: Float64Array;
	readonly held: Int32Array;
	readonly kept: Int32Array;
	/** Greatest number held until the (input) backward, and until the weight gradient. */
	readonly peak: number;
	readonly peakUntilWeight: number;
}

/**
 * A forward stores a chunk when it starts; a full backward releases it when it ends; a split one keeps part of it (M_W of the Zero Bubble
 * paper) until W ends. Linear in the operations of the device.
 */
export function memoryOf({ offsets, kind, start, end }: Schedule, device: number): Memory {
	const [first, last] = [offsets[device]!, offsets[device + 1]!];
	const n = 2 * (last - first) + 1;
	const [time, held, kept] = [new Float64Array(n), new Int32Array(n), new Int32Array(n)];
	let [h, k, peak, peakUntilWeight] = [0, 0, 0, 0];
	let at = 1;
	const mark = (t: number): void => {
		time[at] = t;
		held[at] = h;
		kept[at++] = k;
	};
	for (let op = first; op < last; op++) {
		const what = kind[op]!;
		if (what === F || what === FB) h++;
		peak = Math.max(peak, h);
		peakUntilWeight = Math.max(peakUntilWeight, h + k);
		mark(start[op]!);
		if (what === B || what === I || what === FB) h--;
		if (what === I) k++;
		if (what === W) k--;
		mark(end[op]!);
	}
	return { time, held, kept, peak, peakUntilWeight };
}

/** Index of the step that holds at time t. */
export function memoryAt({ time }: Memory, t: number): number {
	let [low, high] = [0, time.length - 1];
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if (time[middle]! <= t + 1e-9) low = middle;
		else high = middle - 1;
	}
	return low;
}
