/** The sampling figure with the model in the page, on WebAssembly. */
import { expect, test } from './fixtures.ts';
import { ModelPage, reference, requests } from './model.ts';

test('a model runs in the page: prompt, next token, take back, a whole text', async ({ page }) => {
	const figure = new ModelPage(page);
	await figure.start('/en/sampling');
	await expect(page.getByTestId('model-speed')).toContainText('WASM');
	const caption = await figure.caption.innerText();

	const prompt = page.getByTestId('prompt');
	await prompt.fill('The cat sat on the');
	await expect(figure.caption).not.toHaveText(caption);
	await figure.expectQuery('prompt', 'The cat sat on the');
	for (const n of [1, 2, 3]) {
		await page.getByTestId('next-token').click();
		await figure.expectTokens(n);
		await figure.expectQuery('at', String(n));
	}
	const three = await figure.text();
	expect(three.trim()).toMatch(/\S/);
	await page.getByTestId('take-back').click();
	await figure.expectTokens(2);
	expect(three.startsWith(await figure.text())).toBe(true);
	await page.getByTestId('next-token').click();
	await figure.expectTokens(3);
	expect(await figure.text()).toBe(three);

	await page.getByTestId('write-text').click();
	await figure.expectTokens(24);
	expect((await figure.text()).startsWith(three)).toBe(true);
	await figure.expectQuery('mode', 'text');
	expect(await figure.count()).toBe(24);
	await expect(page.getByTestId('model-speed')).toContainText(/\d/);
	// Back in the browser is back in the text.
	await page.goBack();
	await figure.expectTokens(3);
});

test('greedy, it writes the published text', async ({ page }) => {
	const figure = new ModelPage(page);
	// Up to the first line end, which this vocabulary spells as a byte.
	const words = reference.greedy.ids.indexOf(13);
	await figure.start(`/en/sampling?model=stories260K&prompt=&temperature=0&mode=text&maxTokens=${words}`);
	await figure.expectTokens(words);
	const [firstLine = ''] = reference.greedy.text.split('\n');
	expect((await figure.text()).trim()).toBe(firstLine);

	await page.getByTestId('prompt').fill('Once upon a time');
	await figure.expectQuery('prompt', 'Once upon a time');
	await expect.poll(() => figure.text()).toMatch(/^, there was/);
	expect(firstLine.startsWith(`Once upon a time${(await figure.text()).slice(0, 60)}`)).toBe(true);

	await page.goto('/en/sampling?model=stories260K&prompt=&temperature=0&mode=text&maxTokens=176');
	await figure.awake();
	await figure.run.click();
	await figure.expectTokens(Math.min(176, reference.greedy.ids.length));
	// The bytes are shown one by one, and beside them what all tokens together read.
	await expect(page.locator('.writer')).toContainText(reference.greedy.text.slice(0, 300));
});

test('any language may be typed; a byte of a character is shown as a byte, and the text as what the bytes make', async ({ page }) => {
	const figure = new ModelPage(page, 'zh');
	await figure.start('/zh/sampling');
	const caption = await figure.caption.innerText();
	await page.getByTestId('prompt').fill('你好，😀 Lily');
	await expect(figure.caption).not.toHaveText(caption);
	await page.getByTestId('next-token').click();
	await figure.expectTokens(1);
	await expect(figure.fault).toBeHidden();
	// 你 is the bytes E4 BD A0; the vocabulary has byte b at b + 3.
	await figure.start('/zh/sampling?mode=text&maxTokens=4&picks=0:231,1:192,2:163');
	await figure.expectTokens(4);
	expect((await figure.written.locator('button').allTextContents()).slice(0, 3)).toEqual(['‹E4›', '‹BD›', '‹A0›']);
	await expect(page.locator('.writer')).toContainText('你');
});

