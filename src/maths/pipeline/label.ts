/** Names of operations: model stage, operation, microbatch, e.g. 4B1; an overlapped pair is (0F7;7B3). And the grid of a schedule. */
import { FB, KIND_NAMES } from './op.ts';
import type { Schedule } from './simulate.ts';

export function labelOf({ layout, kind, stage, microbatch, stage2, microbatch2 }: Schedule, op: number): string {
	const name = (s: number, what: string, i: number): string => `${layout.name[s]!}${what}${i}`;
	const what = kind[op]!;
	if (what !== FB) return name(stage[op]!, KIND_NAMES[what]!, microbatch[op]!);
	return `(${name(stage[op]!, 'F', microbatch[op]!)};${name(stage2[op]!, 'B', microbatch2[op]!)})`;
}

/** For each device its operations in order. */
export function ordersOf(schedule: Schedule): string[][] {
	const { offsets, layout } = schedule;
	return Array.from({ length: layout.devices }, (_, d) =>
		Array.from({ length: offsets[d + 1]! - offsets[d]! }, (_, i) => labelOf(schedule, offsets[d]! + i))
	);
}

/** For each device its cells of one time unit, "." where it idles; undefined where times are not whole or there are more than `most` cells. */
export function gridOf(schedule: Schedule, most = 1_000_000): string[][] | undefined {
	const { offsets, layout, start, end, makespan } = schedule;
	if (!Number.isInteger(makespan) || makespan * layout.devices > most) return undefined;
	if (!start.every(Number.isInteger) || !end.every(Number.isInteger)) return undefined;
	return Array.from({ length: layout.devices }, (_, d) => {
		const row = Array.from({ length: makespan }, () => '.');
		for (let op = offsets[d]!; op < offsets[d + 1]!; op++) row.fill(labelOf(schedule, op), start[op], end[op]);
		return row;
	});
}
