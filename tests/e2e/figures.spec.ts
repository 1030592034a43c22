/** What every figure can do, in both languages: step, play, scrub, keys, swipe, links, files. */
import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';
import { FigurePage, figurePages, locales, overflow, slugs } from './site.ts';

for (const { slug, locale, path } of figurePages) {
	test(`${path} steps forwards and backwards, by button and by key`, async ({ page }) => {
		const figure = new FigurePage(page, locale);
		await figure.open(path);
		await expect(page.locator('h1')).toHaveText(/\S/);
		await expect(page.locator('html')).toHaveAttribute('lang', locale === 'zh' ? 'zh-Hans' : 'en');
		await expect(figure.figure).toHaveAttribute('data-figure', slug);
		const count = await figure.count();
		expect(count).toBeGreaterThan(1);

		await figure.button(figure.words.first).click();
		await figure.expectStep(1);
		const first = await figure.caption.innerText();
		expect(first).toMatch(/\S/);
		await figure.next.click();
		await figure.expectStep(2);
		await figure.back.click();
		await figure.expectStep(1);
		expect(await figure.caption.innerText()).toBe(first);
		await figure.back.click();
		await figure.expectStep(1);
		await figure.button(figure.words.last).click();
		await figure.expectStep(count);
		await figure.next.click();
		await figure.expectStep(count);

		await page.locator('.main').first().focus();
		await page.keyboard.press('Home');
		await figure.expectStep(1);
		await page.keyboard.press('ArrowRight');
		await figure.expectStep(2);
		await page.keyboard.press(',');
		await figure.expectStep(1);
		await page.keyboard.press('.');
		await figure.expectStep(2);
		await page.keyboard.press('ArrowLeft');
		await figure.expectStep(1);
		await page.keyboard.press('End');
		await figure.expectStep(count);
		await page.keyboard.press('Home');
		await page.keyboard.press(' ');
		await expect(figure.play).toHaveAttribute('aria-label', figure.words.pause);
		await page.keyboard.press(' ');
		await expect(figure.play).toHaveAttribute('aria-label', figure.words.play);
	});
}

