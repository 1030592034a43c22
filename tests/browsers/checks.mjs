/** What must work in every browser: few and telling. The end-to-end tests go into detail, in one browser. */
import { existsSync, readFileSync } from 'node:fs';

/** @typedef {import('./smoke.mjs').Driver} Driver */
/** @typedef {{ title: string, check: (driver: Driver) => Promise<void> }} Check */

const testid = (/** @type {string} */ id) => `[data-testid="${id}"]`;
const STEP = testid('player-step');
const STATUS = testid('model-status');

/**
 * Waits until something holds, asking again and again.
 * @param {string} what for the message when it never does
 * @param {() => Promise<boolean>} holds
 * @param {number} [seconds]
 */
async function until(what, holds, seconds = 10) {
	const end = Date.now() + seconds * 1000;
	while (!(await holds())) {
		if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`);
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}

/**
 * Presses until the page answers: a page that has just opened may not listen yet.
 * @param {Driver} driver
 * @param {string} selector
 * @param {string} what
 * @param {() => Promise<boolean>} answered
 */
async function press(driver, selector, what, answered) {
	for (let attempt = 1; ; attempt++) {
		await driver.click(selector);
		try {
			return await until(what, answered, 2);
		} catch (error) {
			if (attempt === 5) throw error;
		}
	}
}

/** @param {Driver} driver @returns {Promise<string | null>} */
const state = (driver) => driver.evaluate((s) => document.querySelector(s)?.getAttribute('data-state') ?? null, STATUS);

/** What the model has written: the text alone, without the note that it came to its end. @param {Driver} driver @returns {Promise<string>} */
const written = (driver) =>
	driver.evaluate((s) => {
		const text = /** @type {Element | undefined} */ (document.querySelector(s)?.cloneNode(true));
		for (const note of text?.querySelectorAll('.ended') ?? []) note.remove();
		return text?.textContent.trim() ?? '';
	}, testid('written-text'));

/**
 * Presses run and waits until the model has written.
 * @param {Driver} driver
 * @param {string} path
 * @param {(text: string) => boolean} enough
 */
async function write(driver, path, enough) {
	await driver.goto(path);
	const before = await state(driver);
	await press(driver, testid('model-run'), 'the model starts', async () => (await state(driver)) !== before);
	let text = '';
	const done = async () => {
		if ((await state(driver)) === 'failed') throw new Error(`the model failed: ${await driver.text(testid('model-fault'))}`);
		text = await written(driver);
		return (await state(driver)) === 'ready' && enough(text);
	};
	await until('the model is ready and has written', done, 60).catch((error) => {
		throw new Error(`${error.message}; it wrote ${JSON.stringify(text)}`);
	});
}

/** @type {Check[]} */
const always = [
	...['/en', '/zh', '/en/sampling', '/zh/sampling'].map((path) => ({
		title: `${path} opens`,
		check: async (/** @type {Driver} */ driver) => {
			await driver.goto(path);
			await until('a heading', async () => !!(await driver.text('h1')));
			const language = await driver.evaluate(() => document.documentElement.lang);
			if (!language.startsWith(path.slice(1, 3))) throw new Error(`the page's language is "${language}"`);
			// A reader's first sign of life brings the page's scripts; what they complain about is found after the check.
			await driver.click('h1');
		}
	})),
	{
		title: 'the next button moves the figure on',
		check: async (driver) => {
			await driver.goto('/en/sampling?step=0');
			const before = await driver.text(STEP);
			if (before === null) throw new Error('the player shows no step');
			await press(driver, testid('player-next'), `the step is not "${before}" any more`, async () => (await driver.text(STEP)) !== before);
		}
	},
	{
		title: 'a link opens its state',
		check: async (driver) => {
			await driver.goto('/en/sampling?temperature=0.5');
			const field = `${testid('control-temperature')} input`;
			const value = () => driver.evaluate((s) => /** @type {HTMLInputElement | null} */ (document.querySelector(s))?.value, field);
			await until('the temperature is 0.5', async () => Number(await value()) === 0.5);
		}
	},
	{
		title: 'the model runs in the page and writes',
		check: async (driver) => {
			await write(driver, '/en/sampling?mode=text&maxTokens=12', (text) => text !== '');
		}
	}
];

/** Text that one browser wrote and every other must write too: { path, text }. */
const expected = new URL('expected.json', import.meta.url);

/** @returns {Promise<Check[]>} */
export async function checks() {
	if (!existsSync(expected)) return always;
	/** @type {{ path: string, text: string }[]} */
	const cases = JSON.parse(readFileSync(expected, 'utf8'));
	const same = cases.map(({ path, text }) => ({
		title: `the same seed and settings write the same text: ${path}`,
		check: (/** @type {Driver} */ driver) => write(driver, path, (found) => found === text)
	}));
	return [...always, ...same];
}
