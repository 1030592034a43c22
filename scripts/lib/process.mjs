/** Starting other programs so that none of them outlives us. */
import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { root } from './node.mjs';

const windows = process.platform === 'win32';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/**
 * Ends a program and everything that it started.
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function end(child, signal) {
	if (child.pid === undefined) return;
	try {
		if (windows) spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
		else process.kill(-child.pid, signal);
	} catch {
		// It has ended already.
	}
}

/** How long a program has to end what it has started itself, in ms; Playwright's servers are in groups of their own. */
const GRACE = 5000;

/** Asks a program to end, as Ctrl-C does, and then makes it. @param {import('node:child_process').ChildProcess} child */
function stop(child) {
	end(child, 'SIGINT');
	setTimeout(() => running.has(child) && end(child, 'SIGKILL'), GRACE).unref();
}

/** Once we are told to end, nothing is started any more, and nobody hears how it went. */
let ending = false;
const never = () => new Promise(() => undefined);

for (const [signal, code] of /** @type {const} */ ([
	['SIGINT', 130],
	['SIGTERM', 143],
	['SIGHUP', 129]
])) {
	process.on(signal, () => {
		ending = true;
		for (const child of running) stop(child);
		setInterval(() => running.size === 0 && process.exit(code), 50);
		setTimeout(() => process.exit(code), GRACE + 1000);
	});
}

/**
 * Runs a program in the project's root to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, log?: string, minutes?: number, append?: boolean }} [options]
 *   `log`: file for its output; `minutes`: its time, after which it is ended.
 * @returns {Promise<{ code: number, output: string, timedOut: boolean }>} code 127 when it could not be started
 */
export async function run(command, args, { env = {}, log, minutes = 10, append = false } = {}) {
	if (ending) await never();
	if (log) mkdirSync(dirname(log), { recursive: true });
	const file = log ? createWriteStream(log, { flags: append ? 'a' : 'w' }) : undefined;
	const child = spawn(command, args, {
		cwd: root,
		env: { ...process.env, ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: !windows
	});
	running.add(child);
	let output = '';
	/** @param {string} text */
	const take = (text) => {
		output += text;
		file?.write(text);
	};
	for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', take);
	let timedOut = false;
	const timer = setTimeout(() => {
		timedOut = true;
		take(`\nEnded after ${minutes} minutes, its time.\n`);
		stop(child);
	}, minutes * 60_000);
	/** @type {number} */
	const code = await new Promise((resolve) => {
		child.on('error', (error) => {
			take(`${command} could not be started: ${error.message}\n`);
			resolve(127);
		});
		// What it left behind in its group (a server, a browser) ends with it, and lets go of the pipes.
		child.on('exit', () => end(child, 'SIGKILL'));
		child.on('close', (status) => resolve(status ?? 1));
	});
	clearTimeout(timer);
	running.delete(child);
	if (ending) await never();
	file?.end();
	if (file) await finished(file);
	return { code: timedOut ? 124 : code, output, timedOut };
}

/**
 * A package's own command, run by this Node: no shell, no network, the same on every system.
 * @param {string} name package name
 * @param {string} [bin] its command, where it is not called like the package
 * @returns {Promise<string>} path of the script
 */
export async function binOf(name, bin = name) {
	const folder = join(root, 'node_modules', name);
	const { default: manifest } = await import(`file://${join(folder, 'package.json')}`, { with: { type: 'json' } });
	const path = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[bin];
	return join(folder, path);
}

/** npm, as the npm that runs us if there is one. @returns {[string, string[]]} command and first arguments */
export function npm() {
	const path = process.env.npm_execpath;
	if (path && /npm-cli\.c?js$/.test(path) && existsSync(path)) return [process.execPath, [path]];
	return windows ? ['cmd', ['/c', 'npm']] : ['npm', []];
}
