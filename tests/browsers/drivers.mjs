/**
 * One small face for every browser, so that the checks are the same in each: Chromium and Firefox through Puppeteer (Firefox by
 * WebDriver BiDi), WebKitGTK through WebKitWebDriver (W3C WebDriver), Playwright's own builds through Playwright.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @typedef {import('./find.mjs').Found} Found */
/** @typedef {import('./find.mjs').BrowserName} BrowserName */

/**
 * What each browser is asked to do; `value` is the answer to a JavaScript expression, promises awaited.
 * @typedef {object} Engine
 * @property {string} version
 * @property {(url: string) => Promise<void>} goto
 * @property {(expression: string) => Promise<unknown>} value
 * @property {(selector: string) => Promise<void>} click
 * @property {(selector: string, text: string) => Promise<void>} type replaces what a field holds (WebKitWebDriver types no character above U+FFFF)
 * @property {() => Promise<void>} close
 */

/** How long an element may take to be there, in ms. */
const PATIENCE = 10_000;

const CHROMIUM_ARGS = [
	'--no-sandbox',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

/** @param {'chrome' | 'firefox'} browser @param {string} path @returns {Promise<Engine>} */
async function puppeteerEngine(browser, path) {
	const { default: puppeteer } = await import('puppeteer-core');
	const instance = await puppeteer.launch({
		browser,
		executablePath: path,
		headless: true,
		...(browser === 'chrome' ? { args: CHROMIUM_ARGS } : {})
	});
	const page = await instance.newPage();
	await page.setViewport({ width: 1280, height: 900 });
	return {
		version: await instance.version(),
		goto: async (url) => void (await page.goto(url, { waitUntil: 'load', timeout: 60_000 })),
		value: (expression) => page.evaluate(expression),
		click: (selector) => page.locator(selector).setTimeout(PATIENCE).click(),
		type: async (selector, text) => {
			await page.locator(selector).setTimeout(PATIENCE).click();
			await page.$eval(selector, (field) => /** @type {HTMLInputElement} */ (field).select());
			await page.keyboard.press('Backspace');
			await page.keyboard.type(text);
		},
		close: () => instance.close()
	};
}

/** @param {'firefox' | 'webkit' | 'chromium'} name @param {string} path @returns {Promise<Engine>} */
async function playwrightEngine(name, path) {
	const playwright = await import('@playwright/test');
	const instance = await playwright[name].launch({ executablePath: path, ...(name === 'chromium' ? { args: CHROMIUM_ARGS } : {}) });
	const page = await instance.newPage({ viewport: { width: 1280, height: 900 } });
	page.setDefaultTimeout(PATIENCE);
	return {
		version: `${name} ${instance.version()} (Playwright)`,
		goto: async (url) => void (await page.goto(url, { timeout: 60_000 })),
		value: (expression) => page.evaluate(expression),
		click: (selector) => page.click(selector),
		type: (selector, text) => page.fill(selector, text),
		close: () => instance.close()
	};
}

/** The W3C's key for an element's id in answers. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** @param {Found} found @returns {Promise<Engine>} */
async function webkitEngine({ path, driver, display }) {
	if (!driver || !display) throw new Error('WebKitGTK needs WebKitWebDriver and Xvfb.');
	const home = mkdtempSync(join(tmpdir(), 'smoke-webkit-'));
	const screen = spawn(display, ['-displayfd', '3', '-screen', '0', '1280x1000x24', '-nolisten', 'tcp'], {
		stdio: ['ignore', 'ignore', 'ignore', 'pipe']
	});
	/** @type {string} the first free number, which Xvfb picks itself */
	const number = await new Promise((resolve, reject) => {
		screen.stdio[3]?.once('data', (data) => resolve(String(data).trim()));
		screen.once('error', reject).once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
	});
	const port = 20_000 + (process.pid % 20_000);
	const server = spawn(driver, [`--port=${port}`], {
		stdio: 'ignore',
		env: { ...process.env, DISPLAY: `:${number}`, GDK_BACKEND: 'x11', XDG_CACHE_HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home }
	});
	const end = () => {
		server.kill();
		screen.kill();
		rmSync(home, { recursive: true, force: true });
	};

	/** @param {string} method @param {string} route @param {unknown} [body] @returns {Promise<any>} */
	const ask = async (method, route, body) => {
		const answer = await fetch(`http://127.0.0.1:${port}${route}`, {
			method,
			...(body === undefined ? {} : { body: JSON.stringify(body) })
		});
		const { value } = await answer.json();
		if (!answer.ok) throw Object.assign(new Error(`WebDriver: ${value.error}: ${value.message}`), { code: value.error });
		return value;
	};
	try {
		await patiently(
			() => ask('GET', '/status'),
			() => true
		);
		const options = { binary: path, args: ['--automation'] };
		const { sessionId, capabilities } = await ask('POST', '/session', {
			capabilities: {
				alwaysMatch: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': options, timeouts: { script: 60_000, pageLoad: 60_000 } }
			}
		});
		const session = `/session/${sessionId}`;
		const element = async (/** @type {string} */ selector) => {
			const find = () => ask('POST', `${session}/element`, { using: 'css selector', value: selector });
			const found = await patiently(find, (error) => error.code === 'no such element');
			return `${session}/element/${found[ELEMENT]}`;
		};
		return {
			version: `WebKitGTK ${capabilities.browserVersion}`,
			goto: (url) => ask('POST', `${session}/url`, { url }),
			value: async (expression) => {
				const script = `const done = arguments[0]; Promise.resolve().then(() => (${expression})).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
				const answer = await ask('POST', `${session}/execute/async`, { script, args: [] });
				if (answer.error) throw new Error(answer.error);
				return answer.value;
			},
			click: (selector) =>
				patiently(
					async () => {
						const target = await element(selector);
						// To the middle: the driver itself scrolls to the edge, and sometimes not again when the page then grows.
						const script = `document.querySelector(${JSON.stringify(selector)}).scrollIntoView({ block: 'center', behavior: 'instant' })`;
						await ask('POST', `${session}/execute/sync`, { script, args: [] });
						await ask('POST', `${target}/click`, {});
					},
					// A page that moves while it comes alive: as the other drivers do, wait until the element holds still.
					(error) => ['element not interactable', 'element click intercepted', 'stale element reference'].includes(error.code)
				),
			type: async (selector, text) => {
				const field = await element(selector);
				await ask('POST', `${field}/clear`, {});
				await ask('POST', `${field}/value`, { text });
			},
			close: async () => {
				await ask('DELETE', session).catch(() => undefined);
				end();
			}
		};
	} catch (error) {
		end();
		throw error;
	}
}

/**
 * Tries again while it fails in a way that may pass.
 * @template T
 * @param {() => Promise<T>} action
 * @param {(error: any) => boolean} passing
 * @returns {Promise<T>}
 */
async function patiently(action, passing) {
	const end = Date.now() + PATIENCE;
	for (;;) {
		try {
			return await action();
		} catch (error) {
			if (Date.now() > end || !passing(error)) throw error;
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	}
}

/** @param {BrowserName} name @param {Found} found @returns {Promise<Engine>} */
export function launch(name, found) {
	if (name === 'chromium') return puppeteerEngine('chrome', found.path);
	if (found.kind === 'playwright') return playwrightEngine(name, found.path);
	return name === 'firefox' ? puppeteerEngine('firefox', found.path) : webkitEngine(found);
}
