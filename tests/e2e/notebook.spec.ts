/** The notebook: write, find, insert, import and export; what happens when storage, files or other tabs do not behave; hostile notes. */
import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { words } from '../../src/notebook/words.ts';
import { hostileNotes } from '../lib/hostile-notes.ts';
import { expect, test, type Locator, type Page } from './fixtures.ts';
import { FigurePage, locales, overflow, type Locale } from './site.ts';

class NotebookPage {
	readonly editor: Locator;
	readonly preview: Locator;
	readonly status: Locator;
	readonly rows: Locator;
	constructor(
		readonly page: Page,
		readonly locale: Locale = 'en'
	) {
		this.editor = page.getByTestId('editor');
		this.preview = page.getByTestId('preview');
		this.status = page.getByTestId('status');
		this.rows = page.getByRole('navigation', { name: this.words.notes }).getByRole('link');
	}
	get words() {
		return words[this.locale];
	}
	async open(hash = ''): Promise<this> {
		await this.page.goto(`/${this.locale}/notebook${hash}`);
		// A first visit waits for a sign of life.
		await this.page.mouse.move(3, 3);
		await expect(this.editor).toBeVisible({ timeout: 20_000 });
		return this;
	}
	async expectSaved(): Promise<void> {
		await expect(this.status).toHaveAttribute('data-status', 'saved');
	}
	async write(text: string): Promise<void> {
		await this.editor.fill(text);
		await this.expectSaved();
	}
	async add(text: string): Promise<void> {
		await this.page.getByTestId('new').click();
		await this.write(text);
	}
	notice(kind: string): Locator {
		return this.page.locator(`[data-notice="${kind}"]`);
	}
	async expectRows(...titles: string[]): Promise<void> {
		await expect(this.rows.locator('.title')).toHaveText(titles);
	}
	async choose(...files: { name: string; buffer: Buffer }[]): Promise<void> {
		await this.page.getByTestId('files').setInputFiles(files.map((file) => ({ mimeType: 'application/octet-stream', ...file })));
	}
	/** The file that a button offers. */
	async download(name: string): Promise<{ name: string; bytes: Buffer }> {
		const [download] = await Promise.all([
			this.page.waitForEvent('download'),
			this.page.getByRole('button', { name, exact: true }).click()
		]);
		return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
	}
}

for (const locale of locales) {
	test(`writes, keeps, lists and renames notes (${locale})`, async ({ page }) => {
		const notebook = await new NotebookPage(page, locale).open();
		await expect(page.locator('.privacy')).toHaveText(notebook.words.privacy);
		await expect(notebook.status).toHaveAttribute('data-status', 'saved');
		await notebook.write('# 显存占用\n\nThe **KV cache** of $L$ layers.');
		await expect(notebook.preview.getByRole('heading', { name: '显存占用' })).toBeVisible();
		await expect(notebook.preview.locator('strong')).toHaveText('KV cache');
		await expect(notebook.preview.locator('.katex')).toBeVisible();
		await notebook.add('no heading yet');
		await notebook.expectRows('no heading yet', '显存占用');
		await notebook.write('# Renamed\n\nno heading yet');
		await notebook.expectRows('Renamed', '显存占用');

		await page.reload();
		await expect(notebook.editor).toHaveValue('# Renamed\n\nno heading yet');
		await notebook.rows.nth(1).click();
		await expect(notebook.editor).toHaveValue(/KV cache/);
		await page.goBack();
		await expect(notebook.editor).toHaveValue(/Renamed/);

		// The other language opens the same note.
		await page.getByTestId('language').click();
		await page.waitForURL(`**/${locale === 'en' ? 'zh' : 'en'}/notebook#*`);
		await expect(notebook.editor).toHaveValue(/Renamed/);
	});
}

