/** 64 devices and 512 microbatches: jumping to any moment of the step, and how a schedule grows with its microbatches. */
import path from 'node:path';
import { runnerImport } from 'vite';
import { root } from '../lib/node.mjs';
import { dragSlider, quantile } from './lib/drag.mjs';

export const name = 'A large pipeline';

const WARM = 20;
const JUMPS = 150;
const SIZES = [64, 128, 256, 512];
const query = (/** @type {string} */ schedule, /** @type {number} */ m) => `schedule=${schedule}&stages=64&microbatches=${m}`;

/** Time and steps of schedules of several sizes. */
async function growth() {
	const load = async (/** @type {string} */ file) => (await runnerImport(path.join(root, 'src', file))).module;
	const [{ model }, { parseQuery }, { initialParams }] = /** @type {any[]} */ (
		await Promise.all([load('explainers/pipeline-parallel/model.ts'), load('kit/params/codec.ts'), load('kit/params/schema.ts')])
	);
	return ['1f1b', 'zb-v', 'v-min'].flatMap((schedule) =>
		SIZES.map((m) => {
			const { params } = parseQuery(model.params, new URLSearchParams(query(schedule, m)), initialParams(model.params));
			const start = performance.now();
			const frames = model.frames(params, null);
			const ms = performance.now() - start;
			return { schedule, m, operations: frames[0].story.schedule.kind.length, steps: frames.length, ms };
		})
	);
}

/** Needs the built site. @returns {Promise<import('../bench.mjs').Result>} */
export async function run() {
	const sizes = await growth();
	const { version, script, layout, max } = await dragSlider({
		path: `/en/pipeline-parallel?${query('1f1b', 512)}`,
		selector: '.player input[type=range]',
		// Jumps all over the step: the golden ratio visits every part of it.
		values: (last) => Array.from({ length: WARM + JUMPS }, (_, i) => String(Math.floor(((i * 0.618_033_988_75) % 1) * last))),
		warm: WARM
	});
	const p95 = quantile(script, 0.95);
	return {
		rows: [{ name: 'jump to any moment of 64 x 512, scripting, p95', value: p95, unit: 'ms', bound: '<= 16 ms', ok: p95 <= 16 }],
		notes: [
			`${JUMPS} jumps over a step of ${max + 1} moments, Chromium ${version}, thread time. Scripting: median ${quantile(script, 0.5).toFixed(1)} ms; style and layout: median ${quantile(layout, 0.5).toFixed(1)} ms, p95 ${quantile(layout, 0.95).toFixed(1)} ms.`,
			'Growth of `frames` (Node):',
			...sizes.map(
				({ schedule, m, operations, steps, ms }) =>
					`- ${schedule}, 64 devices, ${m} microbatches: ${operations} operations, ${steps} moments, ${ms.toFixed(0)} ms`
			)
		]
	};
}
