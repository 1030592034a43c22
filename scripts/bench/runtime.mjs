/** The in-page language model against a bare loop, transformers.js and native ONNX Runtime: the same file, the same run, interleaved rounds. */
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { cache, model, prompt, tokens, vocabulary } from './lib/model.mjs';
import { openNative, openPython } from './lib/native.mjs';
import { buildPage, serve } from './lib/serve.mjs';
import { median, spread } from './lib/statistics.mjs';

export const name = 'The language model in the page';

const rounds = Number(process.env.BENCH_ROUNDS ?? 11);
const coldRounds = Number(process.env.BENCH_COLD_ROUNDS ?? 15);

/** @returns {Promise<import('../bench.mjs').Result>} */
export async function run() {
	await buildPage('scripts/bench/page', '.cache/bench-page');
	const ort = ['node_modules/@huggingface/transformers/node_modules/onnxruntime-web/dist', 'node_modules/onnxruntime-web/dist'].find(
		existsSync
	);
	const site = await serve('.cache/bench-page', { folders: { '/sub/path/transformers-runtime/': ort ?? '' } });
	const executablePath = process.env.CHROMIUM ?? (existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : undefined);
	const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] });
	try {
		const cold = await coldStarts(browser, site.url);
		const warm = await decoding(browser, site.url);
		return { rows: [...warm.rows, ...cold.rows], notes: [`Chromium ${browser.version()}.`, ...warm.notes, ...cold.notes] };
	} finally {
		await browser.close();
		site.close();
	}
}

/** @param {import('@playwright/test').Browser} browser @param {string} url */
async function open(browser, url) {
	const context = await browser.newContext();
	const page = await context.newPage();
	page.on('pageerror', (error) => console.error(error));
	await page.goto(url);
	await page.waitForFunction('globalThis.bench');
	return page;
}

/** @param {import('@playwright/test').Browser} browser @param {string} url */
async function decoding(browser, url) {
	const page = await open(browser, url);
	const native = await openNative();
	await page.evaluate(`bench.openAll(${JSON.stringify(prompt)}, ${JSON.stringify(cache)}).then((all) => { globalThis.all = all; })`);
	/** @type {(who: string) => () => Promise<{ ms: number, value: number[] }>} */
	const inPage = (who) => () => page.evaluate(`all.${who}(${tokens})`);
	const python = process.env.BENCH_PYTHON ? await openPython(process.env.BENCH_PYTHON) : undefined;
	/** @type {Map<string, () => Promise<{ ms: number, value: number[] }>>} */
	const writers = new Map([
		['ours', inPage('ours')],
		['bare', inPage('bare')],
		['transformers', inPage('transformers')],
		['native', () => native(prompt, tokens)]
	]);
	if (python) writers.set('python', () => python.write(prompt, tokens));
	const names = [...writers.keys()];
	/** @type {Record<string, number[]>} */
	const speeds = Object.fromEntries(names.map((who) => [who, []]));
	let text = '';
	// The first three rounds let the engines compile what is hot; they are not counted. Each round starts with another one.
	for (let round = -3; round < rounds; round++) {
		const order = names.map((_, i) => names[(i + round + 4) % names.length] ?? 'ours');
		for (const who of order) {
			const { ms, value } = (await writers.get(who)?.()) ?? { ms: NaN, value: [] };
			text ||= value.join(' ');
			if (value.join(' ') !== text) throw new Error(`${who} wrote another text: ${value.slice(0, 12).join(' ')} ...`);
			if (round >= 0) speeds[who]?.push((1000 * tokens) / ms);
		}
	}
	await page.context().close();
	python?.close();
	/** @param {string} other @param {string} what @param {number} least @param {string} aim */
	const row = (other, what, least, aim = '') => {
		const value = median(speeds['ours'] ?? []) / median(speeds[other] ?? []);
		return { name: `decoding / ${what}`, value, unit: 'ratio', bound: `>= ${least}${aim}`, ok: value >= least };
	};
	return {
		rows: [
			row('bare', 'bare onnxruntime-web loop', 0.9),
			row('transformers', 'transformers.js', 1.5),
			row('native', 'native onnxruntime (Node)', 0.35, ' (aim 0.5)'),
			...(python ? [row('python', 'native onnxruntime (Python)', 0.35, ' (aim 0.5)')] : [])
		],
		notes: [
			`Decoding: ${tokens} greedy tokens behind ${prompt.length}, model_quantized.onnx of ${model}, one thread each, ${rounds} interleaved rounds; medians (range). All wrote the same ids.`,
			...names.map((who) => `- ${who}: ${spread(speeds[who] ?? [], 'tokens/s')}`),
			`"ours" streams every token with its ${vocabulary} logits to the page; "bare" is onnxruntime-web's public API in a worker of its own (WASM-only build, greedy argmax, KV fed back); "transformers" is transformers.js in a worker (its own ONNX Runtime build); "native" is onnxruntime-node, "python" Python's onnxruntime (only when BENCH_PYTHON names an interpreter that has it).`
		]
	};
}

/** @param {import('@playwright/test').Browser} browser @param {string} url */
async function coldStarts(browser, url) {
	/** @type {Record<string, number[]>} */
	const times = { coldOurs: [], coldBare: [] };
	for (let round = -1; round < coldRounds; round++) {
		for (const who of round % 2 === 0 ? ['coldOurs', 'coldBare'] : ['coldBare', 'coldOurs']) {
			const page = await open(browser, url); // a fresh context: no cache of any kind
			const { ms } = /** @type {{ ms: number }} */ (
				await page.evaluate(`bench.${who}(${JSON.stringify(prompt)}, ${JSON.stringify(cache)})`)
			);
			if (round >= 0) times[who]?.push(ms);
			await page.context().close();
		}
	}
	const [ours = [], bare = []] = [times['coldOurs'], times['coldBare']];
	// Of two starts one behind the other, so that a machine that is busy for a while is busy for both.
	const ratio = median(ours.map((ms, i) => ms / (bare[i] ?? NaN)));
	return {
		rows: [
			{ name: 'first token after a cold press / bare session and run', value: ratio, unit: 'ratio', bound: '<= 1.3', ok: ratio <= 1.3 }
		],
		notes: [
			`Cold start: a fresh browser context each, half a second after its page was open, ${coldRounds} rounds of both in turn; the ratio is the median of the rounds' ratios. Ours, from the press to the first token on the page, everything over (local) network: ${spread(ours, 'ms')}. Bare, session creation and one run with all bytes in memory: ${spread(bare, 'ms')}.`
		]
	};
}