test('finds notes by Chinese and by English words, and shows where', async ({ page }) => {
	const notebook = await new NotebookPage(page).open();
	await notebook.write('# 流水线气泡\n\n1F1B 调度的气泡占比。');
	await notebook.add('# Memory\n\nThe optimizer states of ZeRO.');
	const search = page.getByTestId('search');
	await search.fill('气泡占比');
	await notebook.expectRows('流水线气泡');
	await expect(notebook.rows.locator('mark')).toHaveText('气泡占比');
	await search.fill('optimiz');
	await notebook.expectRows('Memory');
	await search.fill('nowhere');
	await expect(page.getByText(words.en.noneFound)).toBeVisible();
	await search.fill('');
	await notebook.expectRows('Memory', '流水线气泡');
});

test('the slash offers figures, views and the state seen last; keys choose; undo takes it back', async ({ page }) => {
	await page.goto('/en/sampling?temperature=1.7&topP=0.5');
	await new FigurePage(page).awake();
	const notebook = await new NotebookPage(page).open();
	await notebook.editor.click();
	await page.keyboard.type('# Note\n\n/');
	const menu = page.getByTestId('slash-menu');
	await expect(menu.getByRole('option').first()).toContainText('temperature=1.7&topP=0.5');
	await expect(menu.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
	await page.keyboard.type('top-k');
	const options = menu.getByRole('option');
	const count = await options.count();
	expect(count).toBeGreaterThan(1);
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowUp');
	await page.keyboard.press('ArrowUp');
	await expect(options.nth(count - 1)).toHaveAttribute('aria-selected', 'true');
	await expect(notebook.editor).toHaveAttribute('aria-activedescendant', (await options.nth(count - 1).getAttribute('id')) ?? '');
	await page.keyboard.press('Enter');
	await expect(menu).toBeHidden();
	await expect(notebook.editor).toHaveValue(/^# Note\n\n\[Sampling: [^\]]+\]\(http:\/\/[^)]+\/en\/sampling\?[^)]+\)\n$/);
	await expect(notebook.preview.getByTestId('note-figure')).toHaveCount(1);
	await page.keyboard.press('Control+z');
	await expect(notebook.editor).toHaveValue('# Note\n\n/top-k');
	await page.keyboard.press('Escape');
	await expect(menu).toBeHidden();
	await page.keyboard.press('Control+a');
	await page.keyboard.type('- one');
	await page.keyboard.press('Enter');
	await page.keyboard.type('two and/or three');
	await expect(menu).toBeHidden();
	await expect(notebook.editor).toHaveValue('- one\n- two and/or three');
	await page.getByRole('button', { name: words.en.insertFigure }).click();
	await expect(menu).toBeVisible();
});

test('a link alone on its line becomes the figure; an unknown one stays a link with a word on it', async ({ page, baseURL }) => {
	const notebook = await new NotebookPage(page).open();
	await notebook.write(
		`# Links\n\n${baseURL}/en/sampling?topK=5\n\ntext\n[Heads](/zh/head-sharing)\nmore\n\nA [figure](/en/sampling) in a sentence.\n\n[gone](/en/no-such-figure)\n\nand [gone](/en/no-such-figure?x=1) here`
	);
	const figures = notebook.preview.getByTestId('note-figure');
	await expect(figures).toHaveCount(3);
	await expect(figures.nth(0).locator('figcaption a')).toHaveAttribute('href', `${baseURL}/en/sampling?topK=5`);
	await expect(figures.nth(1).locator('figcaption a')).toHaveText('Heads');
	await expect(figures.nth(2)).toContainText(words.en.unknownFigure);
	await expect(notebook.preview.getByRole('link', { name: 'figure', exact: true })).toHaveAttribute('target', '_blank');
	await expect(notebook.preview.locator('p').last()).toContainText(words.en.unknownFigure);
});

test('deletes with undo, also of the last note', async ({ page }) => {
	const notebook = await new NotebookPage(page).open();
	await notebook.write('# Only one');
	await page.getByTestId('delete').click();
	await expect(notebook.notice('deleted')).toContainText('Only one');
	await expect(notebook.rows).toHaveCount(0);
	await expect(notebook.editor).toHaveValue('');
	await page.getByRole('button', { name: words.en.undo, exact: true }).click();
	await notebook.expectSaved();
	await page.reload();
	await expect(notebook.editor).toHaveValue('# Only one');
	await page.getByTestId('delete').click();
	await expect(notebook.rows).toHaveCount(0);
	await page.reload();
	await expect(page.getByText(words.en.none)).toBeVisible();
});

test('exports one note and all of them, and takes them back', async ({ page }) => {
	const notebook = await new NotebookPage(page).open();
	const first = '# 显存占用\n\n[温度](/zh/sampling?temperature=0.8)\n';
	await notebook.write(first);
	const one = await notebook.download(words.en.exportOne);
	expect(one.name).toBe('显存占用.md');
	expect(one.bytes.toString()).toBe(first);
	await notebook.add('# 显存占用\n\nthe second');
	const all = await notebook.download(words.en.exportAll);
	expect(all.name).toBe('notebook.zip');
	await notebook.choose({ name: all.name, buffer: all.bytes });
	await expect(notebook.notice('imported')).toContainText('2 were here already');
	for (let n = 0; n < 2; n++) await page.getByTestId('delete').click();
	await expect(notebook.rows).toHaveCount(0);
	await notebook.choose({ name: all.name, buffer: all.bytes });
	await expect(notebook.notice('imported')).toContainText(words.en.imported(2, 0));
	await notebook.expectRows('显存占用', '显存占用');
	await notebook.expectSaved();
	await page.reload();
	await expect(notebook.rows).toHaveCount(2);
});

for (const locale of locales) {
	test(`a damaged import is told in a sentence (${locale})`, async ({ page }) => {
		const notebook = await new NotebookPage(page, locale).open();
		await notebook.choose(
			{ name: 'bad.zip', buffer: Buffer.from('not a zip') },
			{ name: 'gbk.md', buffer: Buffer.from([0xcf, 0xd4, 0xb4, 0xe6]) },
			{ name: 'big.md', buffer: Buffer.alloc(5 * 2 ** 20, 'x') },
			{ name: 'a.docx', buffer: Buffer.from('x') },
			{ name: 'good.md', buffer: Buffer.from('# Good') }
		);
		const told = notebook.notice('imported');
		await expect(told).toContainText(notebook.words.imported(1, 0));
		for (const [why, file] of [
			['badZip', 'bad.zip'],
			['notText', 'gbk.md'],
			['unknownKind', 'a.docx']
		] as const)
			// prettier-ignore
			await expect(told).toContainText(notebook.words.trouble({ why, file }));
		await expect(told).toContainText(notebook.words.trouble({ why: 'tooLarge', file: 'big.md', bytes: 5 * 2 ** 20, limit: 4 * 2 ** 20 }));
		await notebook.expectRows('Good');
	});
}

test('two tabs: the other follows; both versions are kept when both wrote', async ({ page, context }) => {
	const one = await new NotebookPage(page).open();
	await one.write('# Shared\n\nbase');
	const second = await context.newPage();
	const two = await new NotebookPage(second).open(new URL(page.url()).hash);
	await expect(two.editor).toHaveValue('# Shared\n\nbase');
	await one.write('# Shared\n\nfrom one');
	await expect(two.editor).toHaveValue('# Shared\n\nfrom one');

	// Both type before either can hear of the other.
	await Promise.all([one.editor.fill('# Shared\n\nmine'), two.editor.fill('# Shared\n\nyours')]);
	await expect(one.rows).toHaveCount(2);
	await expect(two.rows).toHaveCount(2);
	expect([await one.editor.inputValue(), await two.editor.inputValue()]).toEqual(['# Shared\n\nmine', '# Shared\n\nyours']);
	const told = await Promise.all([one, two].map(({ page: tab }) => tab.locator('[data-notice="conflict"]').count()));
	expect(told.reduce((sum, n) => sum + n, 0)).toBe(1);
	await expect(one.page.getByText(words.en.otherVersion)).toBeVisible();

	// Deleted there, still open here: said, and kept by writing on.
	await two.page.getByTestId('delete').click();
	await expect(two.rows).toHaveCount(1);
	const deletedHere = two;
	expect(await deletedHere.editor.inputValue()).toContain('mine');
	await two.page.getByTestId('delete').click();
	await expect(one.notice('removedElsewhere')).toBeVisible();
	await one.write('# Shared\n\nmine, written on');
	await expect(two.rows).toHaveCount(1);
});

test('what was typed a moment before the tab went away is there again', async ({ page, context }) => {
	const notebook = await new NotebookPage(page).open();
	await notebook.write('# Base');
	await notebook.editor.fill('# Base\n\ntyped and reloaded at once');
	await page.reload();
	await expect(notebook.editor).toHaveValue('# Base\n\ntyped and reloaded at once');
	await notebook.editor.fill('# Base\n\ntyped and left at once');
	await page.goto('/en');
	await notebook.open();
	await expect(notebook.editor).toHaveValue('# Base\n\ntyped and left at once');
	// Within a second it is stored, whatever happens to the tab.
	await notebook.editor.pressSequentially(' and still typing', { delay: 60 });
	await page.waitForTimeout(1000);
	await page.close({ runBeforeUnload: false });
	const next = await new NotebookPage(await context.newPage()).open();
	await expect(next.editor).toHaveValue(/still typing/);
});

for (const locale of locales) {
	test(`without storage it works for the session and says so (${locale})`, async ({ page }) => {
		await page.addInitScript(() => {
			IDBFactory.prototype.open = () => {
				throw new DOMException('denied', 'SecurityError');
			};
		});
		const notebook = await new NotebookPage(page, locale).open();
		await expect(notebook.notice('session')).toHaveText(notebook.words.session);
		await notebook.editor.fill('# 只在此刻');
		await expect(notebook.status).toHaveAttribute('data-status', 'session');
		await notebook.expectRows('# 只在此刻'.slice(2));
		expect((await notebook.download(notebook.words.exportOne)).bytes.toString()).toBe('# 只在此刻');
		// Leaving is asked about.
		page.once('dialog', (dialog) => void dialog.dismiss());
		const asked = page.waitForEvent('dialog');
		await page.close({ runBeforeUnload: true });
		expect((await asked).type()).toBe('beforeunload');
	});

	test(`a full disk is said, nothing is lost, and it is saved when there is room (${locale})`, async ({ page }) => {
		await page.addInitScript(() => {
			// eslint-disable-next-line @typescript-eslint/unbound-method -- called below with the store that it belongs to
			const put = IDBObjectStore.prototype.put;
			IDBObjectStore.prototype.put = function (...args) {
				if (document.documentElement.hasAttribute('data-full')) throw new DOMException('full', 'QuotaExceededError');
				return put.apply(this, args);
			};
		});
		const notebook = await new NotebookPage(page, locale).open();
		await notebook.write('# Base');
		await page.evaluate(() => document.documentElement.setAttribute('data-full', ''));
		await notebook.editor.fill('# Base\n\nno room');
		await expect(notebook.notice('full')).toContainText(notebook.words.full);
		await expect(notebook.status).toHaveAttribute('data-status', 'unsaved');
		await expect(notebook.editor).toHaveValue('# Base\n\nno room');
		expect((await notebook.download(notebook.words.exportOne)).bytes.toString()).toContain('no room');
		await page.evaluate(() => document.documentElement.removeAttribute('data-full'));
		await page.getByRole('button', { name: notebook.words.saveAgain }).click();
		await notebook.expectSaved();
		await expect(notebook.notice('full')).toBeHidden();
		await page.reload();
		await expect(notebook.editor).toHaveValue('# Base\n\nno room');
	});
}

test('a real quota that is used up loses nothing either', async ({ page, context, baseURL }) => {
	const { origin } = new URL(baseURL ?? '');
	const devtools = await context.newCDPSession(page);
	// Before the first write: IndexedDB remembers for a while how much room there was.
	await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 400_000 });
	const notebook = await new NotebookPage(page).open();
	await notebook.write('# Small');
	const large = `# Large\n\n${'A line of some words, again and again.\n'.repeat(20_000)}`;
	// As one event: Playwright's fill takes minutes for so much.
	await notebook.editor.evaluate((field, text) => {
		(field as HTMLTextAreaElement).value = text;
		field.dispatchEvent(new Event('input', { bubbles: true }));
	}, large);
	await expect(notebook.notice('full')).toContainText(notebook.words.full);
	await expect(notebook.status).toHaveAttribute('data-status', 'unsaved');
	await devtools.send('Storage.overrideQuotaForOrigin', { origin });
	await page.getByRole('button', { name: notebook.words.saveAgain }).click();
	await notebook.expectSaved();
	await page.reload();
	await expect.poll(() => notebook.editor.inputValue().then((text) => text.length)).toBe(large.length);
});

