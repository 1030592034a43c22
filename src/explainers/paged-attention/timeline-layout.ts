/** The whole run at once: requests over iterations, and the memory they take. */
import type { Moment, Run, Status } from '#maths/paged/run.ts';
import type { Box } from './layout.ts';

/** What a stretch of a request's line looks like. */
export type Look = 'wait' | 'prefill' | 'decode' | 'lost' | 'padding';
const LOOKS: Partial<Record<Status, Look>> = {
	waiting: 'wait',
	prefill: 'prefill',
	decode: 'decode',
	preempted: 'lost',
	swapped: 'lost',
	padding: 'padding'
};

export interface Stretch {
	readonly key: string;
	readonly hue: number;
	readonly look: Look;
	readonly d: string;
}

export const rowHeight = (box: Box, rows: number): number => box.h / Math.max(1, rows);
export const iterationX = (box: Box, run: Run, iteration: number): number => box.x + (box.w * iteration) / Math.max(1, run.iterations);

/** One path for each hue and look, so that thousands of requests are a few dozen marks. */
export function stretchesOf(box: Box, run: Run, hues: number): readonly Stretch[] {
	const paths = new Map<string, { hue: number; look: Look; parts: string[] }>();
	const h = rowHeight(box, run.changes.length);
	const bar = h >= 8 ? h - 4 : h >= 2 ? h - 0.5 : h;
	run.changes.forEach((changes, r) => {
		changes.forEach(({ iteration, status }, i) => {
			const look = LOOKS[status];
			const end = changes[i + 1]?.iteration ?? run.iterations + 1;
			if (look === undefined || end <= iteration) return;
			const hue = look === 'wait' || look === 'padding' ? 0 : r % hues;
			const key = `${look}${hue}`;
			const path = paths.get(key) ?? { hue, look, parts: [] };
			paths.set(key, path);
			const x = iterationX(box, run, iteration - 1);
			const w = iterationX(box, run, end - 1) - x;
			const thin = h >= 4 && (look === 'wait' || look === 'lost') ? Math.max(1, bar / 4) : bar;
			const y = box.y + r * h + (h - thin) / 2;
			path.parts.push(`M${x.toFixed(2)} ${y.toFixed(2)}h${w.toFixed(2)}v${thin.toFixed(2)}h${(-w).toFixed(2)}z`);
		});
	});
	return Array.from(paths, ([key, { hue, look, parts }]) => ({ key, hue, look, d: parts.join('') }));
}

/** A quantity of the moments as a line; where several iterations share a pixel, their mean. */
export function linePath(box: Box, run: Run, moments: readonly Moment[], value: (moment: Moment) => number, most: number): string {
	const perPixel = Math.max(1, Math.floor(run.iterations / Math.max(1, box.w)));
	let d = '';
	for (let i = 0; i < moments.length; i += perPixel) {
		const part = moments.slice(i, i + perPixel);
		const mean = part.reduce((sum, moment) => sum + value(moment), 0) / part.length;
		const y = box.y + box.h * (1 - mean / Math.max(1, most));
		const [x0, x1] = [iterationX(box, run, i), iterationX(box, run, i + part.length)];
		if (x0 > box.x + box.w) break;
		d += `${d === '' ? 'M' : 'L'}${x0.toFixed(1)} ${y.toFixed(1)}L${Math.min(x1, box.x + box.w).toFixed(1)} ${y.toFixed(1)}`;
	}
	return d;
}
/** The area under a line. */
export function areaPath(box: Box, line: string): string {
	const lastX = /([\d.]+) [\d.]+$/.exec(line)?.[1];
	return lastX === undefined ? '' : `${line}L${lastX} ${box.y + box.h}L${box.x} ${box.y + box.h}z`;
}
