/** The figure without its picture. */
import type { Model, Problem } from '#kit/model.ts';
import { blocksFor } from '#maths/paged/blocks-for.ts';
import type { PagedData } from './data.ts';
import { factsOf } from './facts.ts';
import { framesOf, type PagedFrame } from './frames.ts';
import { params, type PagedParams } from './params.ts';
import { runsOf } from './runs.ts';
import { isPaper, setupOf } from './scenes.ts';
import { QUEUED, RUNNING } from './snapshot.ts';

export type { PagedFrame } from './frames.ts';

/** Frames are made once for parameters and data; facts are asked for at every step. */
let latest: { readonly p: PagedParams; readonly data: PagedData; readonly frames: readonly PagedFrame[] }[] = [];

function frames(p: PagedParams, data: PagedData): readonly PagedFrame[] {
	const known = latest.find((one) => one.p === p && one.data === data);
	if (known !== undefined) return known.frames;
	const made = { p, data, frames: framesOf(p, data, runsOf(p, data)) };
	latest = [made, ...latest.slice(0, 3)];
	return made.frames;
}

/** What the paper drew cannot be drawn otherwise; what fits nowhere would only be refused. */
function check(p: PagedParams): Problem | undefined {
	if (isPaper(p)) {
		const fix = { ...(p.blockSize === 4 ? {} : { blockSize: 4 }), ...(p.policy === 'paged' ? {} : { policy: 'paged' }) };
		return Object.keys(fix).length === 0 ? undefined : { key: 'paper', values: {}, fix };
	}
	if (p.scene === 'workload' || p.source === 'model') return undefined;
	const { requests, blocks, blockSize, maxLen, policy } = setupOf(p, { origin: 'none', model: '', texts: [] });
	for (const { name, prompt, output, samples } of requests) {
		const length = prompt + output;
		if (length > maxLen) return { key: 'tooLong', values: { name, length, maxLen }, fix: { maxLen: Math.min(131_072, length) } };
		const alone = policy === 'contiguous-max' ? maxLen * samples : length;
		const wanted = blocksFor(alone, blockSize) + (policy === 'paged' ? samples - 1 : 0);
		if (wanted > blocks) return { key: 'tooFew', values: { name, wanted, blocks }, fix: { blocks: Math.min(20_000, 2 * wanted) } };
	}
	return undefined;
}

/** What happened in a step, as JSON. */
function eventOf(frame: PagedFrame): Readonly<Record<string, unknown>> {
	const { run } = frame.story;
	const { kind, name } = frame;
	if (kind === 'start') return { kind };
	const ops = Array.from({ length: frame.end - frame.first }, (_, i) => {
		const at = frame.first + i;
		return { kind: run.log.op(at), sequence: run.sequences[run.log.sequence(at)]!.name, value: run.log.value(at) };
	});
	if (kind === 'iteration' || kind === 'appends') return { kind, iteration: frame.iteration, ops };
	return { kind, request: name, value: run.log.value(frame.end - 1), iteration: frame.iteration, ...(ops.length > 1 ? { ops } : {}) };
}

function toJSON(frame: PagedFrame): unknown {
	const { run } = frame.story;
	const { places, refs, free, waste, statuses } = frame.snapshot;
	const named = (set: typeof RUNNING) => run.setup.requests.filter((_, r) => set.has(statuses[r])).map(({ name }) => name);
	return {
		event: eventOf(frame),
		tables: Object.fromEntries(places.map(({ sequence, table }) => [run.sequences[sequence]!.name, table])),
		refCounts: [...refs],
		free: [...free],
		...{ iteration: frame.iteration, running: named(RUNNING), waiting: named(QUEUED) },
		slots: waste,
		...(run.setup.policy === 'paged'
			? {}
			: { ranges: Object.fromEntries(places.map(({ sequence, range }) => [run.sequences[sequence]!.name, range])) })
	};
}

export const model: Model<typeof params, PagedFrame, PagedData> = {
	params,
	frames,
	facts(p, data, step) {
		const all = frames(p, data);
		const at = Math.min(all.length - 1, Math.max(0, step ?? all.length - 1));
		return factsOf(all[at]!, at === all.length - 1);
	},
	check,
	toJSON
};