for (const locale of locales) {
	test(`every state is clean and fits a phone (${locale})`, async ({ page }) => {
		const notebook = new NotebookPage(page, locale);
		const check = async (what: string): Promise<void> => {
			expect(await overflow(page), what).toBeLessThanOrEqual(0);
			const { violations } = await new AxeBuilder({ page })
				.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
				.exclude('iframe')
				.analyze();
			expect(
				violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(' ')).join(' | ')}`),
				what
			).toEqual([]);
		};
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			await notebook.open();
			await page.getByTestId('new').click();
			await notebook.editor.fill(
				'# 标题 Heading\n\n$$\\sum_{i=1}^{n} x_i^2 + \\sum_{i=1}^{n} y_i^2 + \\sum_{i=1}^{n} z_i^2 = 1$$ and $\\broken{$\n\n- [x] task\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n> quote `code`\n\n```\nlong line of code that is much wider than any phone, and then some more of it\n```\n\n![x](https://evil.invalid/x.png)\n\n[f](/en/sampling)\n\n/en/no-such'
			);
			await expect(notebook.preview.locator('.katex').first()).toBeVisible();
			await notebook.editor.press('Control+End');
			await notebook.editor.pressSequentially('\n/sam');
			await expect(page.getByTestId('slash-menu')).toBeVisible();
			await check(`${colorScheme}, menu`);
			await page.keyboard.press('Escape');
			await page.getByTestId('search').fill('标题');
			await expect(notebook.rows.locator('mark').first()).toBeVisible();
			await notebook.choose({ name: 'a.docx', buffer: Buffer.from('x') });
			await check(`${colorScheme}, found`);
			await page.getByTestId('search').fill('');
		}
		await page.setViewportSize({ width: 360, height: 740 });
		for (const pane of ['notes', 'write', 'preview'] as const) {
			await page.getByRole('button', { name: notebook.words[pane], exact: true }).click();
			await check(`phone, ${pane}`);
		}
		await expect(notebook.preview).toBeVisible();
		await expect(notebook.editor).toBeHidden();
	});
}

test.describe('the page itself', () => {
	// One pattern: of a pair Playwright would take the second for options.
	test.use({ allowed: [/Content Security Policy|evil\.invalid\/x\.png/] });
	test('is forbidden by its policy to ask another site, and to run a handler of its markup', async ({ page }) => {
		await new NotebookPage(page).open();
		const refused = page.waitForEvent('requestfailed');
		// A request that left would be complained about as one to another origin, which is not allowed here.
		const asked = page.evaluate(() => fetch('https://evil.invalid/').then(String, (error: unknown) => (error as Error).name));
		expect(await asked).toBe('TypeError');
		await page.evaluate(() => {
			document.body.insertAdjacentHTML(
				'beforeend',
				'<img src="data:," onerror="document.title = 1"><img src="https://evil.invalid/x.png">'
			);
		});
		// The browser tells of it, and that its own policy stopped it.
		expect((await refused).failure()?.errorText).toBe('csp');
		await page.waitForTimeout(300);
		await expect(page).toHaveTitle(/Notebook/);
		for (const [tag, lang] of [
			['en', 'en'],
			['zh-Hans', 'zh']
		] as const)
			// prettier-ignore
			await expect(page.locator(`link[hreflang="${tag}"]`)).toHaveAttribute('href', new RegExp(`/${lang}/notebook$`));
		await expect(page.locator('h1')).toHaveCount(1);
	});
});

test.describe('a thousand hostile notes', () => {
	// Pictures and figures of our own origin that are not there; nothing else may be complained about.
	// Without the page's content security policy, so that the sanitiser stands alone.
	test.use({ allowed: [/404/], bypassCSP: true });
	test('run no script, ask no other site and lead nowhere', async ({ page }) => {
		test.setTimeout(300_000);
		await page.addInitScript(() => {
			const scope = window as unknown as { ran: number; pwned: () => void };
			scope.ran = 0;
			scope.pwned = () => scope.ran++;
			for (const name of ['alert', 'confirm', 'prompt', 'open'] as const) Object.assign(window, { [name]: scope.pwned });
		});
		const notebook = await new NotebookPage(page).open();
		await notebook.write('# Ready\n\n**now**');
		await expect(notebook.preview.locator('strong')).toBeVisible();
		// The trap works: what would run is counted.
		await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<img src="/not-there.png" onerror="pwned()" hidden>'));
		await expect.poll(() => page.evaluate(() => (window as never as { ran: number }).ran)).toBe(1);

		const address = page.url();
		const notes = hostileNotes(1000);
		const result = await page.evaluate(async (texts) => {
			const field = document.querySelector<HTMLTextAreaElement>('[data-testid="editor"]')!;
			const preview = document.querySelector<HTMLElement>('[data-testid="preview"]')!;
			const wrong: string[] = [];
			let elements = 0;
			for (const text of texts) {
				field.value = text;
				field.dispatchEvent(new InputEvent('input', { bubbles: true }));
				await new Promise((resolve) => setTimeout(resolve));
				while (preview.getAttribute('aria-busy') === 'true') await new Promise((resolve) => setTimeout(resolve, 5));
				for (const element of preview.querySelectorAll('*')) {
					elements++;
					for (const type of ['mouseover', 'pointerenter', 'focus', 'focusin', 'toggle', 'animationstart', 'load', 'error'])
						element.dispatchEvent(new Event(type, { bubbles: type !== 'load' }));
					if (element instanceof HTMLAnchorElement && element.href !== '') {
						if (!/^(https?|mailto):$/.test(element.protocol)) wrong.push(`${text} -> ${element.href}`);
						if (element.target !== '_blank' || !element.relList.contains('noopener'))
							wrong.push(`${text} -> leaves the page: ${element.outerHTML}`);
					}
					if (/^(script|object|embed|form|base|meta|link|style)$/.test(element.localName)) wrong.push(`${text} -> ${element.outerHTML}`);
					if (element instanceof HTMLIFrameElement && new URL(element.src).origin !== location.origin)
						wrong.push(`${text} -> ${element.src}`);
				}
			}
			return { wrong, elements };
		}, notes);
		expect(result.wrong).toEqual([]);
		expect(result.elements).toBeGreaterThan(2000);
		// Late handlers, animations and redirections have their time.
		await page.waitForTimeout(1500);
		expect(await page.evaluate(() => (window as never as { ran: number }).ran)).toBe(1);
		expect(page.url()).toBe(address);
		expect(page.frames().filter((frame) => !/^about:|\/(embed\/|en\/)/.test(frame.url()))).toEqual([]);
	});
});
