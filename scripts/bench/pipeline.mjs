/** 64 devices and 512 microbatches: jumping to any moment of the step, and how a schedule grows with its microbatches. */
import { jumpAllOver, loadModel } from './lib/jump.mjs';

export const name = 'A large pipeline';

const SIZES = [64, 128, 256, 512];
const query = (/** @type {string} */ schedule, /** @type {number} */ m) => `schedule=${schedule}&stages=64&microbatches=${m}`;

/** Time and steps of schedules of several sizes. */
async function growth() {
	const { model, paramsOf } = await loadModel('pipeline-parallel');
	return ['1f1b', 'zb-v', 'v-min'].flatMap((schedule) =>
		SIZES.map((m) => {
			const params = paramsOf(query(schedule, m));
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
	const { rows, note } = await jumpAllOver({
		path: `/en/pipeline-parallel?${query('1f1b', 512)}`,
		name: 'jump to any moment of 64 x 512',
		over: (steps) => `a step of ${steps} moments`
	});
	return {
		rows,
		notes: [
			note,
			'Growth of `frames` (Node):',
			...sizes.map(
				({ schedule, m, operations, steps, ms }) =>
					`- ${schedule}, 64 devices, ${m} microbatches: ${operations} operations, ${steps} moments, ${ms.toFixed(0)} ms`
			)
		]
	};
}
