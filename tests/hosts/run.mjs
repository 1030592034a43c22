/**
 * npm run test:hosts [-- docsify,bare]: figures in other people's pages, in the tools that they are written with, opened in Chromium.
 * The built site is served by a plain static host without a single CORS header, the pages by another one. The last line is
 * "N passed, N failed"; what cannot be had fails with a sentence.
 */
import { chromium } from '@playwright/test';
import path from 'node:path';
import { root } from '../../scripts/lib/node.mjs';
import { find } from '../browsers/find.mjs';
import { serve } from './serve.mjs';
import { sites } from './sites.mjs';
import { check } from './checks.mjs';

const wanted = (process.argv[2] ?? Object.keys(sites).join(',')).split(',');
const unknown = wanted.find((name) => !Object.hasOwn(sites, name));
if (unknown !== undefined) {
	console.error(`There is no host "${unknown}"; known: ${Object.keys(sites).join(', ')}.`);
	process.exit(2);
}

const found = await find('chromium');
const figures = await serve(path.join(root, 'build'), '127.0.0.1');
const browser = await chromium.launch({ args: ['--no-sandbox', '--disable-gpu'], ...(found ? { executablePath: found.path } : {}) });
let [passed, failed] = [0, 0];
try {
	for (const name of wanted) {
		/** @type {(what: string, problem?: string) => void} */
		const tell = (what, problem) => {
			if (problem === undefined) passed += 1;
			else failed += 1;
			console.log(`${problem === undefined ? 'ok    ' : 'FAILED'}  ${name}: ${what}${problem === undefined ? '' : `: ${problem}`}`);
		};
		try {
			const site = await sites[name]?.(figures.origin);
			if (site === undefined) continue;
			// Another name for the same machine: to a browser another site.
			const host = await serve(site.folder, 'localhost');
			try {
				await check(browser, site, host, figures, tell);
			} finally {
				host.close();
			}
		} catch (error) {
			tell('the site is built and opened', error instanceof Error ? error.message : String(error));
		}
	}
} finally {
	await browser.close();
	figures.close();
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
