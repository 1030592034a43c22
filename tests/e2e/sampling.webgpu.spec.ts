/** The model on WebGPU, here on a processor that plays one: the same text, said to run there, and no text lost when the device is. */
import { expect, test } from './fixtures.ts';
import { ModelPage } from './model.ts';

test.setTimeout(120_000);
// The engine complains in the console, without words, when its device goes.
test.use({ allowed: [/device|GPU|WebGPU|adapter|context lost|workers\/chunks/i] });

const LINK = '/en/sampling?mode=text&maxTokens=16&temperature=0.9&seed=5';

test('WebGPU writes the text that WebAssembly writes, and says that it does', async ({ page }) => {
	const figure = new ModelPage(page);
	await figure.start(LINK);
	await figure.expectTokens(16);
	const text = await figure.text();
	await page.getByTestId('backend').selectOption('webgpu');
	await expect(page.getByTestId('model-speed')).toContainText('WebGPU', { timeout: 60_000 });
	// A question that has not been answered yet.
	await page.getByTestId('new-seed').click();
	await figure.expectQuery('seed', '6');
	await expect.poll(() => figure.text(), { timeout: 60_000 }).not.toBe(text);
	await figure.expectTokens(16);
	const other = await figure.text();
	expect(other).not.toBe(text);

	const url = page.url();
	await page.goto(url);
	await figure.awake();
	await figure.run.click();
	await figure.expectTokens(16);
	expect(await figure.text()).toBe(other);
});

test('a device that is lost in the middle costs no text', async ({ page, browser }) => {
	const figure = new ModelPage(page);
	await figure.start('/en/sampling?mode=text&maxTokens=8&temperature=0.9&seed=5');
	await page.getByTestId('backend').selectOption('webgpu');
	await expect(page.getByTestId('model-speed')).toContainText('WebGPU', { timeout: 60_000 });
	const before = await figure.text();
	const session = await browser.newBrowserCDPSession();
	// The graphics process dies as it does with a driver: nothing in the page asked for it.
	await session.send('Browser.crashGpuProcess').catch(() => undefined);
	await page
		.getByTestId('control-maxTokens')
		.locator('input[type="text"]')
		.evaluate((input: HTMLInputElement) => {
			input.value = '40';
			input.dispatchEvent(new Event('change', { bubbles: true }));
		});
	await figure.expectTokens(40);
	expect((await figure.text()).startsWith(before)).toBe(true);
	await expect(page.getByTestId('model-speed')).toContainText('WASM');
});
