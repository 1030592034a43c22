/** Dependencies: what package-lock.json says is what node_modules holds. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './node.mjs';
import { npm, run } from './process.mjs';

/** @typedef {{ packages: Record<string, { version?: string, optional?: boolean }> }} Lock */

/** @param {string} path @returns {Lock} */
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));

/**
 * Why an installation does not fit its lock file, or undefined when it does. npm writes the second one, the list of what it has
 * put in place, inside node_modules and as the last thing it does, so a broken installation has none.
 * @param {Lock} wanted package-lock.json
 * @param {Lock} installed node_modules/.package-lock.json
 */
export function difference(wanted, installed) {
	for (const [path, { version, optional }] of Object.entries(wanted.packages)) {
		if (path === '') continue;
		const found = installed.packages[path];
		const name = path.replace('node_modules/', '');
		// Optional packages are those of other systems.
		if (!found && !optional) return `${name} is not installed`;
		if (found && found.version !== version) return `${name} is ${found.version ?? 'unknown'}, not ${version ?? 'unknown'}`;
	}
	return undefined;
}

/**
 * Installs dependencies unless they are there already.
 * @param {(line: string) => void} say
 * @param {{ log?: string }} [options]
 */
export async function ensureInstalled(say, { log } = {}) {
	const inside = join(root, 'node_modules', '.package-lock.json');
	const why = existsSync(inside) ? difference(read(join(root, 'package-lock.json')), read(inside)) : 'node_modules is missing';
	if (!why) return;
	say(`Installing dependencies (${why}) ...`);
	const [command, first] = npm();
	const { code, output } = await run(command, [...first, 'ci', '--loglevel=warn', '--no-progress'], {
		...(log ? { log } : {}),
		minutes: 20
	});
	if (code !== 0) throw new Error(`npm ci failed:\n${output.trim().split('\n').slice(-15).join('\n')}`);
}
