/** What must work in every browser: few and telling. The end-to-end tests go into detail, in one browser. */
import { existsSync, readFileSync } from 'node:fs';

/** @typedef {import('./smoke.mjs').Driver} Driver */
/** @typedef {{ title: string, check: (driver: Driver) => Promise<void> }} Check */

const testid = (/** @type {string} */ id) => `[data-testid="${id}"]`;
const STEP = testid('player-step');
const STATUS = testid('model-status');
const WRITTEN = testid('written-text');

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

/** Presses run and waits until the model has written. @param {Driver} driver @returns {Promise<string>} its text */
async function write(driver) {
	const before = await state(driver);
	const started = async () => (await state(driver)) !== before || !!(await driver.text(WRITTEN));
	await press(driver, testid('model-run'), 'the model starts', started);
	await until(
		'the model is ready and has written',
		async () => {
			if ((await state(driver)) === 'error') throw new Error(`the model failed: ${await driver.text(STATUS)}`);
			return (await state(driver)) === 'ready' && !!(await driver.text(WRITTEN));
		},
		60
	);
	return (await driver.text(WRITTEN)) ?? '';
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
		}
	})),
	{
		title: 'the next button moves the figure on',
		check: async (driver) => {
			await driver.goto('/en/sampling');
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
			await driver.goto('/en/sampling');
			await write(driver);
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
		check: async (/** @type {Driver} */ driver) => {
			await driver.goto(path);
			const written = await write(driver);
			if (written !== text) throw new Error(`wrote ${JSON.stringify(written)}, not ${JSON.stringify(text)}`);
		}
	}));
	return [...always, ...same];
}
