/**
 * Playwright's `test`, with a guard on every test: it fails on any complaint in the console, any error of a script, any request that
 * fails, and any request that leaves the site's own origin. Faults that a test makes on purpose are named:
 * `test.use({ allowed: [/model\.onnx/] })`.
 */
import { expect, test as base } from '@playwright/test';
import type { BrowserContext, ConsoleMessage } from '@playwright/test';

export { expect };
export type { Locator, Page } from '@playwright/test';

interface Options {
	/** Complaints that this test makes happen; each is tried on the text of every complaint. */
	allowed: RegExp[];
}

/** Everything that goes wrong in a context, workers and further pages included; the list grows as it happens. */
export function watch(context: BrowserContext, origin: string): string[] {
	const complaints: string[] = [];
	context.on('console', (message: ConsoleMessage) => {
		if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`);
	});
	context.on('weberror', (error) => complaints.push(`script: ${error.error().stack ?? error.error().message}`));
	context.on('request', (request) => {
		const url = request.url();
		if (!/^(data|blob|about):/.test(url) && new URL(url).origin !== origin) complaints.push(`another origin: ${url}`);
	});
	context.on('requestfailed', (request) => {
		const reason = request.failure()?.errorText ?? 'failed';
		// Broken off by the page itself: it went elsewhere, or no longer wants the answer.
		if (reason !== 'net::ERR_ABORTED') complaints.push(`request: ${reason}: ${request.url()}`);
	});
	context.on('response', (response) => {
		if (response.status() >= 400) complaints.push(`request: ${response.status()}: ${response.url()}`);
	});
	return complaints;
}

export const test = base.extend<Options & { guard: undefined }>({
	allowed: [[], { option: true }],
	guard: [
		async ({ context, baseURL, allowed }, use) => {
			const complaints = watch(context, new URL(baseURL ?? '').origin);
			await use(undefined);
			const unexpected = complaints.filter((complaint) => !allowed.some((pattern) => pattern.test(complaint)));
			expect(unexpected, 'what the page complained about').toEqual([]);
		},
		{ auto: true }
	]
});
