/** The built site in Chromium, with the time that a page's scripts take. */
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { find } from '../../../tests/browsers/find.mjs';
import { root } from '../../lib/node.mjs';

/** @param {readonly number[]} list @param {number} share */
export function quantile(list, share) {
	const sorted = [...list].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

/**
 * Opens a page of the built site and moves one of its range inputs; needs `npm run build` first.
 * @param {{ path: string, selector: string, values: (max: number) => readonly string[], warm: number }} drag
 * @returns {Promise<{ version: string, max: number, script: number[], layout: number[] }>} thread time of each change in ms: scripts, and style with layout
 */
export async function dragSlider({ path, selector, values, warm }) {
	const server = await preview({ root, logLevel: 'error', preview: { host: '127.0.0.1', port: 41_930, strictPort: false } });
	const found = await find('chromium');
	const browser = await chromium.launch({ args: ['--no-sandbox'], ...(found ? { executablePath: found.path } : {}) });
	try {
		const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
		await page.goto(`${(server.resolvedUrls?.local[0] ?? '').replace(/\/$/, '')}${path}`);
		await page.waitForFunction(() => !document.documentElement.hasAttribute('data-pending'));
		const max = Number(await page.locator(selector).getAttribute('max'));
		const session = await page.context().newCDPSession(page);
		await session.send('Performance.enable', { timeDomain: 'threadTicks' });
		const read = async () => {
			const { metrics } = await session.send('Performance.getMetrics');
			const of = (/** @type {string} */ key) => 1000 * (metrics.find((metric) => metric.name === key)?.value ?? NaN);
			return { script: of('ScriptDuration'), layout: of('LayoutDuration') + of('RecalcStyleDuration') };
		};
		/** @type {number[]} */
		const script = [];
		/** @type {number[]} */
		const layout = [];
		for (const [i, value] of values(max).entries()) {
			const before = await read();
			await page.evaluate(
				async ([text, query]) => {
					const slider = /** @type {HTMLInputElement} */ (document.querySelector(query ?? ''));
					slider.value = text ?? '';
					slider.dispatchEvent(new Event('input', { bubbles: true }));
					// Two frames: the change has been drawn when the second begins.
					await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
				},
				[value, selector]
			);
			const after = await read();
			if (i < warm) continue;
			script.push(after.script - before.script);
			layout.push(after.layout - before.layout);
		}
		return { version: browser.version(), max, script, layout };
	} finally {
		await browser.close();
		await server.close();
	}
}
