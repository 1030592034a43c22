/** Closed forms of the bubble, as the papers print them; the simulation stands beside them. */
import type { ScheduleName } from './plan.ts';
import type { Durations } from './simulate.ts';

/** Idle time of a device over ideal time (Megatron's convention), for 1F1B and GPipe. */
export const bubbleOverIdeal = (p: number, m: number): number => (p - 1) / m;
/** The same over all time (GPipe's convention, and that of most drawings). */
export const bubbleOverTotal = (p: number, m: number): number => (p - 1) / (m + p - 1);

/** Chunks that rank 0 holds at most in interleaved 1F1B. */
export const interleavedPeak = (p: number, m: number, v: number): number => Math.min(2 * (p - 1) + (v - 1) * p + 1, m * v);
/** Microbatches that stage r holds at most in 1F1B. */
export const peak1f1b = (p: number, m: number, r: number): number => Math.min(p - r, m);

/**
 * Idle time of a device in a step, without communication; undefined where no closed form is published. Durations are those of one chunk.
 * Sources: GPipe, Megatron-LM (2021), Zero Bubble Table 2, deepseek-ai/DualPipe README (there B is the full backward).
 */
export function bubbleTime(name: ScheduleName, p: number, m: number, { tF, tI, tW, tFB }: Durations): number | undefined {
	const tB = tI + tW;
	switch (name) {
		case 'naive':
			return (p - 1) * m * (tF + tB);
		case 'gpipe':
		case '1f1b':
		case 'interleaved-1f1b':
		case 'looped-bfs':
			return (p - 1) * (tF + tB);
		case 'zb-h1':
		case 'interleaved-zero-bubble':
			return Math.max(0, (p - 1) * (tF + tI - tW));
		case 'zb-h2':
			return Math.max(0, (p - 1) * (tF + tI - 2 * tW));
		case 'zb-v':
			return tF === tI && tI === tW ? 0 : undefined;
		case 'dualpipe':
			return Math.max(0, (p / 2 - 1) * (tFB + tB - 3 * tW));
		case 'dualpipev':
			return Math.max(0, (p - 1) * (tFB + tB - 3 * tW));
		case 'pipedream':
		case 'v-half':
		case 'v-min':
			return undefined;
	}
}
