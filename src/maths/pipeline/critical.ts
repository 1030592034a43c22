/** The chain of operations that decides how long the step takes: shorten none of them and nothing gets faster. */
import { EPSILON } from './idle.ts';
import { deviceAt, type Schedule } from './simulate.ts';

/** Operations from first to last. Each starts when the one before has ended (on its device) or its result has arrived (from another). */
export function criticalPath(schedule: Schedule): number[] {
	const { offsets, layout, start, end, input, makespan, durations } = schedule;
	const path: number[] = [];
	let op = -1;
	for (let d = 0; d < layout.devices; d++) {
		const last = offsets[d + 1]! - 1;
		if (last >= offsets[d]! && Math.abs(end[last]! - makespan) <= EPSILON) op = last;
	}
	while (op >= 0) {
		path.push(op);
		const device = deviceAt(schedule, op);
		const before = op > offsets[device]! ? op - 1 : -1;
		const cause = input[op]!;
		const remote = cause >= 0 && deviceAt(schedule, cause) !== device;
		const arrives = cause < 0 ? -1 : end[cause]! + (remote ? durations.tComm : 0);
		// What arrives just in time is what the operation hangs on; otherwise its own device was busy until then.
		if (cause >= 0 && Math.abs(arrives - start[op]!) <= EPSILON) op = cause;
		else op = before;
	}
	return path.reverse();
}
