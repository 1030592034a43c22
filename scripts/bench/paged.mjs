/** Two thousand requests on ten thousand blocks: jumping to any event of the run, and how the run grows with its requests. */
import path from 'node:path';
import v8 from 'node:v8';
import vm from 'node:vm';
import { runnerImport } from 'vite';
import { root } from '../lib/node.mjs';
import { dragSlider, quantile } from './lib/drag.mjs';

export const name = 'Blocks and batches';

const WARM = 20;
const JUMPS = 150;
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
	const load = async (/** @type {string} */ file) => (await runnerImport(path.join(root, 'src', file))).module;
	const [{ model }, { recorded }, { parseQuery }, { initialParams }] = /** @type {any[]} */ (
		await Promise.all([
			load('explainers/paged-attention/model.ts'),
			load('explainers/paged-attention/recorded.ts'),
			load('kit/params/codec.ts'),
			load('kit/params/schema.ts')
		])
	);
	return SIZES.map((count) => {
		const { params } = parseQuery(model.params, new URLSearchParams(workload(count)), initialParams(model.params));
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
	const { version, script, layout, max } = await dragSlider({
		path: `/en/paged-attention?${workload(2000)}`,
		selector: '.player input[type=range]',
		// Jumps all over the run: the golden ratio visits every part of it.
		values: (last) => Array.from({ length: WARM + JUMPS }, (_, i) => String(Math.floor(((i * 0.618_033_988_75) % 1) * last))),
		warm: WARM
	});
	const p95 = quantile(script, 0.95);
	return {
		rows: [{ name: 'jump to any event of 2,000 requests, scripting, p95', value: p95, unit: 'ms', bound: '<= 16 ms', ok: p95 <= 16 }],
		notes: [
			`${JUMPS} jumps over a run of ${max + 1} steps, Chromium ${version}, thread time. Scripting: median ${quantile(script, 0.5).toFixed(1)} ms; style and layout: median ${quantile(layout, 0.5).toFixed(1)} ms, p95 ${quantile(layout, 0.95).toFixed(1)} ms.`,
			'Growth of `frames` (two policies, Node; memory after a collection):',
			...sizes.map(({ count, steps, ms, mb }) => `- ${count} requests: ${steps} steps, ${ms.toFixed(0)} ms, ${mb.toFixed(1)} MB`)
		]
	};
}
