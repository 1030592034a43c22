/** Jumps all over a long figure of the built site, and figures of the sources for what needs no browser. */
import path from 'node:path';
import { runnerImport } from 'vite';
import { root } from '../../lib/node.mjs';
import { dragSlider, quantile } from './drag.mjs';

const WARM = 20;
const JUMPS = 150;

/** @param {string} file @returns {Promise<any>} a module of `src` */
export const load = async (file) => (await runnerImport(path.join(root, 'src', file))).module;

/** @param {string} slug @returns {Promise<{ model: any, paramsOf: (query: string) => any }>} a figure's model, and how it reads an address */
export async function loadModel(slug) {
	const [{ model }, { parseQuery }, { initialParams }] = await Promise.all([
		load(`explainers/${slug}/model.ts`),
		load('kit/params/codec.ts'),
		load('kit/params/schema.ts')
	]);
	const paramsOf = (/** @type {string} */ query) =>
		parseQuery(model.params, new URLSearchParams(query), initialParams(model.params)).params;
	return { model, paramsOf };
}

/**
 * Moves the scrub bar of a figure all over its steps; needs the built site.
 * @param {{ path: string, name: string, over: (steps: number) => string }} figure `over` says what the jumps go over
 * @returns {Promise<{ rows: import('../../bench.mjs').Result['rows'], note: string }>}
 */
export async function jumpAllOver({ path, name, over }) {
	const { version, script, layout, max } = await dragSlider({
		path,
		selector: '.player input[type=range]',
		// The golden ratio visits every part of the run.
		values: (last) => Array.from({ length: WARM + JUMPS }, (_, i) => String(Math.floor(((i * 0.618_033_988_75) % 1) * last))),
		warm: WARM
	});
	const p95 = quantile(script, 0.95);
	return {
		rows: [{ name: `${name}, scripting, p95`, value: p95, unit: 'ms', bound: '<= 16 ms', ok: p95 <= 16 }],
		note: `${JUMPS} jumps over ${over(max + 1)}, Chromium ${version}, thread time. Scripting: median ${quantile(script, 0.5).toFixed(1)} ms; style and layout: median ${quantile(layout, 0.5).toFixed(1)} ms, p95 ${quantile(layout, 0.95).toFixed(1)} ms.`
	};
}
