/** Figures taken elsewhere: share menu, embeds, previews of links, the documentation of addresses. */
import { createServer } from 'node:http';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from './fixtures.ts';
import { FigurePage, locales, messages, overflow, root, slugs } from './site.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
const STATE = 'source=custom&logits=2,1,1,1,0&topK=2&topP=0.9&step=1';

async function clean(page: Page, what: string): Promise<void> {
	const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
	expect(
		violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | ')}`),
		what
	).toEqual([]);
}

/** A page of another site with this body, for the time of a test. */
async function host(body: string, use: (url: string) => Promise<void>): Promise<void> {
	const server = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>x</title>${body}`));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	try {
		await use(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`);
	} finally {
		server.closeAllConnections();
		server.close();
	}
}

test.describe('the share menu', () => {
	test.beforeEach(({ context }) => context.grantPermissions(['clipboard-read', 'clipboard-write']));
	const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

	test('copies what notes take, and says so to the eye and to the ear', async ({ page }) => {
		const figure = new FigurePage(page);
		await figure.open(`/en/sampling?${STATE}`);
		const address = page.url();
		await page.getByTestId('copy-link').click();
		expect(await clipboard(page)).toBe(address);
		await page.getByTestId('share').click();
		await page.getByTestId('copy-markdown').click();
		await expect(page.getByTestId('copy-markdown')).toHaveText(figure.words.copied);
		await expect(page.locator('.share [role=status]')).toContainText(figure.words.copied);
		expect(await clipboard(page)).toBe(`[Sampling](${address})`);
		await page.getByTestId('copy-iframe').click();
		expect(await clipboard(page)).toMatch(/^<iframe src="http[^"]+\/embed\/en\/sampling\?source=custom&amp;[^"]+" title="Sampling" /);
		await page.getByTestId('copy-scripted').click();
		expect(await clipboard(page)).toMatch(/<a href="[^"]+">Sampling<\/a>[\s\S]*\/embed\.js" async><\/script>$/);
	});

	test('is worked by keys alone, and closes', async ({ page }) => {
		const figure = new FigurePage(page);
		await figure.open(`/zh/sampling?${STATE}`);
		const menu = page.getByTestId('share');
		await menu.focus();
		await page.keyboard.press('Enter');
		await expect(page.getByTestId('copy-markdown')).toBeVisible();
		await page.keyboard.press('Tab');
		await expect(page.getByTestId('copy-markdown')).toBeFocused();
		await page.keyboard.press('Enter');
		expect(await clipboard(page)).toContain('/zh/sampling?');
		await clean(page, 'the open menu');
		await page.keyboard.press('Escape');
		await expect(page.getByTestId('copy-markdown')).toBeHidden();
		await expect(menu).toBeFocused();
		await menu.click();
		await page.mouse.click(5, 300);
		await expect(page.getByTestId('copy-markdown')).toBeHidden();
	});

	test('saves PNG at twice the size and CSV', async ({ page }) => {
		const figure = new FigurePage(page);
		await figure.open(`/en/sampling?${STATE}`);
		await page.getByTestId('share').click();
		const [png] = await Promise.all([page.waitForEvent('download'), figure.button(figure.words.png).click()]);
		expect(png.suggestedFilename()).toBe('sampling.png');
		const bytes = await readFile(await png.path());
		const width = Number((await page.locator('svg.picture').first().getAttribute('viewBox'))?.split(' ')[2]);
		expect(bytes.readUInt32BE(16)).toBe(Math.round(2 * width));
		const [csv] = await Promise.all([page.waitForEvent('download'), figure.button(figure.words.csv).click()]);
		const rows = (await readFile(await csv.path(), 'utf8')).trim().split('\r\n');
		expect(rows.length).toBeGreaterThan(2);
	});

	test('gives a named view its own address', async ({ page }) => {
		const figure = new FigurePage(page);
		await figure.open('/en/sampling?temperature=0');
		await page.getByTestId('copy-link').click();
		const link = await clipboard(page);
		expect(new URL(link).pathname).toBe('/en/sampling/greedy');
		await page.goto(`${link}?step=0#views`);
		await page.waitForURL(/\/en\/sampling\?temperature=0&step=0#views$/);
	});
});

