/** What lies under the pointer: an operation, an idle stretch, or the memory of a device at a time. And the way from one to the next by keys. */
import { EPSILON, operationAt } from '#maths/pipeline/idle.ts';
import type { Geometry } from './geometry.ts';
import type { Story } from './story.ts';

export type Place =
	| { readonly kind: 'operation'; readonly device: number; readonly op: number }
	/** The stretch before operation `op`; offsets[device + 1] for the one after the last. */
	| { readonly kind: 'idle'; readonly device: number; readonly op: number }
	| { readonly kind: 'memory'; readonly device: number; readonly time: number };

/** What device `device` does at a time; undefined after the end of the step. */
function doneAt({ schedule }: Story, device: number, time: number): Place | undefined {
	if (time < 0 || time > schedule.makespan + EPSILON) return undefined;
	const op = operationAt(schedule, device, time);
	const begun = op < schedule.offsets[device + 1]! && schedule.start[op]! <= time + EPSILON;
	return { kind: begun ? 'operation' : 'idle', device, op };
}

/** `down` is the height from the first row's top (0) to the last row's bottom (1). */
export function placeAt(story: Story, geometry: Geometry, time: number, down: number): Place | undefined {
	const y = down * geometry.rows * geometry.pitch;
	const device = Math.min(geometry.rows - 1, Math.floor(y / geometry.pitch));
	if (time > story.schedule.makespan) return undefined;
	if (y - device * geometry.pitch > geometry.stripY) return { kind: 'memory', device, time };
	return doneAt(story, device, time);
}

/** By an arrow key: the operation or idle stretch before or after, or what the device above or below does at that time. */
export function neighbour(story: Story, at: Place | undefined, dx: -1 | 0 | 1, dy: -1 | 0 | 1, now: number): Place | undefined {
	const { schedule, counts } = story;
	const { offsets, start, end, makespan } = schedule;
	if (at === undefined) return doneAt(story, 0, Math.min(now, makespan - EPSILON * 4));
	const { device } = at;
	const span = (): [number, number] => {
		if (at.kind === 'memory') return [at.time, at.time];
		if (at.kind === 'operation') return [start[at.op]!, end[at.op]!];
		const from = at.op === offsets[device]! ? 0 : end[at.op - 1]!;
		return [from, at.op === offsets[device + 1]! ? makespan : start[at.op]!];
	};
	const [from, to] = span();
	if (dy !== 0) {
		const next = Math.min(counts.stages - 1, Math.max(0, device + dy));
		return doneAt(story, next, (from + to) / 2);
	}
	const time = dx < 0 ? from - 4 * EPSILON : to + 4 * EPSILON;
	return time < 0 || time > makespan ? at : (doneAt(story, device, time) ?? at);
}
