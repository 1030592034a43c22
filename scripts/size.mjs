/**
 * npm run size [-- --check]: what a reader's browser fetches before touching anything, for every figure page and the other pages,
 * compressed as a good server would (gzip -9), and in all once the page is awake. --check fails when a page is over its budget. Of the
 * hundreds of topic pages, which differ in their HTML alone, the heaviest of each language is weighed.
 */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { find } from '../tests/browsers/find.mjs';
import { root } from './lib/node.mjs';

/** Bytes of HTML, CSS and JavaScript, gzip; fonts and pictures are the browser's to delay. */
export const BUDGET = 70_000;
const AIM = 50_000;
const KINDS = /** @type {const} */ (['document', 'stylesheet', 'script']);

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 * @returns {Promise<{ before: Record<(typeof KINDS)[number], number>, awake: number }>} gzip bytes by kind before the reader does anything, and in all once the page's scripts run
 */
export async function weigh(browser, url) {
	const page = await browser.newPage();
	const sizes = { document: 0, stylesheet: 0, script: 0 };
	/** @type {Promise<void>[]} */
	const bodies = [];
	let over = false;
	page.on('response', (response) => {
		const kind = KINDS.find((k) => k === response.request().resourceType());
		if (kind === undefined || !response.ok()) return;
		const weighed = response.body().then((body) => void (sizes[kind] += gzipSync(body, { level: 9 }).length));
		// What begins to come after the page was weighed ends with the page.
		bodies.push(weighed.catch((/** @type {unknown} */ error) => (over ? undefined : Promise.reject(error))));
	});
	await page.goto(url, { waitUntil: 'networkidle' });
	await Promise.all(bodies);
	const before = { ...sizes };
	// The first sign of life starts the scripts.
	await page.mouse.move(200, 200);
	await page.waitForTimeout(300);
	await page.waitForLoadState('networkidle');
	await Promise.all(bodies);
	over = true;
	await page.close();
	return { before, awake: KINDS.reduce((sum, kind) => sum + sizes[kind], 0) };
}

/** Bytes of a built page, gzip. @param {string} path */
const htmlBytes = (path) => gzipSync(readFileSync(`${root}/build${path}.html`), { level: 9 }).length;

const server = await preview({ root, logLevel: 'error', preview: { host: '127.0.0.1', port: 41_830, strictPort: false } });
const found = await find('chromium');
const browser = await chromium.launch({ args: ['--no-sandbox'], ...(found ? { executablePath: found.path } : {}) });
let failed = 0;
try {
	const origin = /** @type {string} */ (server.resolvedUrls?.local[0] ?? 'http://127.0.0.1:41830/').replace(/\/$/, '');
	const sitemap = await (await fetch(`${origin}/sitemap.xml`)).text();
	const listed = [...sitemap.matchAll(/<loc>[^<]*?(\/(?:en|zh)(?:\/[^<]*)?)<\/loc>/g)].map(([, path]) => path ?? '/');
	const topics = listed.filter((path) => /\/notes\/t\d+$/.test(path));
	const heaviest = ['en', 'zh'].flatMap((lang) =>
		topics
			.filter((path) => path.startsWith(`/${lang}/`))
			.sort((a, b) => htmlBytes(b) - htmlBytes(a))
			.slice(0, 1)
	);
	const paths = [...listed.filter((path) => !topics.includes(path)), ...heaviest];
	if (paths.length === 0) throw new Error('sitemap.xml lists no page');
	for (const path of paths) {
		const { before: sizes, awake } = await weigh(browser, origin + path);
		const total = KINDS.reduce((sum, kind) => sum + sizes[kind], 0);
		const verdict = total > BUDGET ? `over ${BUDGET}` : total > AIM ? `aim ${AIM}` : 'ok';
		if (total > BUDGET) failed += 1;
		console.log(
			`${path.padEnd(28)} ${KINDS.map((kind) => `${kind} ${String(sizes[kind]).padStart(6)}`).join('  ')}  total ${total}  ${verdict}  (${awake} awake)`
		);
	}
	console.log(`\n${paths.length - failed} passed, ${failed} failed`);
} finally {
	await browser.close();
	await server.close();
}
if (process.argv.includes('--check') && failed > 0) process.exitCode = 1;
