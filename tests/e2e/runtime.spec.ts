/** What all figures share of the model in the page: the reader's own models, faults, and states that only the model's answer has. */
import { readFileSync } from 'node:fs';
import { expect, test } from './fixtures.ts';
import { ModelPage, sentence } from './model.ts';
import { root } from './site.ts';

const folder = `${root}static/models/stories260K/`;
const file = (name: string, path = name) => ({
	name: name.split('/').at(-1)!,
	mimeType: 'application/octet-stream',
	buffer: readFileSync(`${folder}${path}`)
});
const whole = [file('config.json'), file('tokenizer.json'), file('tokenizer_config.json'), file('onnx/model.onnx')];

test('a model from the reader’s own files runs, and its name stands in the link', async ({ page }) => {
	const figure = new ModelPage(page);
	await figure.start('/en/sampling?temperature=0&model=stories260K');
	const before = await figure.caption.innerText();
	await page.getByTestId('pick-model').selectOption('own');
	await page.getByTestId('own-files').setInputFiles(whole);
	await figure.expectState('ready');
	await expect(figure.recorded).toBeHidden({ timeout: 30_000 });
	await expect(page).toHaveURL(/model=own/);
	await expect(page.getByTestId('own-elsewhere')).toBeHidden();
	// Those files are the float32 graph of the same model: the likeliest token is the same.
	await expect(figure.caption).toHaveText(before);
});

test('what cannot be opened is said, and the figure goes on', async ({ page }) => {
	const figure = new ModelPage(page);
	await figure.open('/en/sampling');
	await page.getByTestId('pick-model').selectOption('own');
	const fault = page.getByTestId('own-fault');
	const files = page.getByTestId('own-files');
	await files.setInputFiles(whole.slice(1));
	await expect(fault).toContainText('config.json');
	await files.setInputFiles([...whole.slice(0, 3), { ...whole[3]!, name: 'model_fp16.onnx' }]);
	await expect(fault).toContainText('16-bit');
	const t5 = { model_type: 't5', is_encoder_decoder: true, vocab_size: 8 };
	await files.setInputFiles([{ ...whole[0]!, buffer: Buffer.from(JSON.stringify(t5)) }, ...whole.slice(1)]);
	await expect(fault).toContainText('t5');
	await expect(figure.recorded).toBeVisible();
	await files.setInputFiles(whole);
	await expect(fault).toBeHidden();
	await figure.expectState('ready');
});

test('a link to somebody else’s own model says so, and the site’s model stands in', async ({ page }) => {
	const figure = new ModelPage(page, 'zh');
	await figure.open('/zh/sampling?model=own');
	await expect(page.getByTestId('own-elsewhere')).toContainText('stories');
	await figure.run.click();
	await figure.expectState('ready');
	await expect(figure.recorded).toBeHidden({ timeout: 30_000 });
	await expect(page.getByTestId('own-elsewhere')).toBeVisible();
});

test('a step that only the model’s answer has is kept until it is there', async ({ page }) => {
	const figure = new ModelPage(page);
	await figure.start('/en/sampling?mode=text&maxTokens=12&step=5');
	await expect(page).toHaveURL(/step=5/);
	await figure.expectStep(6);
	await figure.back.click();
	await figure.expectStep(5);
	await expect(page).toHaveURL(/step=4/);
});

test('a typed value out of range is told, until something else is set', async ({ page }) => {
	const figure = new ModelPage(page);
	await figure.open('/en/sampling');
	const field = page.getByTestId('control-topP').locator('input[type=text]');
	await field.fill('7');
	await field.press('Enter');
	await expect(page.getByTestId('clamped')).toContainText('topP: 7 is above the range, 1 is used.');
	await expect(field).toHaveValue('1');
	await field.fill('0.5');
	await field.press('Enter');
	await expect(page.getByTestId('clamped')).toBeHidden();
});

test.describe('without a network', () => {
	test.use({ allowed: [/ERR_INTERNET_DISCONNECTED|Failed to load resource/] });
	for (const path of ['attention-masks?source=model', 'head-sharing?view=live', 'paged-attention?scene=single&source=model']) {
		test(`${path} says that there is none`, async ({ page, context }) => {
			const figure = new ModelPage(page);
			await figure.open(`/en/${path}`);
			await context.setOffline(true);
			await figure.run.click();
			await figure.expectState('failed');
			await expect(figure.fault).toHaveText(sentence('offline'));
			await context.setOffline(false);
			await figure.run.click();
			await figure.expectState('ready');
			await expect(figure.recorded).toBeHidden({ timeout: 30_000 });
		});
	}
});
