/** Warm-up, steady state and cool-down of a device: before its first backward, and after its last forward. */
import { B, F, FB, I } from './op.ts';
import type { Schedule } from './simulate.ts';

export interface Phases {
	readonly steady: number;
	readonly cooldown: number;
}

export function phasesOf({ offsets, kind, start, end }: Schedule, device: number): Phases {
	let [steady, cooldown] = [Infinity, 0];
	for (let op = offsets[device]!; op < offsets[device + 1]!; op++) {
		const what = kind[op]!;
		if (what === B || what === I || what === FB) steady = Math.min(steady, start[op]!);
		if (what === F || what === FB) cooldown = end[op]!;
	}
	return { steady, cooldown: Math.max(steady, cooldown) };
}
