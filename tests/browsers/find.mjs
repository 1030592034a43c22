/** Where the browsers are: named by the environment, Playwright's own, or the system's. */
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * @typedef {'chromium' | 'firefox' | 'webkit'} BrowserName
 * @typedef {object} Found
 * @property {string} path the executable
 * @property {'playwright' | 'system'} kind Playwright's builds of Firefox and WebKit speak Playwright's protocol only
 * @property {string} [driver] WebKitWebDriver, which the system's WebKit is driven through
 * @property {string} [display] Xvfb, which lends it a screen
 */

/** @type {readonly BrowserName[]} */
export const BROWSERS = ['chromium', 'firefox', 'webkit'];

const SYSTEM = {
	chromium: [
		'chromium',
		'chromium-browser',
		'google-chrome',
		'google-chrome-stable',
		'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
		'/Applications/Chromium.app/Contents/MacOS/Chromium',
		'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
		'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'
	],
	firefox: ['firefox-esr', 'firefox', '/Applications/Firefox.app/Contents/MacOS/firefox', 'C:\\Program Files\\Mozilla Firefox\\firefox.exe']
};

/** @param {string} path */
function runs(path) {
	try {
		accessSync(path, constants.X_OK);
		return statSync(path).isFile();
	} catch {
		return false;
	}
}

/**
 * The first of some programs that is there: absolute paths as they are, names along PATH and in /usr/bin.
 * @param {readonly string[]} names
 * @returns {string | undefined}
 */
export function which(names) {
	const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin'].filter((folder) => folder !== '');
	const paths = names.flatMap((name) => (/[/\\]/.test(name) ? [name] : folders.map((folder) => join(folder, name))));
	return paths.find(runs);
}

/** GTK's small browser lies in a folder named after the library's version, which only it knows. @returns {string | undefined} */
function miniBrowser() {
	for (const base of ['/usr/lib', '/usr/lib64', '/usr/libexec']) {
		if (!existsSync(base)) continue;
		const folders = [
			base,
			...readdirSync(base)
				.filter((name) => name.endsWith('-linux-gnu'))
				.map((name) => join(base, name))
		];
		for (const folder of folders) {
			const versions = readdirSync(folder)
				.filter((name) => /^webkit2?gtk-/.test(name))
				.sort()
				.reverse();
			const path = which(versions.map((name) => join(folder, name, 'MiniBrowser')));
			if (path) return path;
		}
	}
	return undefined;
}

/** @param {BrowserName} name @returns {Promise<string | undefined>} */
async function playwrightOwn(name) {
	const playwright = await import('@playwright/test');
	try {
		const path = playwright[name].executablePath();
		return runs(path) ? path : undefined;
	} catch {
		return undefined;
	}
}

/**
 * The browser of a name, or undefined when this machine has none. CHROMIUM_PATH and FIREFOX_PATH name one by hand.
 * @param {BrowserName} name
 * @returns {Promise<Found | undefined>}
 */
export async function find(name) {
	if (name !== 'webkit') {
		const variable = `${name.toUpperCase()}_PATH`;
		const given = process.env[variable];
		if (given) {
			if (!runs(given)) throw new Error(`${variable} names ${given}, which is no program.`);
			return { path: given, kind: 'system' };
		}
	}
	const own = await playwrightOwn(name);
	if (own) return { path: own, kind: 'playwright' };
	if (name !== 'webkit') {
		const path = which(SYSTEM[name]);
		return path ? { path, kind: 'system' } : undefined;
	}
	const [path, driver, display] = [miniBrowser(), which(['WebKitWebDriver']), which(['Xvfb'])];
	return path && driver && display ? { path, kind: 'system', driver, display } : undefined;
}
