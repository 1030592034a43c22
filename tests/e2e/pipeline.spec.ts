/** The pipeline's own ways to be asked: why a cell is idle, a closer look, and counts that a schedule cannot take. */
import { expect, test } from './fixtures.ts';
import { FigurePage } from './site.ts';

test('an idle cell says which operation it waits for, to the pointer and to keys', async ({ page }) => {
	await new FigurePage(page).open('/en/pipeline-parallel?step=8');
	const sheet = page.getByTestId('time-sheet');
	const box = (await sheet.boundingBox())!;
	await page.mouse.move(box.x + (box.width * 6) / 33, box.y + 15);
	const why = page.locator('p.why');
	await expect(why).toContainText('Device 0 is idle from 4 to 10');
	await expect(why).toContainText('on device 1, which ends at 10');
	await sheet.focus();
	await page.keyboard.press('ArrowRight');
	await expect(why).toContainText('Device 0 does the backward pass of microbatch 0');
});

test('a large schedule is looked at more closely, and moved along', async ({ page }) => {
	await new FigurePage(page).open('/en/pipeline-parallel?stages=64&microbatches=512&step=300');
	const map = page.getByTestId('minimap');
	await expect(map).toHaveAttribute('aria-valuenow', '0');
	for (let i = 0; i < 4; i++) await page.getByRole('button', { name: 'Closer' }).press('Enter');
	const from = Number(await map.getAttribute('aria-valuenow'));
	expect(from).toBeGreaterThan(200);
	expect(from).toBeLessThan(300);
	await map.focus();
	await page.keyboard.press('ArrowRight');
	expect(Number(await map.getAttribute('aria-valuenow'))).toBeGreaterThan(from);
	await page.getByRole('button', { name: 'Show all' }).press('Enter');
	await expect(map).toHaveAttribute('aria-valuenow', '0');
});

test('counts that a schedule cannot take are told, and mended by a button', async ({ page }) => {
	const figure = new FigurePage(page);
	await figure.open('/en/pipeline-parallel?schedule=dualpipe&stages=5&microbatches=5');
	await expect(figure.figure).toContainText('DualPipe needs an even number of devices');
	await figure.figure.getByRole('button', { name: figure.words.fix }).click();
	await expect(page).toHaveURL(/microbatches=12/);
	await expect(figure.figure).not.toContainText('DualPipe needs an even number of devices');
});