for (const slug of slugs) {
	const path = `/en/${slug}`;

	test(`${path} plays to its end, pauses on a step, and is scrubbed`, async ({ page }) => {
		const figure = new FigurePage(page);
		await figure.open(path);
		const count = await figure.count();
		await figure.button(figure.words.first).click();
		await figure.expectStep(1);
		await page.getByLabel(figure.words.speed).selectOption('4');
		await figure.play.click();
		await expect.poll(async () => (await figure.steps())[0]).toBeGreaterThan(1);
		await figure.play.click();
		const [paused] = await figure.steps();
		await figure.expectStep(paused);

		await figure.bar.fill(String(count - 1));
		await figure.expectStep(count);
		const box = (await figure.bar.boundingBox())!;
		await page.mouse.move(box.x + box.width - 3, box.y + box.height / 2);
		await page.mouse.down();
		await page.mouse.move(box.x + box.width * 0.45, box.y + box.height / 2, { steps: 6 });
		const held = Number(await figure.bar.inputValue());
		expect(held).toBeGreaterThan(0);
		expect(held).toBeLessThan(count - 1);
		await page.mouse.move(box.x + 1, box.y + box.height / 2, { steps: 6 });
		await page.mouse.up();
		await figure.expectStep(1);

		// From the last but one it plays to the end and stops there by itself.
		await figure.bar.fill(String(count - 2));
		await figure.expectStep(count - 1);
		await figure.play.click();
		await figure.expectStep(count);
		await expect(figure.play).toHaveAttribute('aria-label', figure.words.play);
	});

	test(`${path} keeps the step and the state in the address, through back, forward, reload and the other language`, async ({ page }) => {
		const figure = new FigurePage(page);
		await figure.open(path);
		// The step that a page opens at is not in its address: another one is looked for.
		const [opened] = await figure.steps();
		const step = opened === 2 ? 3 : 2;
		await figure.button(figure.words.first).click();
		for (let i = 1; i < step; i++) {
			await figure.next.click();
			await figure.expectStep(i + 1);
		}
		await figure.expectQuery('step', String(step - 1));

		const views = page.locator('[data-view]');
		const [a, b] = [views.nth(1), views.nth(2)];
		const queries = await Promise.all([a, b].map(async (view) => new URLSearchParams((await view.getAttribute('href')) ?? '')));
		const captions: string[] = [];
		for (const [i, view] of [a, b].entries()) {
			await view.click();
			for (const [name, value] of queries[i]!) if (name !== 'step') await figure.expectQuery(name, value);
			captions.push(await figure.caption.innerText());
		}
		await page.goBack();
		for (const [name, value] of queries[0]!) if (name !== 'step') await figure.expectQuery(name, value);
		await expect(figure.caption).toHaveText(captions[0]!, { useInnerText: true });
		await page.goForward();
		for (const [name, value] of queries[1]!) if (name !== 'step') await figure.expectQuery(name, value);
		await expect(figure.caption).toHaveText(captions[1]!, { useInnerText: true });

		const count = await figure.count();
		if (count > 1) {
			await figure.button(figure.words.first).click();
			await figure.expectStep(1);
		}
		// The address comes to rest a moment after the picture; the link to the other language is always up to date.
		const toChinese = async () => new URL((await page.getByTestId('language').getAttribute('href')) ?? '', page.url()).search;
		await expect.poll(async () => new URL(page.url()).search === (await toChinese())).toBe(true);
		const search = new URL(page.url()).search;
		await page.reload();
		await figure.awake();
		await figure.expectStep(1);
		await expect(figure.caption).toHaveText(/\S/);
		await page.getByTestId('language').click();
		await page.waitForURL(`**/zh/${slug}${search}`);
		const chinese = new FigurePage(page, 'zh');
		await chinese.awake();
		await chinese.expectStep(1);
		expect(await chinese.count()).toBe(count);
		await expect(chinese.caption).toHaveText(/[\u3400-\u9FFF]/);
	});

	test(`${path}?state never shows the default state`, async ({ page }) => {
		// A slow line: between the HTML and the scripts there is time to see what is shown.
		await page.route(/\/_app\/.*\.js$/, async (route) => {
			const answer = await route.fetch();
			await new Promise((resolve) => setTimeout(resolve, 60));
			await route.fulfill({ response: answer });
		});
		await page.addInitScript(() => {
			const seen: string[] = [];
			Object.assign(window, { seen, atStart: '' });
			document.addEventListener('DOMContentLoaded', () => {
				const figure = document.querySelector<HTMLElement>('[data-figure]');
				const pending = document.documentElement.hasAttribute('data-pending');
				Object.assign(window, { atStart: `${pending} ${figure === null ? '' : getComputedStyle(figure).visibility}` });
			});
			const look = (): void => {
				const figure = document.querySelector<HTMLElement>('[data-figure]');
				const caption = figure?.querySelector<HTMLElement>('[data-testid="caption"]');
				if (figure && caption && getComputedStyle(figure).visibility === 'visible') {
					const text = caption.textContent.trim();
					if (seen.at(-1) !== text) seen.push(text);
				}
				requestAnimationFrame(look);
			};
			look();
		});
		const figure = new FigurePage(page);
		const plain = await page.request.get(path);
		const query = [...(await plain.text()).matchAll(/href="\?([^"]+)" data-view/g)].map(([, q = '']) => q.replaceAll('&amp;', '&'))[1]!;
		const link = `${path}?${[...new URLSearchParams(query)]
			.filter(([name]) => name !== 'step')
			.map(([n, v]) => `${n}=${encodeURIComponent(v)}`)
			.join('&')}&step=0`;
		await figure.open(link);
		await figure.expectStep(1);
		const { seen, atStart } = await page.evaluate(() => {
			const { seen, atStart } = window as unknown as { seen: string[]; atStart: string };
			return { seen, atStart };
		});
		expect(atStart).toBe('true hidden');
		expect(seen).toHaveLength(1);
		expect((await figure.caption.textContent())?.trim()).toBe(seen[0]);
		await expect(page.locator('html')).not.toHaveAttribute('data-pending');
	});

	test(`${path} gives its link, its picture and its data away`, async ({ page, context }) => {
		await context.grantPermissions(['clipboard-read', 'clipboard-write']);
		const figure = new FigurePage(page);
		await figure.open(path);
		await figure.button(figure.words.first).click();
		await figure.expectStep(1);
		await page.getByTestId('copy-link').click();
		await expect(page.getByTestId('copy-link')).toHaveText(figure.words.copied);
		const link = await page.evaluate(() => navigator.clipboard.readText());
		const caption = await figure.caption.innerText();

		await page.getByTestId('share').click();
		const [svgFile] = await Promise.all([page.waitForEvent('download'), figure.button(figure.words.svg).click()]);
		expect(svgFile.suggestedFilename()).toBe(`${slug}.svg`);
		const svg = await readFile(await svgFile.path(), 'utf8');
		expect(svg).not.toMatch(/var\(|\sclass=|\sstyle=|<script|\son[a-z]+=|(?:href|src)="https?:/);
		const parsed = await page.evaluate((text) => {
			const document = new DOMParser().parseFromString(text, 'image/svg+xml');
			const element = document.documentElement;
			return {
				error: document.querySelector('parsererror')?.textContent ?? '',
				name: element.localName,
				width: Number(element.getAttribute('width')),
				title: element.querySelector('title')?.textContent ?? '',
				link: element.querySelector('desc')?.textContent ?? '',
				marks: element.querySelectorAll('path, rect, text, circle').length
			};
		}, svg);
		expect(parsed).toMatchObject({ error: '', name: 'svg', title: await page.locator('h1').innerText(), link });
		expect(parsed.width).toBeGreaterThan(300);
		expect(parsed.marks).toBeGreaterThan(5);

		const [jsonFile] = await Promise.all([page.waitForEvent('download'), figure.button(figure.words.data).click()]);
		const data = JSON.parse(await readFile(await jsonFile.path(), 'utf8')) as Record<string, unknown>;
		expect(Object.keys(data)).toEqual(['slug', 'params', 'clamped', 'step', 'steps', 'caption', 'facts', 'frame']);
		expect(data).toMatchObject({ slug, step: 0, steps: await figure.count(), clamped: [] });
		expect(Object.keys(data['facts'] as object).length).toBeGreaterThan(0);

		await figure.open(link);
		await figure.expectStep(1);
		expect(await figure.caption.innerText()).toBe(caption);
	});

	test(`${path} says what it clamped`, async ({ page }) => {
		const figure = new FigurePage(page);
		await figure.open(`${path}?nonsense=1`);
		await expect(page.getByTestId('clamped')).toContainText('nonsense');
		await figure.open(`/zh/${slug}?nonsense=1`);
		await expect(page.getByTestId('clamped')).toContainText('nonsense');
	});

	test(`${path} does what was pressed before its scripts were there`, async ({ page }) => {
		await page.goto(path);
		const figure = new FigurePage(page);
		const [step, count] = await figure.steps();
		// The very first sign of life is the press itself.
		await (step === count ? figure.back : figure.next).dispatchEvent('click');
		await figure.expectStep(step === count ? step - 1 : step + 1);
	});

	test.describe('on a phone', () => {
		test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

		test(`${path} fits, and is swiped from step to step`, async ({ page, context }) => {
			const figure = new FigurePage(page);
			await figure.open(path);
			expect(await overflow(page)).toBeLessThanOrEqual(0);
			const count = await figure.count();
			await figure.bar.fill('0');
			await figure.expectStep(1);
			await figure.stage.scrollIntoViewIfNeeded();
			const box = (await figure.stage.boundingBox())!;
			const session = await context.newCDPSession(page);
			const y = box.y + Math.min(box.height, 200) / 2;
			const swipe = async (from: number, to: number, dy = 0): Promise<void> => {
				const touch = (x: number, yy: number) => ({ touchPoints: [{ x: box.x + box.width * x, y: yy }] });
				await session.send('Input.dispatchTouchEvent', { type: 'touchStart', ...touch(from, y) });
				for (let i = 1; i <= 5; i++) {
					await session.send('Input.dispatchTouchEvent', { type: 'touchMove', ...touch(from + ((to - from) * i) / 5, y + (dy * i) / 5) });
				}
				await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
			};
			await swipe(0.8, 0.2);
			await figure.expectStep(2);
			await swipe(0.2, 0.8);
			await figure.expectStep(1);
			await swipe(0.8, 0.75);
			await figure.expectStep(1);
			expect(count).toBeGreaterThan(1);
		});
	});

	test.describe('with less motion', () => {
		test.use({ contextOptions: { reducedMotion: 'reduce' } });

		test(`${path} cuts from step to step`, async ({ page }) => {
			const figure = new FigurePage(page);
			await figure.open(path);
			await figure.button(figure.words.first).click();
			await figure.expectStep(1);
			const moments = await page.evaluate(async () => {
				const bar = document.querySelector<HTMLInputElement>('.player input[type="range"]')!;
				document.querySelector<HTMLElement>('[data-testid="player-next"]')!.click();
				const seen: number[] = [];
				for (let i = 0; i < 20; i++) {
					await new Promise((resolve) => requestAnimationFrame(resolve));
					seen.push(bar.valueAsNumber);
				}
				return seen;
			});
			for (const t of moments) expect(t).toBe(1);
		});
	});
}

for (const locale of locales) {
	for (const slug of slugs) {
		test.describe('without scripts', () => {
			test.use({ javaScriptEnabled: false });

			test(`/${locale}/${slug} can be read`, async ({ page }) => {
				await page.goto(`/${locale}/${slug}`);
				const figure = new FigurePage(page, locale);
				await expect(page.locator('h1')).toBeVisible();
				// A driver reads nothing in noscript, even so.
				expect(await (await page.request.get(page.url())).text()).toContain(
					`<noscript><p class="quiet">${figure.words.noScript}</p></noscript>`
				);
				await expect(page.locator('svg.picture.wide')).toBeVisible();
				expect(await page.locator('svg.picture.wide').locator('rect, path, text').count()).toBeGreaterThan(5);
				await expect(figure.caption).toBeVisible();
				await expect(figure.caption).toHaveText(/\S{3}/);
				expect(await page.locator('.fact').count()).toBeGreaterThan(0);
				for (const id of ['idea', 'walk', 'maths', 'limits', 'sources']) await expect(page.locator(`h2#${id}`)).toBeVisible();
				await expect(page.locator('.prose .katex').first()).toBeVisible();
				await expect(page.locator('.prose math').first()).toBeAttached();
			});
		});
	}
}
