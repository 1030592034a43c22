/** The site is built when it is missing or was built from other files than those that are here now. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './node.mjs';
import { binOf, run } from './process.mjs';

const SOURCES = ['src', 'static', 'package.json', 'package-lock.json', 'svelte.config.js', 'vite.config.ts', 'tsconfig.json'];

// Inside the output that every build begins by deleting: whoever builds by hand removes the stamp too.
const stamp = join(root, '.svelte-kit', 'output', 'built-from');

/** @param {string} path @returns {string[]} the files under a path, sorted */
function filesIn(path) {
	if (!existsSync(path)) return [];
	const entries = readdirSync(path, { withFileTypes: true, recursive: true });
	return entries
		.filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
		.map((entry) => join(entry.parentPath, entry.name))
		.sort();
}

/** Digest of everything that a build reads. */
export function sourcesHash() {
	const hash = createHash('sha256').update(`base ${process.env.BASE_PATH ?? ''} origin ${process.env.SITE_ORIGIN ?? ''}\n`);
	for (const source of SOURCES) {
		const path = join(root, source);
		const files = source.includes('.') ? [path] : filesIn(path);
		for (const file of files) hash.update(`${relative(root, file)}\n`).update(createHash('sha256').update(readFileSync(file)).digest());
	}
	return hash.digest('hex');
}

/**
 * Builds the site unless what is built is up to date.
 * @param {(line: string) => void} say
 * @param {{ log?: string }} [options]
 */
export async function ensureBuilt(say, { log } = {}) {
	const hash = sourcesHash();
	if (existsSync(join(root, 'build')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
	say('Building the site ...');
	const { code, output } = await run(process.execPath, [await binOf('vite'), 'build'], { ...(log ? { log } : {}) });
	if (code !== 0) throw new Error(`vite build failed:\n${output.trim().split('\n').slice(-30).join('\n')}`);
	writeFileSync(stamp, hash);
}
