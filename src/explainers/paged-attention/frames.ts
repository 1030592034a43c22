/** The steps of a run: each is a stretch of its log, and the picture behind it is made when somebody looks. */
import type { Caption, Frame } from '#kit/model.ts';
import type { Op } from '#maths/paged/op.ts';
import type { Run } from '#maths/paged/run.ts';
import { captionOf } from './captions.ts';
import type { PagedData } from './data.ts';
import type { PagedParams, Scene } from './params.ts';
import type { Shown } from './runs.ts';
import { snapshotOf, type Snapshot } from './snapshot.ts';

export type Grain = 'token' | 'event' | 'iteration';

/** What all frames of a figure have in common. */
export interface Story extends Shown {
	readonly data: PagedData;
	readonly scene: Scene;
	readonly grain: Grain;
}

/** Snapshots that were looked at last: `from`, `to`, and their like of a second figure. */
const RECENT = 8;
const recent = new Map<PagedFrame, Snapshot>();

export class PagedFrame implements Frame {
	readonly story: Story;
	/** Operations first .. end - 1 of the log happen in this step. */
	readonly first: number;
	readonly end: number;

	constructor(story: Story, first: number, end: number) {
		this.story = story;
		this.first = first;
		this.end = end;
	}

	/** What the step is called: its operation, or the iteration; `start` before anything has happened. */
	get kind(): Op | 'appends' | 'iteration' | 'start' {
		const { run, grain } = this.story;
		if (this.end <= this.first) return 'start';
		if (grain === 'iteration') return 'iteration';
		const op = run.log.op(this.end - 1);
		return op === 'append' && run.log.sequence(this.first) !== run.log.sequence(this.end - 1) ? 'appends' : op;
	}
	get iteration(): number {
		return this.end === 0 ? 0 : this.story.run.log.iteration(this.end - 1);
	}
	/** Name of the request that the step is about. */
	get name(): string {
		const { log, sequences, setup } = this.story.run;
		if (this.end <= this.first) return '';
		const sequence = sequences[log.sequence(this.end - 1)]!;
		const perSequence = ['append', 'grow', 'copy', 'drop'].includes(log.op(this.end - 1));
		return perSequence ? sequence.name : setup.requests[sequence.request]!.name;
	}
	get mark(): { key: string; value?: string | number } {
		const { kind } = this;
		if (kind === 'start') return { key: kind };
		return kind === 'iteration' || kind === 'appends' ? { key: kind, value: this.iteration } : { key: kind, value: this.name };
	}
	get caption(): Caption {
		return captionOf(this);
	}
	get snapshot(): Snapshot {
		const known = recent.get(this);
		const snapshot = known ?? snapshotOf(this);
		recent.delete(this);
		recent.set(this, snapshot);
		for (const old of recent.keys()) {
			if (recent.size <= RECENT) break;
			recent.delete(old);
		}
		return snapshot;
	}
}

/** Whether operation i belongs to the same step as the one before it. */
function joins(run: Run, i: number, grain: Grain): boolean {
	const { log, sequences } = run;
	if (log.iteration(i) !== log.iteration(i - 1)) return false;
	if (grain === 'iteration') return true;
	const [op, before] = [log.op(i), log.op(i - 1)];
	if (op !== before) return false;
	if (op === 'append') return grain === 'event';
	const same = sequences[log.sequence(i)]!.request === sequences[log.sequence(i - 1)]!.request;
	return same && (op === 'fork' || op === 'finish' || op === 'drop');
}

/** Steps of a small run are tokens, of a larger one events of blocks, of a very large one iterations. */
function grainOf(p: PagedParams, run: Run): Grain {
	if (p.grain !== 'auto') return p.grain;
	return run.log.length <= 400 ? 'token' : run.log.length <= 4000 ? 'event' : 'iteration';
}

export function framesOf(p: PagedParams, data: PagedData, shown: Shown): readonly PagedFrame[] {
	const { run } = shown;
	const story: Story = { ...shown, data, scene: p.scene, grain: grainOf(p, run) };
	const frames: PagedFrame[] = [];
	if (run.prologue > 0) frames.push(new PagedFrame(story, run.prologue, run.prologue));
	for (let i = run.prologue, first = i; i < run.log.length; i++) {
		if (i + 1 < run.log.length && joins(run, i + 1, story.grain)) continue;
		frames.push(new PagedFrame(story, first, i + 1));
		first = i + 1;
	}
	return frames.length > 0 ? frames : [new PagedFrame(story, 0, 0)];
}
