/** No page breaks a rule of WCAG 2.2 AA that a machine can check, in light and in dark, before and after its scripts run. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from './fixtures.ts';
import { FigurePage, figurePages, otherPages } from './site.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

async function expectClean(page: Page, what: string): Promise<void> {
	// What passes need not be listed node by node: on pages of thousands of marks that is most of the time.
	const axe = new AxeBuilder({ page }).options({ runOnly: { type: 'tag', values: RULES }, resultTypes: ['violations'] });
	// The pictures of gallery and home are the figures' own, which are looked at on their pages; here they are thousands of marks.
	if (what.includes('/gallery') || /^\/(en|zh) /.test(what)) axe.exclude('main svg > *');
	// The documentation's tables have hundreds of rows that are alike.
	if (what.includes('/links')) axe.exclude('tbody tr:nth-child(n + 4)');
	// The index of the notes is hundreds of rows that differ in their words alone.
	if (/\/notes(\/by-list)? /.test(what)) axe.exclude('[data-testid="all-topics"] li:nth-child(n+4)').exclude('section:nth-of-type(n+4)');
	const { violations } = await axe.analyze();
	const told = violations.map(
		({ id, help, nodes }) =>
			`${id}: ${help}: ${nodes
				.map((n) => n.target.join(' '))
				.slice(0, 3)
				.join(' | ')}`
	);
	expect(told, what).toEqual([]);
}

for (const path of ['/', '/404', ...otherPages.map((p) => p.path)]) {
	test(`${path} is clean`, async ({ page }) => {
		// The bare address leads on at once, unless its script is held back: it is a page of its own for those without.
		if (path === '/')
			await page.addInitScript(() =>
				Object.defineProperty(navigator, 'languages', {
					get: () => {
						throw new Error('stay');
					}
				})
			);
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			await page.goto(path);
			await expectClean(page, `${path} in ${colorScheme}`);
		}
	});
	if (path === '/') test.use({ allowed: [/stay/] });
}

for (const { path, locale, slug } of figurePages) {
	test(`${path} is clean`, async ({ page }) => {
		const figure = new FigurePage(page, locale);
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			await page.goto(path);
			// English as it is read, Chinese as it is used: both states of the page, each in both themes.
			if (locale === 'zh') {
				await figure.awake();
				await figure.button(figure.words.first).click();
				await figure.expectStep(1);
				await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
			}
			await expectClean(page, `${slug} in ${colorScheme}`);
		}
	});
}
