/** The stages of `npm test`, in order. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { root } from './node.mjs';
import { binOf, run } from './process.mjs';
import { countLine, countOne, countPlaywright, countVitest, settled } from './report.mjs';

/** @typedef {import('./report.mjs').Count} Count */
/** @typedef {import('../../tests/browsers/find.mjs').BrowserName} BrowserName */
/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {string} what
 * @property {boolean} [site] needs the built site
 * @property {BrowserName} [browser] needs this browser
 * @property {(log: string) => Promise<{ count: Count, output: string }>} run
 */

export const cache = join(root, '.cache', 'test');

/** @param {string} name @param {string} [bin] @param {string[]} [args] */
const tool = async (name, bin = name, args = []) => [await binOf(name, bin), ...args];

/** Runs Node scripts one after another into one log, all of them whatever they say. @param {string} log @param {string[][]} commands */
async function all(log, commands) {
	let [code, output] = [0, ''];
	for (const args of commands) {
		const result = await run(process.execPath, args, { log, append: true });
		code ||= result.code;
		output += result.output;
	}
	return { code, output };
}

/** @returns {Promise<number>} a port that nobody listens on */
const freePort = () =>
	new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});

/** @param {BrowserName} browser @param {string} what @returns {Stage} */
const smoke = (browser, what) => ({
	name: browser,
	what,
	site: true,
	browser,
	run: async (log) => {
		const { code, output } = await run(process.execPath, [join(root, 'tests', 'browsers', 'smoke.mjs'), browser], { log });
		return { count: settled(countLine(output), code), output };
	}
});

/** @type {Stage[]} */
const list = [
	{
		name: 'lint',
		what: 'Prettier and ESLint',
		run: async (log) => {
			const { code, output } = await all(log, [
				await tool('prettier', 'prettier', ['--check', '.']),
				await tool('eslint', 'eslint', ['.', '--max-warnings', '0'])
			]);
			return { count: countOne(code), output };
		}
	},
	{
		name: 'types',
		what: 'svelte-check, and the pure layers compiled without a DOM',
		run: async (log) => {
			const { code, output } = await all(log, [
				await tool('svelte-check', 'svelte-check', ['--tsconfig', './tsconfig.json', '--fail-on-warnings']),
				await tool('typescript', 'tsc', ['-p', 'tsconfig.pure.json'])
			]);
			return { count: countOne(code), output };
		}
	},
	{
		name: 'unit',
		what: 'Vitest',
		run: async (log) => {
			const report = join(cache, 'unit.json');
			const args = await tool('vitest', 'vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile=${report}`]);
			const { code, output } = await run(process.execPath, args, { log });
			return { count: settled(countVitest(report), code), output };
		}
	},
	{
		name: 'size',
		what: 'page weight of the built site',
		site: true,
		browser: 'chromium',
		run: async (log) => {
			const { code, output } = await run(process.execPath, [join(root, 'scripts', 'size.mjs'), '--check'], { log });
			return { count: settled(countLine(output), code), output };
		}
	},
	{
		name: 'e2e',
		what: 'end to end in Chromium, with Playwright',
		site: true,
		browser: 'chromium',
		run: async (log) => {
			const report = join(cache, 'e2e.json');
			const env = { E2E_PORT: String(await freePort()), E2E_REPORT: report };
			const { code, output } = await run(process.execPath, await tool('@playwright/test', 'playwright', ['test']), {
				log,
				env,
				minutes: 20
			});
			return { count: settled(countPlaywright(report), code), output };
		}
	},
	{
		name: 'hosts',
		what: 'figures in docsify, VitePress, MkDocs, a Jupyter notebook and a sandboxed frame',
		site: true,
		browser: 'chromium',
		run: async (log) => {
			const { code, output } = await run(process.execPath, [join(root, 'tests', 'hosts', 'run.mjs')], { log, minutes: 20 });
			return { count: settled(countLine(output), code), output };
		}
	},
	smoke('firefox', 'the short list of tests/browsers/checks.mjs in Firefox'),
	smoke('webkit', 'the same in WebKit')
];

export const stages = list.filter(({ name }) => name !== 'size' || existsSync(join(root, 'scripts', 'size.mjs')));
