/** The site around the figures: home, gallery, the page for unknown addresses, language and theme. */
import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';
import { FigurePage, figurePages, messages, otherPages, overflow, root, slugs } from './site.ts';

const pages = [...otherPages, ...figurePages];

for (const { path, locale } of pages) {
	test(`${path} says what it is, in its language and for the other one`, async ({ page }) => {
		await page.goto(path);
		await expect(page.locator('h1')).toHaveCount(1);
		await expect(page.locator('h1')).toHaveText(/\S/);
		await expect(page).toHaveTitle(/\S{3}/);
		await expect(page.locator('html')).toHaveAttribute('lang', locale === 'zh' ? 'zh-Hans' : 'en');
		expect(await page.locator('meta[name="description"]').getAttribute('content')).toMatch(/\S{5}/);
		const tail = path.slice(3);
		expect(await page.locator('link[hreflang="en"]').getAttribute('href')).toBe(`/en${tail}`);
		expect(await page.locator('link[hreflang="zh-Hans"]').getAttribute('href')).toBe(`/zh${tail}`);
		expect(await page.locator('link[hreflang="x-default"]').getAttribute('href')).toBe(`/en${tail}`);
		await page.getByTestId('language').click();
		await page.waitForURL(`**/${locale === 'en' ? 'zh' : 'en'}${tail}`);
	});
}

test.describe('at 360 pixels', () => {
	test.use({ viewport: { width: 360, height: 740 } });
	test('no page is wider than the window', async ({ page }) => {
		for (const path of ['/404', ...pages.map((p) => p.path)]) {
			await page.goto(path);
			expect(await overflow(page), path).toBeLessThanOrEqual(0);
		}
		// Open, as after a reader's first touch, with all its folded settings unfolded.
		for (const slug of slugs) {
			await new FigurePage(page).open(`/en/${slug}`);
			await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
			expect(await overflow(page), slug).toBeLessThanOrEqual(0);
		}
	});
});

test('home and gallery lead to every figure and every named view', async ({ page }) => {
	await page.goto('/en');
	for (const slug of slugs) await expect(page.locator(`main a[href="/en/${slug}"]`).first()).toBeVisible();
	await page.goto('/en/gallery');
	for (const slug of slugs) {
		const views = page.locator(`main li a[href^="/en/${slug}?"]`);
		expect(await views.count(), slug).toBeGreaterThan(0);
		for (const svg of await views.locator('svg').all()) expect(await svg.locator('*').count(), slug).toBeGreaterThan(3);
	}
	const sitemap = await (await page.request.get('/sitemap.xml')).text();
	for (const { path } of pages) expect(sitemap).toContain(`<loc>${path}</loc>`);
});

test.describe('the bare address', () => {
	test.describe('of a Chinese reader', () => {
		test.use({ locale: 'zh-CN' });
		test('opens in Chinese', async ({ page }) => {
			await page.goto('/');
			await page.waitForURL('**/zh');
			await expect(page.locator('h1')).toHaveText(messages.zh.site);
		});
	});
	test.describe('of anybody else', () => {
		test.use({ locale: 'fr-FR' });
		test('opens in English', async ({ page }) => {
			await page.goto('/');
			await page.waitForURL('**/en');
			await expect(page.locator('h1')).toHaveText(messages.en.site);
		});
	});
	test.describe('without scripts', () => {
		test.use({ javaScriptEnabled: false });
		test('lets the reader choose', async ({ page }) => {
			await page.goto('/');
			await expect(page.getByRole('link', { name: messages.en.site })).toHaveAttribute('href', '/en');
			await expect(page.getByRole('link', { name: messages.zh.site })).toHaveAttribute('href', '/zh');
		});
	});
});

test.describe('an unknown address', () => {
	test.use({ allowed: [/404/] });
	test('gets help, and the figure that was probably meant', async ({ page }) => {
		// What every static host does with 404.html.
		const body = await readFile(`${root}build/404.html`, 'utf8');
		await page.route(/\/(en|zh)\/[^/]*(smpling|qqqqqqqqqqqq)/, (route) => route.fulfill({ status: 404, contentType: 'text/html', body }));
		await page.goto('/zh/deep/smpling?temperature=0.5');
		for (const locale of ['en', 'zh'] as const) {
			await expect(page.getByRole('heading', { name: messages[locale].notFound })).toBeVisible();
			const line = page.locator('section', { hasText: messages[locale].notFound }).locator('[data-nearest]');
			await expect(line).toContainText(messages[locale].nearest);
			await expect(line.getByRole('link')).toHaveAttribute('href', new RegExp(`/${locale}/sampling\\?temperature=0\\.5$`));
		}
		await page.locator('[data-nearest] a').first().click();
		await page.waitForURL('**/en/sampling?temperature=0.5');

		await page.goto('/en/qqqqqqqqqqqq');
		await expect(page.getByRole('heading', { name: messages.en.notFound })).toBeVisible();
		await expect(page.locator('[data-nearest]').first()).toBeHidden();
		for (const slug of slugs) await expect(page.locator(`a[href="/en/${slug}"]`).last()).toBeVisible();
	});
});

test('the theme is the reader’s, and stays', async ({ page }) => {
	const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
	const toggle = page.locator('[data-theme-toggle]');
	const html = page.locator('html');
	await page.emulateMedia({ colorScheme: 'light' });
	await page.goto('/en');
	const light = await paper();
	await toggle.click();
	await expect(html).toHaveAttribute('data-theme', 'light');
	await toggle.click();
	await expect(html).toHaveAttribute('data-theme', 'dark');
	await expect(toggle).toHaveAttribute('aria-label', messages.en.theme.dark);
	const dark = await paper();
	expect(dark).not.toBe(light);
	await page.goto('/zh/sampling');
	expect(await html.getAttribute('data-theme')).toBe('dark');
	expect(await paper()).toBe(dark);
	await toggle.click();
	await expect(html).not.toHaveAttribute('data-theme', /./);
	await page.reload();
	expect(await paper()).toBe(light);
	await page.emulateMedia({ colorScheme: 'dark' });
	await expect.poll(paper).toBe(dark);
});

test('no script of a figure is fetched before the reader’s first sign of life', async ({ page }) => {
	const scripts: string[] = [];
	page.on('request', (request) => {
		if (request.resourceType() === 'script') scripts.push(request.url());
	});
	await page.goto('/en/sampling', { waitUntil: 'networkidle' });
	expect(scripts).toEqual([]);
	await new FigurePage(page).awake();
	expect(scripts.length).toBeGreaterThan(0);
});
