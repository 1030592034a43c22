/** Two thousand requests on ten thousand blocks: jumping to any event of the run, and how the run grows with its requests. */
import v8 from 'node:v8';
import vm from 'node:vm';
import { jumpAllOver, load, loadModel } from './lib/jump.mjs';

export const name = 'Blocks and batches';

const SIZES = [250, 500, 1000, 2000];
const workload = (/** @type {number} */ count) => `scene=workload&blockSize=16&blocks=10000&count=${count}&rate=2`;

/** Memory after a collection, in MB. */
function heap() {
	v8.setFlagsFromString('--expose-gc');
	vm.runInNewContext('gc')();
	return process.memoryUsage().heapUsed / 1e6 + process.memoryUsage().arrayBuffers / 1e6;
}

/** Frames and memory of runs of several sizes. */
async function growth() {
	const [{ model, paramsOf }, { recorded }] = await Promise.all([
		loadModel('paged-attention'),
		load('explainers/paged-attention/recorded.ts')
	]);
	return SIZES.map((count) => {
		const params = paramsOf(workload(count));
		const before = heap();
		const start = performance.now();
		const frames = model.frames(params, recorded(params));
		const ms = performance.now() - start;
		return { count, steps: frames.length, ms, mb: heap() - before };
	});
}

/** Needs the built site. @returns {Promise<import('../bench.mjs').Result>} */
export async function run() {
	const sizes = await growth();
	const { rows, note } = await jumpAllOver({
		path: `/en/paged-attention?${workload(2000)}`,
		name: 'jump to any event of 2,000 requests',
		over: (steps) => `a run of ${steps} steps`
	});
	return {
		rows,
		notes: [
			note,
			'Growth of `frames` (two policies, Node; memory after a collection):',
			...sizes.map(({ count, steps, ms, mb }) => `- ${count} requests: ${steps} steps, ${ms.toFixed(0)} ms, ${mb.toFixed(1)} MB`)
		]
	};
}
