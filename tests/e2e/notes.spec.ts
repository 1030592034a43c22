/** The notes: finding a topic, reading it, starting its figure, and the quiz with whatever storage the browser gives it. */
import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { words } from '../../src/notes/words.ts';
import { expect, test, type Page } from './fixtures.ts';
import { coloured, messages, overflow } from './site.ts';

const ANSWERED = 't039';

const awake = (page: Page) => page.mouse.move(4, 4);
async function search(page: Page, query: string): Promise<void> {
	await page.getByTestId('search').click();
	await page.getByTestId('search').fill(query);
}

test.describe('the index', () => {
	for (const [locale, path] of [
		['en', '/en/notes'],
		['zh', '/zh/notes'],
		['en', '/en/notes/by-list']
	] as const) {
		test(`${path} leads to every topic`, async ({ page }) => {
			await page.goto(path);
			const hrefs = await page.locator('main .topics a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
			expect(new Set(hrefs).size).toBe(385);
			for (const href of hrefs) expect(href).toMatch(new RegExp(`^/${locale}/notes/t\\d{3}$`));
			await expect(page.getByTestId('counts')).toContainText('385');
		});
	}

	test('finds topics while one types, in both languages, and keeps the search in the address', async ({ page }) => {
		await page.goto('/en/notes');
		await search(page, 'pagedattention');
		const results = page.getByTestId('results').getByRole('link');
		await expect(results.first()).toBeVisible();
		expect(await results.evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toContain(`/en/notes/${ANSWERED}`);
		await expect(page.getByTestId('all-topics')).toBeHidden();
		await search(page, '流水线');
		await expect(page.getByTestId('results').locator('a[href="/en/notes/t065"]')).toBeVisible();
		await page.waitForURL(/\?q=%E6%B5%81/);
		await page.reload();
		await expect(page.getByTestId('search')).toHaveValue('流水线');
		await expect(page.getByTestId('results').locator('a[href="/en/notes/t065"]')).toBeVisible();
		await search(page, 'qqqqqqqq');
		await expect(page.getByTestId('search-count')).toHaveText(words.en.noResults);
		await page.keyboard.press('Escape');
		await expect(page.getByTestId('search')).toHaveValue('');
		await expect(page.getByTestId('all-topics')).toBeVisible();
	});

	test('is searched by keys alone', async ({ page }) => {
		await page.goto('/zh/notes');
		await awake(page);
		await expect(async () => {
			await page.keyboard.press('/');
			await expect(page.getByTestId('search')).toBeFocused({ timeout: 500 });
		}).toPass();
		await page.keyboard.type('kv cache');
		const links = page.getByTestId('results').getByRole('link');
		await expect(links.first()).toBeVisible();
		await page.keyboard.press('ArrowDown');
		await expect(links.nth(0)).toBeFocused();
		await page.keyboard.press('ArrowDown');
		await expect(links.nth(1)).toBeFocused();
		await page.keyboard.press('ArrowUp');
		await page.keyboard.press('ArrowUp');
		await expect(page.getByTestId('search')).toBeFocused();
		const href = (await links.first().getAttribute('href')) ?? '';
		await page.keyboard.press('Enter');
		await page.waitForURL(`**${href}`);
	});

	test('what is typed before the scripts run is searched when they do', async ({ page }) => {
		await page.route('**/entry/start*.js', async (route) => {
			await new Promise((resolve) => setTimeout(resolve, 1500));
			await route.continue();
		});
		await page.goto('/en/notes');
		await search(page, 'bubble');
		await expect(page.getByTestId('results').locator('a[href="/en/notes/t134"]')).toBeVisible();
	});

	test.describe('when the search cannot be loaded', () => {
		test.use({ allowed: [/search\.en\.json|Failed to load resource/] });
		test('it says so and tries again', async ({ page }) => {
			let broken = true;
			await page.route('**/search.en.json', (route) => (broken ? route.fulfill({ status: 503, body: '' }) : route.continue()));
			await page.goto('/en/notes');
			await search(page, 'zero');
			await expect(page.getByText(words.en.searchFailed)).toBeVisible();
			broken = false;
			await page.getByRole('button', { name: words.en.retry }).click();
			await expect(page.getByTestId('results').locator('a[href="/en/notes/t135"]')).toBeVisible();
		});
	});
});

test.describe('the bare address /notes', () => {
	test.use({ locale: 'zh-CN' });
	test('opens in the reader’s language', async ({ page }) => {
		await page.goto('/notes');
		await page.waitForURL('**/zh/notes');
	});
});

test.describe('without scripts', () => {
	test.use({ javaScriptEnabled: false });
	test('a topic is whole: question, answer, pictures, follow-up, sources, links', async ({ page }) => {
		await page.goto(`/zh/notes/${ANSWERED}`);
		await expect(page.locator('main .prose').first()).toContainText(/[\u3400-\u9FFF]{5}/);
		const figures = page.locator('figure[data-state]');
		expect(await figures.count()).toBeGreaterThan(0);
		await expect(figures.first().locator('svg.wide')).toBeVisible();
		await expect(figures.first().getByTestId('start')).toBeHidden();
		await expect(page.getByRole('heading', { name: words.zh.followUp })).toBeVisible();
		await expect(page.locator('.sources li').first()).toHaveText(/\S/);
		await figures.first().getByRole('link', { name: words.zh.open }).click();
		await expect(page.locator('[data-figure]')).toBeVisible();
		await page.goto('/en/notes/quiz');
		// A driver reads nothing in noscript, even so.
		expect(await (await page.request.get(page.url())).text()).toContain(`<noscript><p>${words.en.scripts} <a href="/en/notes">`);
	});
	test('thousands of cells, for which scripts paint a canvas, are tiles that show', async ({ page, browser }) => {
		const reader = await browser.newPage({ javaScriptEnabled: true });
		await page.goto('/en/notes/t063');
		expect(await coloured(reader, await page.locator('main rect.sheet').first().screenshot())).toBeGreaterThan(0.6);
		await reader.close();
	});
});

test('a figure is started in place, goes on from its state, and stays in its topic', async ({ page }) => {
	await page.goto(`/en/notes/${ANSWERED}`);
	const figure = page.locator('figure[data-state]').first();
	const before = page.url();
	await figure.getByTestId('start').click();
	await expect(figure.locator('svg.exact')).toBeVisible();
	await expect(figure.getByTestId('player-play')).toBeFocused();
	const step = figure.getByTestId('player-step');
	await figure.getByRole('button', { name: messages.en.first, exact: true }).click();
	await expect(step).toHaveText(/^1\/\d+/);
	const caption = await figure.getByTestId('caption').innerText();
	await figure.getByTestId('player-next').click();
	await expect(step).toHaveText(/^2\/\d+/);
	await expect(figure.getByTestId('caption')).not.toHaveText(caption);
	await page.keyboard.press('ArrowLeft');
	await expect(step).toHaveText(/^1\/\d+/);
	await page.keyboard.press('End');
	await expect(step).toHaveText(/^(\d+)\/\1\b/);
	await page.keyboard.press('Home');
	await expect(step).toHaveText(/^1\/\d+/);
	// In the list of speeds an arrow chooses a speed.
	await figure.getByLabel(messages.en.speed).press('ArrowRight');
	await expect(step).toHaveText(/^1\/\d+/);
	expect(page.url()).toBe(before);
	expect(await overflow(page)).toBeLessThanOrEqual(0);
});

test('the link of a figure opens the state that the topic shows', async ({ page }) => {
	await page.goto(`/en/notes/${ANSWERED}`);
	const figure = page.locator('figure[data-state]').first();
	const caption = await figure.locator('figcaption').innerText();
	await figure.getByRole('link', { name: words.en.open }).click();
	await awake(page);
	await expect(page.getByTestId('caption')).toHaveText(caption);
	await expect(page.getByTestId('clamped')).toHaveCount(0);
});

test('topics without an answer say so, and figures lead to their topics', async ({ page }) => {
	await page.goto('/en/notes/t043');
	await expect(page.getByTestId('to-come')).toContainText(words.en.figureToCome);
	await expect(page.getByRole('heading', { name: words.en.related })).toBeVisible();
	await page.goto('/zh/notes/t180');
	await expect(page.getByTestId('note')).toHaveText(words.zh.noteLong);
	await page.goto('/en/paged-attention');
	await page.locator(`.questions a[href="/en/notes/${ANSWERED}"]`).click();
	await expect(page.locator('h1')).toContainText('PagedAttention');
});

test('every topic is in the site map', async ({ page }) => {
	const xml = await (await page.request.get('/sitemap.xml')).text();
	for (const lang of ['en', 'zh']) {
		expect(xml.match(new RegExp(`<loc>/${lang}/notes/t\\d{3}</loc>`, 'g'))).toHaveLength(385);
	}
});

test.describe('the quiz', () => {
	const topic = (page: Page) => page.getByTestId('quiz-question').getAttribute('data-topic');
	async function begin(page: Page, path = '/en/notes/quiz'): Promise<void> {
		await page.goto(path);
		await page.getByTestId('quiz-start').click();
		await expect(page.getByTestId('quiz-question')).toBeVisible();
	}

	test('asks, shows, grades, remembers and takes back', async ({ page }) => {
		await begin(page);
		const first = await topic(page);
		await expect(page.getByTestId('quiz-answer')).toHaveCount(0);
		await page.getByTestId('reveal').click();
		await expect(page.getByTestId('quiz-answer')).toBeVisible();
		expect(await page.locator('figure[data-state] svg').count()).toBeGreaterThan(0);
		await page.locator('[data-grade="3"]').click();
		await expect(page.getByTestId('quiz-question')).not.toHaveAttribute('data-topic', first ?? '');
		await expect(page.getByTestId('quiz-answer')).toHaveCount(0);
		const second = await topic(page);
		await page.reload();
		await page.getByTestId('quiz-start').click();
		await expect(page.getByTestId('quiz-question')).toHaveAttribute('data-topic', second ?? '');
		await page.getByTestId('reveal').click();
		await page.locator('[data-grade="1"]').click();
		await page.getByTestId('undo').click();
		await expect(page.getByTestId('quiz-question')).toHaveAttribute('data-topic', second ?? '');
	});

	test('works by keys alone', async ({ page }) => {
		await begin(page, '/zh/notes/quiz');
		const first = await topic(page);
		await expect(page.getByTestId('quiz-question')).toBeFocused();
		await page.keyboard.press('3');
		await expect(page.getByTestId('quiz-question')).toHaveAttribute('data-topic', first ?? '');
		await page.keyboard.press(' ');
		await expect(page.getByTestId('quiz-answer')).toBeVisible();
		await page.keyboard.press('4');
		await expect(page.getByTestId('quiz-question')).not.toHaveAttribute('data-topic', first ?? '');
		await page.keyboard.press('u');
		await expect(page.getByTestId('quiz-question')).toHaveAttribute('data-topic', first ?? '');
	});

	test('two tabs share their progress', async ({ page, context }) => {
		await begin(page);
		const other = await context.newPage();
		await begin(other);
		await page.getByTestId('reveal').click();
		await page.locator('[data-grade="4"]').click();
		await expect(other.getByTestId('quiz-counts')).toContainText(`1 ${words.en.learnt}`);
		await other.getByRole('button', { name: words.en.skip }).click();
		await other.getByTestId('reveal').click();
		await other.locator('[data-grade="4"]').click();
		await expect(page.getByTestId('quiz-counts')).toContainText(`2 ${words.en.learnt}`);
	});

	test('progress goes out as a file and comes back in', async ({ page }) => {
		await begin(page);
		await page.getByTestId('reveal').click();
		await page.locator('[data-grade="4"]').click();
		const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export').click()]);
		const file = await download.path();
		expect(readFileSync(file, 'utf8')).toContain('"llm-unrolled-quiz"');
		await page.getByTestId('forget').click();
		await page.getByTestId('forget-sure').click();
		await expect(page.getByTestId('quiz-counts')).toContainText(`0 ${words.en.learnt}`);
		await page.getByTestId('import').setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{"a":') });
		await expect(page.getByTestId('import-said')).toHaveText(words.en.importDamaged);
		await page.getByTestId('import').setInputFiles(file);
		await expect(page.getByTestId('import-said')).toHaveText(words.en.imported(1));
		await expect(page.getByTestId('quiz-counts')).toContainText(`1 ${words.en.learnt}`);
	});

	for (const [name, script, told] of [
		[
			'blocked',
			`Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })`,
			words.en.blocked
		],
		['full', `Storage.prototype.setItem = () => { throw new DOMException('no', 'QuotaExceededError'); }`, words.en.full],
		['damaged', `if (!localStorage.getItem('quiz-progress')) localStorage.setItem('quiz-progress', '{"broken')`, words.en.damaged]
	] as const) {
		test(`goes on with storage ${name}, and says so`, async ({ page }) => {
			await page.addInitScript(script);
			await begin(page);
			if (name !== 'full') await expect(page.getByTestId('trouble')).toHaveText(told);
			const first = await topic(page);
			await page.getByTestId('reveal').click();
			await page.locator('[data-grade="4"]').click();
			await expect(page.getByTestId('quiz-question')).not.toHaveAttribute('data-topic', first ?? '');
			await expect(page.getByTestId('quiz-counts')).toContainText(`1 ${words.en.learnt}`);
			if (name === 'damaged') await expect(page.getByTestId('trouble')).toHaveCount(0);
			else await expect(page.getByTestId('trouble')).toHaveText(told);
		});
	}

	test.describe('when an answer cannot be loaded', () => {
		test.use({ allowed: [/notes\/data|Failed to load resource/] });
		test('says so and tries again', async ({ page }) => {
			let broken = true;
			await page.route('**/notes/data/t*.json', (route) => (broken ? route.fulfill({ status: 503, body: '' }) : route.continue()));
			await begin(page);
			await page.getByTestId('reveal').click();
			await expect(page.getByText(words.en.revealFailed)).toBeVisible();
			broken = false;
			await page.getByRole('button', { name: words.en.retry }).click();
			await expect(page.getByTestId('quiz-answer')).toBeVisible();
		});
	});

	test('breaks no rule of accessibility with an answer open, nor does a search with results, in both themes', async ({ page }) => {
		test.slow();
		const violations = async () =>
			(await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()).violations.map(({ id, nodes }) => [
				id,
				...nodes.slice(0, 3).map(({ target }) => target.join(' '))
			]);
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			await begin(page);
			await page.getByTestId('reveal').click();
			await expect(page.getByTestId('grades')).toBeVisible();
			expect(await violations(), `quiz in ${colorScheme}`).toEqual([]);
			await page.goto('/zh/notes?q=缓存');
			await expect(page.getByTestId('results').locator('a').first()).toBeVisible();
			expect(await violations(), `search in ${colorScheme}`).toEqual([]);
		}
	});

	test.describe('at 360 pixels', () => {
		test.use({ viewport: { width: 360, height: 740 } });
		test('fits, with an answer open', async ({ page }) => {
			await begin(page, '/zh/notes/quiz');
			await page.getByTestId('reveal').click();
			await expect(page.getByTestId('grades')).toBeVisible();
			expect(await overflow(page)).toBeLessThanOrEqual(0);
		});
	});
});
