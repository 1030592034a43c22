/** The figure without its picture. */
import type { Facts, Model, Problem } from '#kit/model.ts';
import { gridOf, labelOf, ordersOf } from '#maths/pipeline/label.ts';
import { EPSILON, idleBefore, operationAt } from '#maths/pipeline/idle.ts';
import { memoryAt } from '#maths/pipeline/memory.ts';
import { factsOf } from './facts.ts';
import { framesOf, PipelineFrame } from './frames.ts';
import { params, type PipelineParams } from './params.ts';
import { countsOf, storyOf, type Story } from './story.ts';

export { PipelineFrame } from './frames.ts';

/** Frames are made once for a story; facts and pictures ask again. */
const made = new WeakMap<Story, readonly PipelineFrame[]>();
function frames(p: PipelineParams): readonly PipelineFrame[] {
	const story = storyOf(p);
	const all = made.get(story) ?? framesOf(story);
	made.set(story, all);
	return all;
}

/** Facts hold for the whole step, and are asked for at every moment of it. */
const known = new WeakMap<Story, Facts>();
function facts(p: PipelineParams): Facts {
	const story = storyOf(p);
	const all = known.get(story) ?? factsOf(story);
	known.set(story, all);
	return all;
}

/** What the schedule is not made for; the picture shows the nearest counts that it is. */
function check(p: PipelineParams): Problem | undefined {
	const { stages, microbatches } = countsOf(p);
	const fix = { ...(stages === p.stages ? {} : { stages }), ...(microbatches === p.microbatches ? {} : { microbatches }) };
	if (Object.keys(fix).length === 0) return undefined;
	const key = p.schedule === 'dualpipe' ? 'dualpipe' : p.schedule === 'dualpipev' ? 'dualpipev' : 'interleaved';
	return { key, values: { stages: p.stages, microbatches: p.microbatches, newStages: stages, newMicrobatches: microbatches }, fix };
}

/** What a device does at a moment, as JSON. */
function stateOf({ story, time }: PipelineFrame, device: number): Readonly<Record<string, unknown>> {
	const { schedule, memories } = story;
	const op = operationAt(schedule, device, time);
	const memory = memories[device]!;
	const at = memoryAt(memory, time);
	const held = { held: memory.held[at]!, keptForWeight: memory.kept[at]! };
	if (op < schedule.offsets[device + 1]! && schedule.start[op]! <= time + EPSILON) return { operation: labelOf(schedule, op), ...held };
	const idle = idleBefore(schedule, device, op);
	const waits = idle === undefined || idle.awaited < 0 ? {} : { waitsFor: labelOf(schedule, idle.awaited), onDevice: idle.awaitedDevice };
	return { operation: null, ...waits, ...held };
}

function toJSON(frame: PipelineFrame): unknown {
	const { story, time, last } = frame;
	const devices = Array.from({ length: story.counts.stages }, (_, d) => stateOf(frame, d));
	if (!last) return { time, devices };
	const grid = gridOf(story.schedule);
	return { time, devices, ...(grid === undefined ? {} : { grid }), orders: ordersOf(story.schedule) };
}

export const model: Model<typeof params, PipelineFrame, null> = {
	params,
	frames,
	facts,
	check,
	toJSON
};