test.describe('an embed', () => {
	for (const slug of slugs) {
		test(`of ${slug} is light, clean, and steps`, async ({ page }) => {
			const sizes = { figure: 0, embed: 0 };
			for (const kind of ['figure', 'embed'] as const) {
				const bodies: Promise<void>[] = [];
				page.on('response', (response) => {
					if (!['document', 'stylesheet', 'script'].includes(response.request().resourceType())) return;
					bodies.push(response.body().then((body) => void (sizes[kind] += gzipSync(body).length)));
				});
				await page.goto(kind === 'figure' ? `/en/${slug}` : `/embed/en/${slug}`, { waitUntil: 'networkidle' });
				await page.mouse.move(50, 50);
				await expect(page.locator('svg.picture.exact').first()).toBeVisible({ timeout: 20_000 });
				await page.waitForLoadState('networkidle');
				await Promise.all(bodies);
				page.removeAllListeners('response');
			}
			expect(sizes.embed).toBeLessThanOrEqual(sizes.figure);
			const figure = new FigurePage(page);
			await figure.button(figure.words.first).click();
			await figure.expectStep(1);
			await clean(page, slug);
			await page.setViewportSize({ width: 360, height: 740 });
			expect(await overflow(page)).toBeLessThanOrEqual(0);
		});
	}

	test('takes its options', async ({ page }) => {
		await page.goto(`/embed/en/sampling?${STATE}&lang=zh&theme=dark&controls=none`);
		await expect(page.locator('svg.picture.exact').first()).toBeVisible();
		await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
		await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
		await expect(page.getByTestId('player-play')).toHaveCount(0);
		await page.goto(`/embed/en/sampling?${STATE}&controls=full`);
		await page.locator('.settings summary').click();
		await expect(page.getByLabel(/top-k/i).first()).toBeVisible();
		await page.goto('/embed/en/sampling?named=greedy&nonsense=1');
		await expect(page.getByTestId('clamped')).toContainText('nonsense');
	});

	test('goes round between two steps', async ({ page }) => {
		await page.goto(`/embed/en/sampling?source=custom&logits=2,1,1,1,0&topK=2&topP=0.9&loop=1-2&step=1&autoplay=1`);
		const figure = new FigurePage(page);
		await page.locator('.speed select').selectOption('4');
		await expect.poll(async () => (await figure.steps())[0]).toBe(3);
		await expect.poll(async () => (await figure.steps())[0], { intervals: [30] }).toBe(2);
		await expect.poll(async () => (await figure.steps())[0], { intervals: [30] }).toBe(3);
	});

	test('does what was pressed before its script was there, and keeps the focus', async ({ page }) => {
		await page.goto('/embed/en/paged-attention');
		const figure = new FigurePage(page);
		const [step] = await figure.steps();
		await page.getByTestId('player-next').focus();
		await page.keyboard.press('Enter');
		await figure.expectStep(step + 1);
		await expect(page.getByTestId('player-next')).toBeFocused();
	});

	test('is a picture with a caption where scripts are off', async ({ browser }) => {
		const context = await browser.newContext({ javaScriptEnabled: false });
		const page = await context.newPage();
		await page.goto('/embed/zh/sampling');
		await expect(page.locator('svg.picture.wide')).toBeVisible();
		await expect(page.getByTestId('caption')).toHaveText(/\S{5}/);
		await context.close();
	});
});

test.describe('in a closed frame of another site', () => {
	// The host of this test is a site of its own, on purpose.
	test.use({ allowed: [/^another origin: http:\/\/127\.0\.0\.1:\d+\/(favicon\.ico)?$/] });
	test('an embed has no origin, no storage, no model, and works', async ({ page, baseURL }) => {
		const src = `${baseURL ?? ''}/embed/en/sampling?temperature=0.7`;
		await host(`<iframe sandbox="allow-scripts" src="${src}" width="700" height="700"></iframe>`, async (url) => {
			await page.goto(url);
			const frame = page.frameLocator('iframe');
			await expect(frame.locator('svg.picture.exact')).toBeVisible({ timeout: 20_000 });
			await expect(frame.getByText(messages.en.embed.closed)).toBeVisible();
			await expect(frame.getByTestId('model-run')).toHaveCount(0);
			await frame.getByTestId('player-back').click();
			await expect(frame.getByTestId('player-step')).toContainText('2/3');
		});
	});
});

