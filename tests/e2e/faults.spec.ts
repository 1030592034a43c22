/** What can go wrong while the model loads: each has its sentence and a way on, and the figure goes on meanwhile with what is recorded. */
import type { Route } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { MODEL, ModelPage, sentence } from './model.ts';

// One pattern: Playwright takes a list of two objects for a value and its options.
test.use({ allowed: [/model_quantized\.onnx|ERR_INTERNET_DISCONNECTED|Failed to load resource/] });

/** The figure still steps, with its recorded numbers. */
async function expectUsable(figure: ModelPage): Promise<void> {
	await expect(figure.recorded).toBeVisible();
	await figure.button(figure.words.first).click();
	await figure.expectStep(1);
	await figure.next.click();
	await figure.expectStep(2);
}
async function expectRecovery(figure: ModelPage): Promise<void> {
	await figure.run.click();
	await figure.expectState('ready');
	await expect(figure.recorded).toBeHidden({ timeout: 20_000 });
	await expect(figure.fault).toBeHidden();
}

const FAULTS: readonly (readonly [string, Parameters<typeof sentence>[0], (route: Route) => Promise<void>])[] = [
	['is not there', 'not-found', (route) => route.fulfill({ status: 404, body: 'no' })],
	['is a page of the host', 'not-found', (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Welcome</h1>' })],
	[
		'breaks off',
		'cut-short',
		async (route) => {
			const answer = await route.fetch();
			const body = await answer.body();
			await route.fulfill({ status: 200, contentType: 'application/octet-stream', body: body.subarray(0, body.length / 2) });
		}
	],
	[
		'has other bytes',
		'wrong-hash',
		async (route) => {
			const answer = await route.fetch();
			const body = Buffer.from(await answer.body());
			body[body.length >> 1]! ^= 255;
			await route.fulfill({ status: 200, contentType: 'application/octet-stream', body });
		}
	],
	['meets a server that is ill', 'network', (route) => route.fulfill({ status: 503, body: 'later' })],
	['meets a closed door', 'network', (route) => route.abort('connectionrefused')]
];

for (const [what, code, fault] of FAULTS) {
	for (const locale of code === 'wrong-hash' ? (['en', 'zh'] as const) : (['en'] as const)) {
		test(`a model file that ${what} (${locale})`, async ({ page, context }) => {
			const figure = new ModelPage(page, locale);
			await context.route(MODEL, fault);
			await figure.open(`/${locale}/sampling`);
			await figure.run.click();
			await figure.expectState('failed');
			await expect(figure.fault).toHaveText(sentence(code, locale));
			await expectUsable(figure);
			await context.unroute(MODEL);
			await expectRecovery(figure);
		});
	}
}

test('a slow line shows how far it is, and can be given up', async ({ page, context }) => {
	const figure = new ModelPage(page);
	let open: () => void = () => undefined;
	const gate = new Promise<void>((resolve) => (open = resolve));
	await context.route(MODEL, async (route) => {
		await gate;
		await route.continue().catch(() => undefined);
	});
	await figure.open('/en/sampling');
	await figure.run.click();
	await figure.expectState('loading');
	const progress = figure.status.locator('progress');
	await expect.poll(async () => Number(await progress.getAttribute('value'))).toBeGreaterThan(0);
	expect(Number(await progress.getAttribute('max'))).toBeGreaterThan(Number(await progress.getAttribute('value')));
	await expect(figure.status).toContainText(/B/);
	await expectUsable(figure);
	await page.getByTestId('model-cancel').click();
	await figure.expectState('idle');
	await expect(figure.fault).toBeHidden();
	open();
	await expectRecovery(figure);
});

test('no network: said so, and the model comes when it is back', async ({ page, context }) => {
	const figure = new ModelPage(page);
	await figure.open('/en/sampling');
	await context.setOffline(true);
	await figure.run.click();
	await figure.expectState('failed');
	await expect(figure.fault).toHaveText(sentence('offline'));
	await expectUsable(figure);
	await context.setOffline(false);
	await expectRecovery(figure);
});

test('a prompt longer than the model reads', async ({ page }) => {
	const figure = new ModelPage(page);
	await figure.start('/en/sampling');
	await page.getByTestId('prompt').fill('Lily and Tom. '.repeat(140));
	await expect(figure.fault).toHaveText(sentence('context-full'));
	await figure.expectState('ready');
	await page.getByTestId('prompt').fill('Lily');
	await expect(figure.fault).toBeHidden();
	await expect(figure.recorded).toBeHidden();
});
