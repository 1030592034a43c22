/** Browsers for the tests: those that are there, else the system's packages, else Playwright's builds. */
import { find, which } from '../../tests/browsers/find.mjs';
import { binOf, run } from './process.mjs';

/** @typedef {import('../../tests/browsers/find.mjs').BrowserName} BrowserName */

/** Debian's and Ubuntu's packages; the fonts are for the Chinese pages. @type {Record<BrowserName, string[]>} */
const PACKAGES = {
	chromium: ['chromium', 'fonts-noto-cjk'],
	firefox: ['firefox-esr', 'fonts-noto-cjk'],
	webkit: ['webkit2gtk-driver', 'xvfb', 'fonts-noto-cjk']
};

/**
 * The browsers that are not there. One that was named by hand, wrongly, is not replaced by another: it goes to `problems`.
 * @param {readonly BrowserName[]} names
 * @param {Map<BrowserName, string>} problems
 * @returns {Promise<BrowserName[]>}
 */
async function missing(names, problems) {
	/** @type {BrowserName[]} */
	const absent = [];
	for (const name of names) {
		try {
			if (!(await find(name))) absent.push(name);
		} catch (error) {
			problems.set(name, error instanceof Error ? error.message : String(error));
		}
	}
	return absent;
}

/** @param {readonly BrowserName[]} names @param {string} log */
async function aptInstall(names, log) {
	const env = { DEBIAN_FRONTEND: 'noninteractive' };
	const wait = ['-o', 'DPkg::Lock::Timeout=300'];
	await run('apt-get', [...wait, 'update'], { env, log, append: true, minutes: 5 });
	const packages = [...new Set(names.flatMap((name) => PACKAGES[name]))];
	const { code } = await run('apt-get', [...wait, 'install', '-y', ...packages], { env, log, append: true, minutes: 15 });
	if (code === 0) return;
	// One package that is not to be had (Ubuntu's chromium is a snap, say) must not keep the others away.
	for (const name of names) await run('apt-get', [...wait, 'install', '-y', ...PACKAGES[name]], { env, log, append: true, minutes: 15 });
}

/**
 * Finds or installs browsers.
 * @param {readonly BrowserName[]} names
 * @param {(line: string) => void} say
 * @param {{ log: string }} options
 * @returns {Promise<Map<BrowserName, string>>} for each browser that is not to be had, a sentence that says so
 */
export async function ensureBrowsers(names, say, { log }) {
	/** @type {Map<BrowserName, string>} */
	const problems = new Map();
	let rest = await missing(names, problems);
	if (rest.length > 0 && process.getuid?.() === 0 && which(['apt-get'])) {
		say(`Installing ${rest.join(', ')} with apt-get ...`);
		await aptInstall(rest, log);
		rest = await missing(rest, problems);
	}
	if (rest.length > 0) {
		say(`Installing ${rest.join(', ')} with Playwright ...`);
		const cli = await binOf('@playwright/test', 'playwright');
		// One at a time: one that this system cannot have must not keep the others away.
		for (const name of rest) await run(process.execPath, [cli, 'install', name], { log, append: true, minutes: 10 });
		rest = await missing(rest, problems);
	}
	for (const name of rest) {
		problems.set(name, `No ${name} on this machine, and none could be installed: "npx playwright install --with-deps ${name}" gets one.`);
	}
	return problems;
}
