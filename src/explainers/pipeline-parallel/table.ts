/** The schedule as a table: every operation, when it is done, and what was waited for. */
import type { Table } from '#kit/explainer.ts';
import { idleBefore } from '#maths/pipeline/idle.ts';
import { labelOf } from '#maths/pipeline/label.ts';
import type { PipelineText } from './labels.ts';
import type { PipelineFrame } from './model.ts';

const MOST_ROWS = 5000;
/** Sums of decimal durations, without the dust of rounding. */
const tidy = (t: number): number => Math.round(t * 1e6) / 1e6;

export function table({ story }: PipelineFrame, _p: unknown, _data: unknown, text: PipelineText): Table {
	const { schedule } = story;
	const { layout, offsets, start, end } = schedule;
	const { device, operation, idle, awaited, foot } = text.table;
	const rows: (string | number)[][] = [];
	for (let d = 0; d < layout.devices && rows.length < MOST_ROWS; d++) {
		for (let op = offsets[d]!; op < offsets[d + 1]! && rows.length < MOST_ROWS; op++) {
			const stretch = idleBefore(schedule, d, op);
			rows.push([
				...[d, labelOf(schedule, op), tidy(start[op]!), tidy(end[op]!)],
				...(stretch === undefined
					? [0, '']
					: [tidy(stretch.to - stretch.from), stretch.awaited < 0 ? '' : labelOf(schedule, stretch.awaited)])
			]);
		}
	}
	return {
		columns: [device, operation, text.table.start, text.table.end, idle, awaited],
		rows,
		...(rows.length < start.length ? { foot: foot({ rows: rows.length, all: start.length }) } : {})
	};
}
