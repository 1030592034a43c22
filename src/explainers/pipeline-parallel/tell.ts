/** Why a mark is there, as one sentence: what the operation needed, what an idle device waits for. */
import { idleBefore } from '#maths/pipeline/idle.ts';
import { memoryAt } from '#maths/pipeline/memory.ts';
import { B, F, FB } from '#maths/pipeline/op.ts';
import { deviceAt } from '#maths/pipeline/simulate.ts';
import { handedTo, operationValues } from './captions.ts';
import type { PipelineText } from './labels.ts';
import type { Place } from './places.ts';
import type { Story } from './story.ts';

const prefixed = (values: Readonly<Record<string, string | number>>, prefix: string): Record<string, string | number> =>
	Object.fromEntries(Object.entries(values).map(([key, value]) => [prefix + key, value]));

export function tellPlace(story: Story, place: Place, text: PipelineText): string | undefined {
	const { schedule, memories, versions } = story;
	const { device } = place;
	if (place.kind === 'memory') {
		const memory = memories[device]!;
		const at = memoryAt(memory, place.time);
		const values = {
			device,
			time: Math.round(place.time * 10) / 10,
			held: memory.held[at]!,
			kept: memory.kept[at]!,
			peak: memory.peakUntilWeight
		};
		return text.why.memory(values);
	}
	if (place.kind === 'idle') {
		const idle = idleBefore(schedule, device, place.op);
		if (idle === undefined) return undefined;
		const { from, to, awaited, awaitedDevice, sent } = idle;
		if (awaited < 0) return text.why.over({ device, from, to });
		const next = operationValues(story, idle.next);
		const cause = prefixed(operationValues(story, awaited), 'awaited.');
		return text.why.idle({ device, from, to, sent, awaitedDevice, comm: schedule.durations.tComm, ...next, ...cause });
	}
	const { op } = place;
	const cause = schedule.input[op]!;
	const source = cause < 0 ? -1 : deviceAt(schedule, cause);
	const kind = schedule.kind[op]!;
	const values = {
		...operationValues(story, op),
		...handedTo(story, op),
		...(cause < 0 ? {} : prefixed(operationValues(story, cause), 'awaited.')),
		...{ device, source, critical: story.critical.includes(op) ? 1 : 0 },
		version: versions !== undefined && (kind === F || kind === B) ? versions.used[op]! : -1
	};
	if (kind === FB) return text.why.pair(values);
	return source < 0 ? text.why.first(values) : source === device ? text.why.own(values) : text.why.operation(values);
}
