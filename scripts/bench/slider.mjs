/** Dragging the temperature: how long the page's scripts take for each change, from the event to the new river. */
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { find } from '../../tests/browsers/find.mjs';
import { root } from '../lib/node.mjs';

export const name = 'The temperature slider';

const WARM = 30;
const CHANGES = 200;

/** @param {readonly number[]} sorted @param {number} share */
const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;

/** Needs the built site. @returns {Promise<import('../bench.mjs').Result>} */
export async function run() {
	const server = await preview({ root, logLevel: 'error', preview: { host: '127.0.0.1', port: 41_930, strictPort: false } });
	const found = await find('chromium');
	const browser = await chromium.launch({ args: ['--no-sandbox'], ...(found ? { executablePath: found.path } : {}) });
	try {
		const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
		const origin = (server.resolvedUrls?.local[0] ?? '').replace(/\/$/, '');
		await page.goto(`${origin}/en/sampling?temperature=0.8&topP=0.9&topK=40&minP=0.02`);
		await page.waitForFunction(() => !document.documentElement.hasAttribute('data-pending'));
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
		for (let i = -WARM; i < CHANGES; i++) {
			const value = (0.2 + 1.7 * Math.abs(Math.sin(i / 20))).toFixed(2);
			const before = await read();
			await page.evaluate(async (text) => {
				const slider = /** @type {HTMLInputElement} */ (document.querySelector('[data-testid=control-temperature] input[type=range]'));
				slider.value = text;
				slider.dispatchEvent(new Event('input', { bubbles: true }));
				// Two frames: the change has been drawn when the second begins.
				await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
			}, value);
			const after = await read();
			if (i < 0) continue;
			script.push(after.script - before.script);
			layout.push(after.layout - before.layout);
		}
		const [s, l] = [script, layout].map((list) => [...list].sort((a, b) => a - b));
		const p95 = quantile(s ?? [], 0.95);
		return {
			rows: [{ name: 'temperature slider, scripting of a change, p95', value: p95, unit: 'ms', bound: '<= 8 ms', ok: p95 <= 8 }],
			notes: [
				`${CHANGES} changes of the slider on the recorded distribution (512 tokens, five stages), Chromium ${browser.version()}, thread time. Scripting: median ${quantile(s ?? [], 0.5).toFixed(2)} ms; style and layout: median ${quantile(l ?? [], 0.5).toFixed(2)} ms, p95 ${quantile(l ?? [], 0.95).toFixed(2)} ms.`
			]
		};
	} finally {
		await browser.close();
		await server.close();
	}
}
