/** Which sentence a moment gets: what has just become possible, and what the wait for it has cost. */
import type { Caption } from '#kit/model.ts';
import { EPSILON, idleBefore, operationAt } from '#maths/pipeline/idle.ts';
import { B, F, FB, I, KIND_NAMES, W } from '#maths/pipeline/op.ts';
import { deviceAt } from '#maths/pipeline/simulate.ts';
import type { PipelineFrame } from './frames.ts';
import type { Story } from './story.ts';

export type Values = Readonly<Record<string, string | number>>;

/** What a sentence needs to know of an operation. `two` tells of two directions or chunks, whose number then matters. */
export function operationValues({ schedule, name }: Story, op: number): Values {
	const { layout, kind, stage, microbatch, stage2, microbatch2, start, end } = schedule;
	const s = stage[op]!;
	const named = (at: number): string =>
		layout.chunks === 1 ? '' : name === 'dualpipe' ? layout.name[at]!.charAt(0) : String(layout.chunk[at]!);
	const pair = kind[op] === FB;
	return {
		kind: KIND_NAMES[kind[op]!]!,
		microbatch: microbatch[op]!,
		stage: layout.name[s]!.replace(/^[du]/, ''),
		chunk: named(s),
		microbatch2: pair ? microbatch2[op]! : -1,
		chunk2: pair ? named(stage2[op]!) : '',
		start: start[op]!,
		end: end[op]!
	};
}

/** What arrives last for an operation: activations for its forward, or the gradient for its backward, and of which microbatch. */
export function handedTo({ schedule }: Story, op: number): Values {
	const { layout, kind, stage, microbatch, microbatch2, input, forwardOf } = schedule;
	const before = layout.previous[stage[op]!]!;
	const activations = before >= 0 && forwardOf[before * layout.microbatches + microbatch[op]!] === input[op];
	if (kind[op] === FB && !activations) return { goods: 'gradient', goodsMicrobatch: microbatch2[op]! };
	return { goods: kind[op] === F || kind[op] === FB ? 'activations' : 'gradient', goodsMicrobatch: microbatch[op]! };
}

/** Devices that compute just after time t. */
function computing({ schedule }: Story, t: number): number {
	let n = 0;
	for (let d = 0; d < schedule.layout.devices; d++) {
		const op = operationAt(schedule, d, t);
		if (op < schedule.offsets[d + 1]! && schedule.start[op]! <= t + EPSILON) n++;
	}
	return n;
}

/** Time that a device has idled until t. */
export function idleUntil({ schedule }: Story, device: number, t: number): number {
	const { offsets, start, end } = schedule;
	let busy = 0;
	for (let op = offsets[device]!; op < offsets[device + 1]! && start[op]! < t; op++) busy += Math.min(t, end[op]!) - start[op]!;
	return t - busy;
}

interface Start {
	readonly op: number;
	readonly device: number;
	readonly waited: number;
	readonly weight: number;
}

/** Operations that have started after `before` up to t, the most telling first: who waited longest, then backwards, then the first device. */
function startsOf({ schedule }: Story, before: number, t: number): Start[] {
	const { offsets, start, kind, layout, input } = schedule;
	const found: Start[] = [];
	for (let device = 0; device < layout.devices; device++) {
		const op = operationAt(schedule, device, t);
		if (op >= offsets[device + 1]! || start[op]! > t + EPSILON || start[op]! <= before + EPSILON) continue;
		const idle = op === offsets[device]! ? undefined : idleBefore(schedule, device, op);
		const remote = input[op]! >= 0 && deviceAt(schedule, input[op]!) !== device;
		const backward = kind[op] === B || kind[op] === I || kind[op] === FB;
		found.push({ op, device, waited: idle === undefined ? 0 : idle.to - idle.from, weight: (remote ? 2 : 0) + (backward ? 1 : 0) });
	}
	return found.sort((a, b) => b.waited - a.waited || b.weight - a.weight || a.device - b.device);
}

export function captionOf({ story, time, index, last }: PipelineFrame): Caption {
	const { schedule, busy } = story;
	const { layout, makespan, input, end, start, durations, kind, offsets } = schedule;
	const { devices } = layout;
	if (last) {
		const mean = busy.reduce((a, b) => a + b, 0) / devices;
		const values = {
			time,
			devices,
			busy: mean,
			idle: makespan - mean,
			total: (makespan - mean) / makespan,
			ideal: (makespan - mean) / mean
		};
		return { key: story.name === 'pipedream' ? 'doneStream' : 'done', values };
	}
	if (index === 0)
		return { key: story.name === 'dualpipe' ? 'startBoth' : 'start', values: { time, devices, rest: devices - computing(story, 0) } };
	const before = story.times[index - 1]!;
	const [first] = startsOf(story, before, time);
	const active = computing(story, time);
	const common = { time, devices, active, idlers: devices - active };
	if (first === undefined) {
		const over = Array.from({ length: devices }, (_, d) => d).find((d) => {
			const finish = end[offsets[d + 1]! - 1]!;
			return finish <= time + EPSILON && finish > before + EPSILON;
		});
		if (over !== undefined) return { key: 'over', values: { ...common, device: over, wait: makespan - time } };
		return { key: 'run', values: common };
	}
	const { op, device, waited } = first;
	const cause = input[op]!;
	const from = cause < 0 ? -1 : deviceAt(schedule, cause);
	const idle = idleUntil(story, device, time);
	const values = {
		...common,
		...operationValues(story, op),
		...handedTo(story, op),
		device,
		from,
		waited,
		since: start[op]! - waited,
		idle
	};
	if (kind[op] === W) return { key: 'weight', values };
	if (from < 0 || from === device) return { key: kind[op] === FB ? 'pair' : 'local', values };
	const arrival = end[cause]! + durations.tComm;
	if (waited > EPSILON) return { key: 'resume', values };
	if (Math.abs(arrival - start[op]!) <= EPSILON) return { key: 'arrive', values };
	return { key: kind[op] === FB ? 'pair' : 'ready', values: { ...values, arrival } };
}