test('a text branches where the reader chooses another token', async ({ page }) => {
	const figure = new ModelPage(page);
	await figure.start('/en/sampling?mode=text&maxTokens=12&seed=3');
	await figure.expectTokens(12);
	const tokens = await figure.written.locator('button').allTextContents();
	await figure.written.locator('button').nth(4).click();
	const alternatives = page.locator('.branch .pill');
	expect(await alternatives.count()).toBeGreaterThan(5);
	await expect(alternatives.locator('nth=0').or(alternatives.first())).toContainText('%');
	const other = page.locator('.branch .pill[aria-pressed="false"]').nth(2);
	await other.click();
	await expect.poll(() => figure.query().get('picks')).toMatch(/^4:\d+$/);
	await expect(figure.written.locator('button.forced')).toHaveCount(1);
	const after = await figure.written.locator('button').allTextContents();
	expect(after.slice(0, 4)).toEqual(tokens.slice(0, 4));
	expect(after[4]).not.toBe(tokens[4]);
	await page.goBack();
	await expect.poll(() => figure.written.locator('button').allTextContents()).toEqual(tokens);
});

test('the same seed writes the same text: again, from the link, in another visit; another seed another', async ({
	page,
	browser,
	baseURL
}) => {
	const figure = new ModelPage(page);
	await figure.start('/en/sampling?mode=text&maxTokens=20&temperature=1.2&seed=41');
	await figure.expectTokens(20);
	const text = await figure.text();
	await page.getByTestId('new-seed').click();
	await figure.expectQuery('seed', '42');
	await expect.poll(() => figure.text()).not.toBe(text);
	await page.goBack();
	await expect.poll(() => figure.text()).toBe(text);
	await page.reload();
	await figure.awake();
	await figure.run.click();
	await figure.expectTokens(20);
	expect(await figure.text()).toBe(text);

	const stranger = await browser.newContext({ ...(baseURL === undefined ? {} : { baseURL }) });
	const theirs = new ModelPage(await stranger.newPage());
	await theirs.start(new URL(page.url()).pathname + new URL(page.url()).search);
	await theirs.expectTokens(20);
	expect(await theirs.text()).toBe(text);
	await stranger.close();
});

test('what is recorded says so, until the model answers; numbers can be typed', async ({ page }) => {
	const figure = new ModelPage(page);
	await figure.open('/en/sampling');
	await expect(figure.recorded).toBeVisible();
	await expect(figure.recorded).toContainText('One day, Lily');
	const box = page.getByTestId('control-temperature').locator('input[type="text"]');
	await box.fill('0.35');
	await box.press('Enter');
	await figure.expectQuery('temperature', '0.35');
	await expect(page.getByTestId('fact-entropyBits')).toContainText(/\d/);
	await box.fill('99');
	await box.press('Enter');
	await figure.expectQuery('temperature', '10');
	await expect(box).toHaveValue('10');
	await box.fill('warm');
	await box.press('Enter');
	await expect(box).toHaveValue('1');
	await box.fill('0');
	await box.press('Enter');
	await expect(figure.caption).toContainText(/“/);
	await expect(page.getByTestId('fact-keptTokens').locator('.value')).toHaveText('1');
	await page.goBack();
	await expect(box).not.toHaveValue('0');
});

test('the slider moves the numbers under the hand and becomes the address when it rests', async ({ page }) => {
	const figure = new ModelPage(page);
	await figure.open('/en/sampling?temperature=1');
	const slider = page.getByTestId('control-temperature').locator('input[type="range"]');
	const entropy = page.getByTestId('fact-entropyBits').locator('.value');
	const before = await entropy.innerText();
	await slider.focus();
	for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowLeft');
	await expect(entropy).not.toHaveText(before);
	await figure.expectQuery('temperature', '0.88');
});

