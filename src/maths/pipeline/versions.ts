/** Weight versions of PipeDream: version k of a stage is its weights after k backwards. */
import { B, F } from './op.ts';
import type { Schedule } from './simulate.ts';

/** Version that each operation computes with: the newest at the forward, and the same one again at its backward (weight stashing). */
export function versionsUsed({ offsets, kind, microbatch, stage, forwardOf, layout }: Schedule): Int32Array {
	const used = new Int32Array(kind.length);
	for (let d = 0; d + 1 < offsets.length; d++) {
		let updates = 0;
		for (let op = offsets[d]!; op < offsets[d + 1]!; op++) {
			if (kind[op] === F) used[op] = updates;
			if (kind[op] !== B) continue;
			used[op] = used[forwardOf[stage[op]! * layout.microbatches + microbatch[op]!]!]!;
			updates++;
		}
	}
	return used;
}

/** Versions that a device must hold at once, by its operations: the newest, and all that a minibatch in flight has begun with. */
export function versionsHeld(schedule: Schedule, used: Int32Array, device: number): Int32Array {
	const { offsets, kind } = schedule;
	const first = offsets[device]!;
	const held = new Int32Array(offsets[device + 1]! - first);
	const inFlight = new Map<number, number>();
	let updates = 0;
	for (let i = 0; i < held.length; i++) {
		const version = used[first + i]!;
		const forward = kind[first + i] === F;
		const count = (inFlight.get(version) ?? 0) + (forward ? 1 : -1);
		if (count > 0) inFlight.set(version, count);
		else inFlight.delete(version);
		if (!forward) updates++;
		held[i] = inFlight.size + (inFlight.has(updates) ? 0 : 1);
	}
	return held;
}