test('embed.js is at most 4 kB, and needs neither eval nor inline styles', async ({ request }) => {
	const code = await (await request.get('/embed.js')).body();
	expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(4096);
	expect(code.toString()).not.toMatch(/\beval\(|new Function|innerHTML|setAttribute\(`style/);
	expect(gunzipSync(gzipSync(code)).equals(code)).toBe(true);
});

test('links unfurl with title, line and picture, and point to their oEmbed', async ({ request, page }) => {
	for (const [path, card] of [
		['/en/sampling', '/figures/sampling/en.card.png'],
		['/zh/sampling/greedy', '/figures/sampling/greedy.zh.card.png']
	] as const) {
		const html = await (await request.get(path)).text();
		const meta = (name: string) => new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)"`).exec(html)?.[1] ?? '';
		for (const name of ['og:title', 'og:description', 'og:site_name', 'og:image:alt', 'twitter:title']) expect(meta(name), name).toMatch(/\S{2}/);
		expect(meta('twitter:card')).toBe('summary_large_image');
		expect(meta('og:image')).toBe(card);
		expect(meta('twitter:image')).toBe(card);
		const image = await (await request.get(card)).body();
		expect([image.readUInt32BE(16), image.readUInt32BE(20)]).toEqual([1200, 630]);
		const [, discovery = ''] = /<link rel="alternate" type="application\/json\+oembed" href="([^"]+)"/.exec(html) ?? [];
		const oembed = (await (await request.get(discovery)).json()) as Record<string, unknown>;
		expect(oembed).toMatchObject({ version: '1.0', type: 'rich', thumbnail_url: card, thumbnail_width: 1200 });
		expect(oembed['html']).toContain('<iframe src="/embed/');
	}
	// Where scripts are off the page of a view is one to read.
	await page.route(/\?/, (route) => route.abort());
	const plain = await page.context().browser()!.newContext({ javaScriptEnabled: false });
	const still = await plain.newPage();
	await still.goto('/en/sampling/greedy');
	await expect(still.getByRole('img')).toBeVisible();
	await expect(still.locator('h1')).toContainText('Sampling');
	await clean(still, 'a named view');
	await plain.close();
});

test('a named view’s PNG is its SVG at twice the size, in both themes', async ({ request }) => {
	const hashes = new Set<string>();
	for (const theme of ['', '.dark']) {
		const svg = await (await request.get(`/figures/sampling/top-k.zh${theme}.svg`)).text();
		const [, width = '0', height = '0'] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
		const png = await (await request.get(`/figures/sampling/top-k.zh${theme}.png`)).body();
		expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * Number(width), 2 * Number(height)]);
		hashes.add(createHash('sha256').update(png).digest('hex'));
	}
	expect(hashes.size).toBe(2);
});

for (const locale of locales) {
	test(`/${locale}/links documents every parameter and named view, cleanly`, async ({ page }) => {
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			await page.goto(`/${locale}/links`);
			await clean(page, colorScheme);
		}
		for (const slug of slugs) {
			const { default: explainer } = (await import(`${root}src/explainers/${slug}/params.ts`).then(
				(module: { params: Record<string, unknown> }) => ({ default: module.params })
			)) as { default: Record<string, unknown> };
			const rows = await page.locator(`#${slug} tbody tr`).count();
			expect(rows, slug).toBe(Object.keys(explainer).length);
			expect(await page.locator(`#${slug} li a`).count(), slug).toBeGreaterThan(2);
		}
		expect(await page.locator('main').innerText()).not.toMatch(/undefined|\[object|NaN/);
		await page.setViewportSize({ width: 360, height: 740 });
		expect(await overflow(page)).toBeLessThanOrEqual(0);
	});
}

test('the switch of language keeps the state, packed or not', async ({ page }) => {
	const figure = new FigurePage(page);
	const prompt = 'Once upon a time, there was a little girl named Lily. She loved to play outside. '.repeat(4).trim();
	await figure.open(`/en/sampling?${new URLSearchParams({ prompt, temperature: '0.5' }).toString()}`);
	await expect(page.getByTestId('language')).toHaveAttribute('href', /\/zh\/sampling\?prompt\.z=[\w-]+&temperature=0\.5$/);
	await page.getByTestId('language').click();
	await page.waitForURL(/\/zh\/sampling\?/);
	await figure.awake();
	await expect(page.locator('textarea').first()).toHaveValue(prompt);
});
