/** What must hold of a figure in somebody else's page. */
import { STATE, STEPS, TITLE } from './sites.mjs';

/**
 * @typedef {import('@playwright/test').Browser} Browser
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {import('@playwright/test').Frame} Frame
 * @typedef {import('./sites.mjs').Site} Site
 * @typedef {import('./serve.mjs').Host} Host
 */

const PATIENCE = 30_000;

/** @param {() => Promise<boolean>} holds @param {string} otherwise */
async function until(holds, otherwise) {
	const end = Date.now() + PATIENCE;
	while (Date.now() < end) {
		if (await holds().catch(() => false)) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error(otherwise);
}

/** @param {Page} page @param {string} origin @param {string} slug @returns {Promise<Frame>} */
async function figureIn(page, origin, slug) {
	const frame = () => page.frames().find((one) => one.url().startsWith(`${origin}/embed/`) && one.url().includes(`/${slug}`));
	await until(async () => frame() !== undefined, `no frame of ${slug} appeared`);
	return /** @type {Frame} */ (frame());
}

/** Step of the figure in a frame, from 1, as it tells it. @param {Frame} frame */
const stepIn = async (frame) => Number((await frame.getByTestId('player-step').innerText()).split('/')[0]);

/** Height of the frame's element and of what is in it. @param {Frame} frame */
async function heights(frame) {
	const outer = await (await frame.frameElement()).evaluate((element) => /** @type {Element} */ (element).clientHeight);
	const inner = await frame.evaluate(() => document.body.getBoundingClientRect().height);
	return [outer, inner];
}

/** @param {Frame} frame */
const paper = (frame) => frame.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--paper').trim());

/**
 * @param {Browser} browser
 * @param {Site} site
 * @param {Host} host where the site is served
 * @param {Host} figures where the figures are served
 * @param {(what: string, problem?: string) => void} tell
 */
export async function check(browser, site, host, figures, tell) {
	const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, colorScheme: 'light' });
	/** @type {string[]} */
	const foreign = [];
	/** @type {string[]} */
	const errors = [];
	context.on('request', (request) => {
		const url = request.url();
		if (/^(data|blob|about):/.test(url) || url.startsWith(host.origin)) return;
		// What the page itself fetches from elsewhere is its own affair; a figure's frame and its script fetch from their own site alone.
		const frame = request.isNavigationRequest() ? null : request.frame().url();
		if (frame?.startsWith(figures.origin) === true && !url.startsWith(figures.origin)) foreign.push(url);
	});
	context.on('console', (message) => {
		if (message.type() === 'error' && message.location().url.startsWith(figures.origin)) errors.push(message.text());
	});
	context.on('weberror', (error) => errors.push(error.error().message));
	// The test needs no network: whatever a page wants from the world (MathJax for a notebook, say) it does without.
	await context.route(
		(url) => url.hostname !== 'localhost' && url.hostname !== '127.0.0.1',
		(route) => route.abort()
	);
	/** @param {string} what @param {() => Promise<void>} holds */
	const part = async (what, holds) => {
		try {
			await holds();
			tell(what);
		} catch (error) {
			tell(what, error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
		}
	};
	const page = await context.newPage();
	await page.goto(host.origin + site.page);
	const frame = await figureIn(page, figures.origin, 'sampling');

	await part('the figure appears, in the state of the link', async () => {
		await frame.locator('svg.picture.exact').waitFor({ timeout: PATIENCE });
		await until(async () => (await stepIn(frame)) === 2, 'it does not stand at the step of the link');
		const steps = (await frame.getByTestId('player-step').innerText()).split('/')[1] ?? '';
		if (parseInt(steps) !== STEPS) throw new Error(`it has ${steps} steps instead of ${STEPS}`);
	});
	await part('it steps, by mouse and by keys', async () => {
		await frame.getByTestId('player-next').click();
		await until(async () => (await stepIn(frame)) === 3, 'the button did not step it');
		await frame.locator('[role=group][tabindex="0"]').first().press('ArrowLeft');
		await until(async () => (await stepIn(frame)) === 2, 'the arrow key did not step it');
	});
	const sizes = site.script || (await page.evaluate(() => 'events' in window));
	if (sizes)
		await part('it is as tall as it needs to be, and again when the window changes', async () => {
			for (const width of [1100, 420, 900]) {
				await page.setViewportSize({ width, height: 800 });
				await until(async () => {
					const [outer = 0, inner = 1] = await heights(frame);
					return inner > 200 && Math.abs(outer - inner) <= 2;
				}, `at ${width} pixels the frame is not as tall as the figure`);
			}
		});
	await part('it follows the theme', async () => {
		const light = await paper(frame);
		if (site.dark !== undefined) await page.evaluate(site.dark);
		else await page.emulateMedia({ colorScheme: 'dark' });
		await until(async () => (await paper(frame)) !== light, 'the paper is the same in the dark');
	});
	if (!site.script && sizes)
		await part('it obeys its host, and nobody else’s nonsense', async () => {
			/** @param {unknown} message */
			const post = (message) => page.evaluate((m) => document.querySelector('iframe')?.contentWindow?.postMessage(m, '*'), message);
			const head = { type: 'llm-unrolled', version: 1, command: 'seek' };
			await post({ ...head, step: 0 });
			await until(async () => (await stepIn(frame)) === 1, 'a seek did not move it');
			for (const bad of [
				{ ...head, step: -1 },
				{ ...head, step: 1.5 },
				{ ...head, step: '2' },
				{ ...head, version: 2, step: 2 },
				'seek',
				null
			])
				await post(bad);
			await frame.evaluate((m) => window.postMessage(m, '*'), { ...head, step: 3 });
			await post({ ...head, step: 'last' });
			await until(async () => (await stepIn(frame)) === STEPS, 'a seek to the end did not move it');
		});
	if (site.script)
		await part('a link in a sentence stays one, and a figure far below is fetched when it comes near', async () => {
			if ((await page.locator('a[href*="/head-sharing"]').count()) !== 1) throw new Error('the link in the sentence is gone');
			if (figures.asked.some((asked) => /embed\/\w+\/paged-attention$/.test(asked)))
				throw new Error('the figure far below was fetched at once');
			await page.locator('.llm-unrolled').last().scrollIntoViewIfNeeded();
			await (await figureIn(page, figures.origin, 'paged-attention')).locator('svg.picture:visible').first().waitFor({ timeout: PATIENCE });
			figures.asked.length = 0;
		});
	await part('it fetches nothing from elsewhere and complains of nothing', async () => {
		const all = [...foreign.map((url) => `fetched ${url}`), ...errors];
		if (all.length > 0) throw new Error(all.join(' | '));
	});
	await part('without the script the link is there and works', async () => {
		const plain = await browser.newContext({ javaScriptEnabled: site.script });
		await plain.route(/embed\.js$|embed\/[\w-]+\.js/, (route) => route.abort());
		const still = await plain.newPage();
		await still.goto(host.origin + site.page);
		const link = still.getByRole('link', { name: TITLE }).first();
		await link.waitFor({ timeout: PATIENCE });
		const href = (await link.getAttribute('href')) ?? '';
		if (!href.includes(new URLSearchParams(STATE).get('logits') ?? '-')) throw new Error(`the link leads to ${href}`);
		if (!site.script)
			await (await figureIn(still, figures.origin, 'sampling')).locator('svg.picture:visible').first().waitFor({ timeout: PATIENCE });
		const answer = await still.goto(href);
		if (answer?.status() !== 200) throw new Error(`the link answers ${String(answer?.status())}`);
		await plain.close();
	});
	await context.close();
}
