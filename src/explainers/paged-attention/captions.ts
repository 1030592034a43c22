/** Which sentence a step gets, and with which numbers. */
import { blocksFor } from '#maths/paged/blocks-for.ts';
import type { Caption } from '#kit/model.ts';
import type { PagedFrame } from './frames.ts';
import { QUEUED, RUNNING, type Snapshot } from './snapshot.ts';

/** At most this many block numbers in a sentence. */
const LISTED = 6;
const list = (blocks: readonly number[]): string => blocks.slice(0, LISTED).join(', ') + (blocks.length > LISTED ? ' …' : '');

export function counts(snapshot: Snapshot): { running: number; waiting: number; finished: number } {
	let [running, waiting, finished] = [0, 0, 0];
	for (const status of snapshot.statuses) {
		if (RUNNING.has(status)) running++;
		else if (QUEUED.has(status)) waiting++;
		else if (status === 'finished') finished++;
	}
	return { running, waiting, finished };
}

/** Tokens drawn in the step's stretch of the log. */
function drawn({ story: { run }, first, end }: PagedFrame): { tokens: number; blocks: number; prefill: number } {
	const found = { tokens: 0, blocks: 0, prefill: 0 };
	for (let i = first; i < end; i++) {
		const op = run.log.op(i);
		if (op === 'append' || op === 'grow' || op === 'copy') found.tokens++;
		if (op === 'grow' || op === 'copy') found.blocks++;
		if (op === 'prefill') found.prefill += run.log.value(i);
	}
	return found;
}

export function captionOf(frame: PagedFrame): Caption {
	const { kind, name, story, iteration } = frame;
	const { run, scene } = story;
	const { blockSize: B, policy } = run.setup;
	const contiguous = policy === 'paged' ? 0 : 1;
	if (kind === 'start') return { key: scene === 'paper-fig9' ? 'fig9' : 'empty', values: { blocks: run.setup.blocks, B } };
	const last = frame.end - 1;
	const sequence = run.log.sequence(last);
	const value = run.log.value(last);
	const request = run.setup.requests[run.sequences[sequence]!.request]!;
	const base = { name, iteration, B, contiguous, beam: scene === 'paper-fig9' || request.parents !== undefined ? 1 : 0 };
	if (kind === 'iteration' || kind === 'appends') {
		const { tokens, blocks, prefill } = drawn(frame);
		const { running = 0, waiting = 0 } = run.moments[iteration - 1] ?? {};
		return { key: kind, values: { ...base, tokens, blocks, prefill, running, waiting } };
	}
	const { snapshot } = frame;
	const place = snapshot.places.find((one) => one.sequence === sequence);
	const table = place?.blocks ?? [];
	const at = { tokens: place?.tokens ?? 0, last: table.at(-1) ?? -1, free: snapshot.free.length };
	const reserved = place?.range?.reserved ?? 0;
	switch (kind) {
		case 'arrive':
			return { key: kind, values: { ...base, tokens: request.prompt, output: request.output, wanted: blocksFor(request.prompt, B) } };
		case 'reject':
			return { key: kind, values: { ...base, tokens: value, blocks: run.setup.blocks } };
		case 'hit':
			return { key: kind, values: { ...base, tokens: value, blocks: list(table), count: table.length } };
		case 'prefill': {
			const own = table.slice(blocksFor(Math.max(0, at.tokens - value), B));
			return { key: kind, values: { ...base, ...at, now: value, blocks: list(own), count: own.length, reserved } };
		}
		case 'fork': {
			const parent = run.sequences[value]!;
			const children = Array.from({ length: frame.end - frame.first }, (_, i) => run.sequences[run.log.sequence(frame.first + i)]!.name);
			const shared = snapshot.places.find((one) => one.sequence === value)?.blocks.length ?? 0;
			return {
				key: kind,
				values: { ...base, parent: parent.name, children: children.join(', '), count: shared, beams: request.parents ? 1 : 0 }
			};
		}
		case 'drop':
		case 'finish': {
			const freed = [...snapshot.changed].filter((block) => snapshot.refs[block] === 0).sort((a, b) => a - b);
			return { key: kind, values: { ...base, output: value, blocks: list(freed), count: freed.length, free: at.free } };
		}
		case 'evict': {
			const gone = [...snapshot.changed].sort((a, b) => a - b);
			return { key: kind, values: { ...base, blocks: list(gone), count: gone.length } };
		}
		case 'copy': {
			const old = [...snapshot.changed].find((block) => block !== at.last) ?? -1;
			const left = snapshot.refs[old] ?? 0;
			return { key: kind, values: { ...base, old, last: at.last, copied: (at.tokens - 1) % B, left } };
		}
		case 'preempt':
		case 'swapOut':
		case 'swapIn':
			return { key: kind, values: { ...base, tokens: value, free: at.free, count: value } };
		default:
			return { key: kind, values: { ...base, ...at, slot: ((at.tokens - 1) % B) + 1, reserved } };
	}
}