test('two settings stand side by side on the same seed', async ({ page }) => {
	const figure = new ModelPage(page);
	await figure.start('/en/sampling?temperature=0.5&mode=text&maxTokens=10');
	await page.getByTestId('compare').click();
	await expect(page.locator('svg.picture.exact')).toHaveCount(2);
	const box = page.getByTestId('control-temperature').locator('input[type="text"]');
	await box.fill('1.9');
	await box.press('Enter');
	await figure.expectQuery('b.temperature', '1.9');
	await figure.expectQuery('temperature', '0.5');
	await expect(page.getByTestId('fact-perplexity').locator('.other')).toContainText(/\d/);
	const perplexity = await page.getByTestId('fact-perplexity').locator('.value').innerText();
	await expect(page.getByTestId('fact-perplexity').locator('.other')).not.toContainText(perplexity);
	await page.getByRole('button', { name: 'Settings A' }).click();
	await expect(box).toHaveValue('0.5');
	await page.reload();
	await figure.awake();
	await expect(page.locator('svg.picture.exact')).toHaveCount(2);
	await page.getByTestId('compare').click();
	await expect(page.locator('svg.picture.exact')).toHaveCount(1);
	await figure.expectQuery('b.temperature', null);
});

test('a thousand draws come close to the distribution', async ({ page }) => {
	const figure = new ModelPage(page);
	await figure.start('/en/sampling?topK=4&draws=1000');
	await expect(figure.caption).toContainText('1,000 draws');
	const titles = await page.locator('svg.picture.exact rect title').allTextContents();
	const counts = titles.map((title) => Number(/[\d,]+/.exec(title)?.[0].replace(',', '')));
	expect(counts).toHaveLength(4);
	expect(counts.reduce((a, b) => a + b, 0)).toBe(1000);
});

test('beams grow into a tree, with the greedy and a sampled text over it', async ({ page }) => {
	const figure = new ModelPage(page);
	await figure.start('/en/sampling?mode=beams&beams=3&maxTokens=6');
	await expect.poll(() => figure.count()).toBeGreaterThan(4);
	const nodes = page.locator('svg.picture.exact g.mark');
	await figure.button(figure.words.last).click();
	await expect.poll(() => nodes.count()).toBeGreaterThan(8);
	const all = await nodes.count();
	await expect(figure.caption).toContainText('Done');
	await expect(page.getByTestId('fact-bestScore')).toContainText(/−\d/);
	await figure.button(figure.words.first).click();
	await figure.expectStep(1);
	expect(await nodes.count()).toBeLessThan(all);
});

test('numbers of one’s own need no model', async ({ page, context }) => {
	const urls = requests(context);
	const figure = new ModelPage(page);
	await figure.open('/en/sampling?source=custom&topK=2');
	const logits = page.getByTestId('control-logits').locator('textarea');
	await logits.fill('3, 1, 1, 1');
	await logits.blur();
	await figure.expectQuery('logits', '3,1,1,1');
	// Ties at the border stay, as Hugging Face has it.
	await expect(page.getByTestId('fact-keptTokens').locator('.value')).toHaveText('4');
	await expect(figure.status).toHaveCount(0);
	expect(urls.filter((url) => url.includes('/models/') || url.endsWith('.wasm'))).toEqual([]);
});

test('the model comes when it is asked for, once: a second visit loads none of it', async ({ page, context }) => {
	const urls = requests(context);
	const heavy = (): string[] => urls.filter((url) => /\/models\/.*\/|\.wasm$/.test(url));
	const figure = new ModelPage(page);
	await figure.open('/en/sampling');
	await figure.next.click();
	expect(heavy()).toEqual([]);
	await figure.run.click();
	await figure.expectState('ready');
	expect(heavy().some((url) => url.endsWith('.onnx'))).toBe(true);
	expect(heavy().some((url) => url.endsWith('.wasm'))).toBe(true);
	// Keeping goes on behind the reader's back.
	const kept = () =>
		page.evaluate(async () => {
			const urls = (await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))).flat();
			return urls.filter(({ url }) => /\.onnx|\.wasm/.test(url)).length;
		});
	await expect.poll(kept, { timeout: 20_000 }).toBe(2);
	urls.length = 0;
	await page.close();

	const again = new ModelPage(await context.newPage());
	await again.start('/en/sampling');
	expect(heavy()).toEqual([]);
});
