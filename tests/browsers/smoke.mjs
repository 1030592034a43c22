/**
 * The same short list of checks in another browser than the end-to-end tests use: `node tests/browsers/smoke.mjs firefox`, `webkit`
 * or `chromium`. Serves the built site itself. Prints one line per check and closes with "N passed, N failed".
 */
import { checks } from './checks.mjs';
import { launch } from './drivers.mjs';
import { BROWSERS, find } from './find.mjs';
import { serve } from './server.mjs';

/**
 * What a check is given.
 * @typedef {object} Driver
 * @property {(path: string) => Promise<void>} goto opens a path of the site, e.g. "/en?x=1"
 * @property {<A extends unknown[], R>(fn: (...args: A) => R, ...args: A) => Promise<Awaited<R>>} evaluate runs a function of the page; arguments and answer are JSON
 * @property {(selector: string) => Promise<void>} click
 * @property {(selector: string, text: string) => Promise<void>} type
 * @property {(selector: string) => Promise<string | null>} text trimmed text of the first match; null when there is none
 * @property {() => Promise<string[]>} errors what went wrong since the last call: scripts, requests, requests to other origins
 */

/** One check's time, in ms. */
const LIMIT = 120_000;

/** @param {import('./drivers.mjs').Engine} engine @param {import('./server.mjs').SmokeServer} server @returns {Driver} */
function driverOf(engine, server) {
	/** @type {Driver['evaluate']} */
	const evaluate = async (fn, ...args) => /** @type {any} */ (await engine.value(`(${fn})(...${JSON.stringify(args)})`));
	return {
		goto: (path) => engine.goto(server.origin + path),
		evaluate,
		click: engine.click,
		type: engine.type,
		text: (selector) => evaluate((s) => document.querySelector(s)?.textContent.trim() ?? null, selector),
		errors: async () => {
			await server.quiet();
			const inPage = await evaluate(() => {
				const own = /** @type {{ smokeErrors?: string[] }} */ (/** @type {unknown} */ (window)).smokeErrors;
				return own?.splice(0) ?? ['nobody listened to its complaints'];
			});
			return [...inPage, ...server.faults()];
		}
	};
}

/** @param {() => Promise<void>} check */
function inTime(check) {
	/** @type {NodeJS.Timeout | undefined} */
	let timer;
	const late = new Promise((_, reject) => {
		timer = setTimeout(() => reject(new Error(`not done after ${LIMIT / 1000} s`)), LIMIT);
	});
	return Promise.race([check(), late]).finally(() => clearTimeout(timer));
}

/** @param {unknown} error */
const sentence = (error) => (error instanceof Error ? error.message : String(error)).split('\n').slice(0, 6).join(' | ');

const name = BROWSERS.find((browser) => browser === process.argv[2]);
if (!name) {
	console.error(`Which browser? One of: ${BROWSERS.join(', ')}.`);
	process.exit(2);
}
const list = await checks();
let [passed, failed] = [0, 0];
/** @type {import('./server.mjs').SmokeServer | undefined} */
let server;
/** @type {import('./drivers.mjs').Engine | undefined} */
let engine;
const stop = async () => {
	await engine?.close().catch(() => undefined);
	await server?.close();
};
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop().finally(() => process.exit(130)));
try {
	const found = await find(name);
	if (!found) throw new Error(`there is no ${name} on this machine`);
	server = await serve();
	engine = await launch(name, found);
	console.log(engine.version);
	const driver = driverOf(engine, server);
	for (const { title, check } of list) {
		const start = Date.now();
		try {
			await inTime(() => check(driver));
			const errors = await driver.errors();
			if (errors.length > 0) throw new Error(`the page complained: ${errors.join(' | ')}`);
			passed++;
			console.log(`ok      ${title} (${Date.now() - start} ms)`);
		} catch (error) {
			failed++;
			console.log(`FAILED  ${title}: ${sentence(error)}`);
			server.faults();
		}
	}
} catch (error) {
	console.log(`FAILED  ${name} could not be started: ${sentence(error)}`);
	failed = list.length - passed;
} finally {
	await stop();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
