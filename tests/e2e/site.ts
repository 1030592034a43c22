/** What the end-to-end tests know of the site: its figures, its words, and how one opens a page and reads a figure's state. */
import { readdirSync, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { messages } from '../../src/kit/text/messages.ts';
import { expect, type Locator, type Page } from './fixtures.ts';

export type Locale = 'en' | 'zh';
export const locales: readonly Locale[] = ['en', 'zh'];
export const root = fileURLToPath(new URL('../..', import.meta.url));
export { messages };

/** Folder = slug: the registry finds them the same way. */
export const slugs = readdirSync(`${root}src/explainers`).filter((name) => existsSync(`${root}src/explainers/${name}/manifest.ts`));
export const figurePages = slugs.flatMap((slug) => locales.map((locale) => ({ slug, locale, path: `/${locale}/${slug}` })));
export const otherPages = locales.flatMap((locale) => [
	{ locale, path: `/${locale}` },
	{ locale, path: `/${locale}/gallery` },
	{ locale, path: `/${locale}/links` },
	{ locale, path: `/${locale}/models` },
	{ locale, path: `/${locale}/notes` },
	{ locale, path: `/${locale}/notes/by-list` },
	{ locale, path: `/${locale}/notes/quiz` },
	// A topic of each kind: with an answer, without one yet, and a note.
	...['t039', 't043', 't001'].map((id) => ({ locale, path: `/${locale}/notes/${id}` }))
]);

/** A figure in an open page. */
export class FigurePage {
	constructor(
		readonly page: Page,
		readonly locale: Locale = 'en'
	) {}
	get words() {
		return messages[this.locale];
	}
	get figure(): Locator {
		return this.page.locator('[data-figure]');
	}
	get caption(): Locator {
		return this.page.getByTestId('caption');
	}
	get next(): Locator {
		return this.page.getByTestId('player-next');
	}
	get back(): Locator {
		return this.page.getByTestId('player-back');
	}
	get play(): Locator {
		return this.page.getByTestId('player-play');
	}
	get bar(): Locator {
		return this.page.getByLabel(this.words.scrub);
	}
	get stage(): Locator {
		return this.page.locator('.stage').first();
	}
	button(name: string): Locator {
		return this.figure.getByRole('button', { name, exact: true });
	}
	/** Opens an address, gives it a sign of life, and waits until the picture is measured: then the scripts run. */
	async open(path: string): Promise<void> {
		await this.page.goto(path);
		await this.awake();
	}
	async awake(): Promise<void> {
		await this.page.mouse.move(3, 3);
		await expect(this.page.locator('svg.picture.exact').first()).toBeVisible({ timeout: 20_000 });
	}
	/** Step and number of steps, both counted from 1 as the page shows them. */
	async steps(): Promise<readonly [number, number]> {
		const text = await this.page.getByTestId('player-step').innerText();
		const [, step = '0', count = '0'] = /(\d+)\/(\d+)/.exec(text) ?? [];
		return [Number(step), Number(count)];
	}
	async count(): Promise<number> {
		return (await this.steps())[1];
	}
	/** Waits until the figure rests on a step: counted from 1. */
	async expectStep(step: number): Promise<void> {
		await expect.poll(async () => (await this.steps())[0], { message: `the figure stands at step ${step}` }).toBe(step);
		await expect.poll(async () => Number(await this.bar.inputValue()), { message: 'the bar stands there too' }).toBe(step - 1);
	}
	query(): URLSearchParams {
		return new URL(this.page.url()).searchParams;
	}
	async expectQuery(name: string, value: string | null): Promise<void> {
		await expect.poll(() => this.query().get(name), { message: `${name} in the address` }).toBe(value);
	}
}

/** Whether the page is wider than its window. */
export async function overflow(page: Page): Promise<number> {
	return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** The share of a screenshot (PNG) that has a colour and is not a grey; `reader` is a page that runs scripts. */
export async function coloured(reader: Page, png: Buffer): Promise<number> {
	return reader.evaluate(async (base64) => {
		const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
		const image = await createImageBitmap(new Blob([bytes]));
		const context = new OffscreenCanvas(image.width, image.height).getContext('2d')!;
		context.drawImage(image, 0, 0);
		const { data } = context.getImageData(0, 0, image.width, image.height);
		let count = 0;
		for (let i = 0; i < data.length; i += 4) {
			const channels = data.subarray(i, i + 3);
			if (Math.max(...channels) - Math.min(...channels) > 16) count++;
		}
		return (4 * count) / data.length;
	}, png.toString('base64'));
}
