/** The run that a state of the figure shows, and the one of the other policy beside it; the last few are kept. */
import { paperFigure6, paperFigure8, paperFigure9 } from '#maths/paged/paper.ts';
import type { Run } from '#maths/paged/run.ts';
import { simulate } from '#maths/paged/scheduler.ts';
import type { PagedData } from './data.ts';
import type { PagedParams } from './params.ts';
import { isPaper, setupOf } from './scenes.ts';

export interface Shown {
	readonly run: Run;
	readonly versus: Run | undefined;
}

const KEPT = 6;
const runs = new Map<string, Run>();

function keep(key: string, make: () => Run): Run {
	const known = runs.get(key);
	const run = known ?? make();
	runs.delete(key);
	runs.set(key, run);
	for (const old of runs.keys()) {
		if (runs.size <= KEPT) break;
		runs.delete(old);
	}
	return run;
}

/** What a run depends on, as text; views of the same run differ in nothing here. */
function keyOf(p: PagedParams, data: PagedData): string {
	const { grain: _g, versus: _v, promptA: _a, promptB: _b, source: _s, model: _m, write: _w, ...rest } = p;
	const texts = data.texts.map(({ prompt, outputs }) => [prompt.length, outputs.map((output) => output.length)]);
	return JSON.stringify([rest, texts, data.beams?.map((step) => step.parents)]);
}

const PAPER = { 'paper-fig6': paperFigure6, 'paper-fig8': paperFigure8, 'paper-fig9': paperFigure9 } as const;

export function runsOf(p: PagedParams, data: PagedData): Shown {
	if (isPaper(p)) return { run: keep(p.scene, PAPER[p.scene as keyof typeof PAPER]), versus: undefined };
	const run = keep(keyOf(p, data), () => simulate(setupOf(p, data)));
	if (p.versus === 'none' || p.versus === p.policy) return { run, versus: undefined };
	const other = { ...p, policy: p.versus };
	return { run, versus: keep(keyOf(other, data), () => simulate(setupOf(other, data))) };
}
