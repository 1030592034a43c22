import type { Runs } from '#maths/masks/runs.ts';
import { isCross, type MaskSettings } from '#maths/masks/settings.ts';
import { documentIds, imageBlocks, realTokens } from '#maths/masks/tables.ts';

/** A named stretch of keys, in columns: what stands in brackets above the axis. */
export interface Segment {
	readonly start: number;
	readonly end: number;
	/** A key of labels.segments. */
	readonly key: string;
	/** Which of several, from 1. */
	readonly index: number;
}

function stretches(values: readonly number[], name: (value: number) => string | undefined): readonly Segment[] {
	const out: Segment[] = [];
	let start = 0;
	for (let i = 1; i <= values.length; i++) {
		if (i < values.length && values[i] === values[start]) continue;
		const key = name(values[start]!);
		if (key !== undefined) out.push({ start, end: i, key, index: values[start]! + 1 });
		start = i;
	}
	return out;
}

/** The stretches of absolute positions that a kind speaks of. */
function ofKind(s: MaskSettings, n: number): readonly Segment[] {
	const first = (length: number, key: string): readonly Segment[] => (length > 0 ? [{ start: 0, end: length, key, index: 1 }] : []);
	switch (s.kind) {
		case 'packed':
		case 'packed-sliding-window':
			return stretches(documentIds(s.docs, n), () => 'document');
		case 'shared-prefix':
			return stretches(documentIds(s.docs, n), (id) => ((s.prefixDocs[id] ?? 0) === id ? 'prompt' : 'answer'));
		case 'causal-padding':
		case 'bidirectional-padding':
		case 'cross-attention':
			return stretches(realTokens(s.padding, s.leftPadding, n), (real) => (real === 0 ? 'padding' : undefined));
		case 'prefix-lm':
			return first(s.prefix, 'prefix');
		case 'chatglm1':
			return first(s.contextLength, 'context');
		case 'prefix-tuning':
			return first(s.virtualTokens, 'virtual');
		case 'attention-sinks':
			return first(s.sinks, 'sink');
		case 'chunked':
			return stretches(
				Array.from({ length: n }, (_, i) => Math.floor((i - s.leftPadding) / s.chunk)),
				(i) => (i < 0 ? 'padding' : 'chunk')
			);
		case 'image-bidirectional':
		case 'image-bidirectional-sliding':
			return stretches(imageBlocks(s.tokenType, n), (id) => (id < 0 ? undefined : 'image'));
		case 'vision-cross-attention':
			return stretches(
				Array.from({ length: n }, (_, i) => Math.min(s.intervals.length - 1, Math.floor(i / s.imageTokenLength))),
				(id) => (id < 0 ? undefined : 'image')
			);
		case 'block-diffusion':
			return stretches(
				Array.from({ length: n }, (_, i) => (i < Math.max(1, Math.floor(n / 2)) ? 0 : 1)),
				(half) => (half === 0 ? 'noised' : 'clean')
			);
		case 'tree': {
			const before = Math.max(0, n - s.parents.length);
			return [...first(before, 'cache'), { start: before, end: n, key: 'tree', index: 1 }];
		}
		default:
			return [];
	}
}

/** What stands above the keys: the kind's own stretches, else what is cached and what is new where fewer queries than keys are asked. */
export function segments(s: MaskSettings): readonly Segment[] {
	const n = Math.max(s.qOffset + s.q, s.kvOffset + s.kv);
	const own = ofKind(s, n);
	const cached = s.qOffset - s.kvOffset;
	const all =
		own.length > 0 || isCross(s.kind) || cached <= 0
			? own
			: [{ start: s.kvOffset, end: Math.min(s.kvOffset + s.kv, s.qOffset), key: 'cache', index: 1 }];
	return all
		.map((segment) => ({ ...segment, start: Math.max(0, segment.start - s.kvOffset), end: Math.min(s.kv, segment.end - s.kvOffset) }))
		.filter(({ start, end }) => start < end);
}

/** Tones of the picture, by index. */
export const TONE = { later: 0, cut: 1, seen: 2, ahead: 3 } as const;

/** A row of the mask as [start, end, tone, …): what is read and what is not, before the query and after it. */
export function toneRow(s: MaskSettings, runs: Runs, row: number, dots: boolean): readonly number[] {
	const own = isCross(s.kind) ? s.kv : Math.max(0, Math.min(s.kv, s.qOffset + row - s.kvOffset + 1));
	const out: number[] = [];
	const add = (start: number, end: number, before: number, after: number): void => {
		if (start < Math.min(end, own)) out.push(start, Math.min(end, own), before);
		if (Math.max(start, own) < end && (after !== TONE.later || dots)) out.push(Math.max(start, own), end, after);
	};
	let at = 0;
	for (let i = 0; i <= runs.length; i += 2) {
		const start = runs[i] ?? s.kv;
		if (at < start) add(at, start, TONE.cut, TONE.later);
		if (i < runs.length) add(start, runs[i + 1]!, TONE.seen, TONE.ahead);
		at = runs[i + 1] ?? s.kv;
	}
	return out;
}
