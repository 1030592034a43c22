/** The figure's sliders over orders of magnitude: equal ways are equal factors, and the ends are round numbers. */
import { expect, test } from './fixtures.ts';
import { FigurePage } from './site.ts';

test('a slider over orders of magnitude goes by factors, by key and by hand', async ({ page }) => {
	const figure = new FigurePage(page);
	await figure.open('/en/zero');
	const ranks = page.getByTestId('control-ranks').first().getByRole('slider', { name: 'Data-parallel ranks' });
	await expect(ranks).toHaveAttribute('aria-valuetext', '64');
	await ranks.press('ArrowRight');
	await figure.expectQuery('ranks', '128');
	await ranks.press('End');
	await figure.expectQuery('ranks', '4096');
	await expect(ranks).toHaveAttribute('aria-valuetext', '4,096');

	const parameters = page.getByTestId('control-params').first().getByRole('slider', { name: 'Parameters' });
	await parameters.press('Home');
	await figure.expectQuery('params', '100000000');
	await parameters.press('End');
	await figure.expectQuery('params', '2000000000000');
	const box = (await parameters.boundingBox())!;
	await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
	// Half way between 1e8 and 2e12 is their geometric mean, 1.4e10.
	await figure.expectQuery('params', '14000000000');
});

test('a value beyond the slider is kept, and the handle stands at the end', async ({ page }) => {
	const figure = new FigurePage(page);
	await figure.open('/en/zero?params=900000000000000');
	const parameters = page.getByTestId('control-params').first().getByRole('slider', { name: 'Parameters' });
	await expect(parameters).toHaveAttribute('aria-valuetext', '900T');
	expect(await parameters.evaluate((slider: HTMLInputElement) => Number(slider.max) - slider.valueAsNumber)).toBeLessThan(1e-6);
	await figure.expectQuery('params', '900000000000000');
});
