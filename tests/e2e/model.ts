/** The sampling figure with its model running, as the tests drive it. */
import { readFileSync } from 'node:fs';
import type { BrowserContext } from '@playwright/test';
import { explain } from '../../src/kit/runtime/messages.ts';
import type { ErrorCode } from '../../src/kit/runtime/protocol.ts';
import { expect, type Locator } from './fixtures.ts';
import { FigurePage, root } from './site.ts';

export const MODEL = /\/models\/[^/]+\/onnx\/model_quantized\.onnx$/;
export const reference = JSON.parse(readFileSync(`${root}notebooks/reference/stories260K.json`, 'utf8')) as {
	readonly greedy: { readonly text: string; readonly ids: readonly number[] };
};
/** The sentence for a fault without what stands for its file. */
export const sentence = (code: ErrorCode, locale: 'en' | 'zh' = 'en'): RegExp => {
	const text = explain({ code, file: '\u0000' }, locale).text;
	return new RegExp(
		text
			.split('\u0000')
			.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
			.join('[\\s\\S]*')
	);
};

export class ModelPage extends FigurePage {
	get status(): Locator {
		return this.page.getByTestId('model-status');
	}
	get run(): Locator {
		return this.page.getByTestId('model-run');
	}
	get fault(): Locator {
		return this.page.getByTestId('model-fault');
	}
	get written(): Locator {
		return this.page.getByTestId('written-text');
	}
	get recorded(): Locator {
		return this.page.getByTestId('recorded');
	}
	async expectState(state: 'idle' | 'loading' | 'ready' | 'failed'): Promise<void> {
		await expect(this.status).toHaveAttribute('data-state', state, { timeout: 30_000 });
	}
	/** Opens an address, presses run, and waits until what is shown is the model's answer. */
	async start(path: string): Promise<void> {
		await this.open(path);
		await expect(this.recorded).toBeVisible();
		await this.run.click();
		await this.expectState('ready');
		await expect(this.recorded).toBeHidden({ timeout: 30_000 });
	}
	/** The text that the model has written, as its tokens read. */
	async text(): Promise<string> {
		return (await this.written.locator('button').allTextContents()).join('');
	}
	async expectTokens(count: number): Promise<void> {
		await expect(this.written.locator('button')).toHaveCount(count, { timeout: 20_000 });
	}
}

/** All requests of a context from now on, workers included. */
export function requests(context: BrowserContext): string[] {
	const urls: string[] = [];
	context.on('request', (request) => urls.push(new URL(request.url()).pathname));
	return urls;
}
