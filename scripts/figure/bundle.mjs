/** Bundles the figures for Node, with Svelte's server renderer, and remembers of which sources. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const SOURCES = ['src', 'scripts/figure', 'package.json', 'package-lock.json'];

/**
 * One text that changes whenever a source does: names, sizes and times of change.
 * @param {string} root the project's folder
 */
export function stamp(root) {
	const hash = createHash('sha256');
	const visit = (/** @type {string} */ file) => {
		const stat = statSync(path.join(root, file), { throwIfNoEntry: false });
		if (stat === undefined) return;
		if (stat.isDirectory()) for (const name of readdirSync(path.join(root, file)).sort()) visit(`${file}/${name}`);
		else hash.update(`${file} ${stat.size} ${stat.mtimeMs}\n`);
	};
	for (const source of SOURCES) visit(source);
	return hash.digest('hex');
}

/**
 * @param {string} root the project's folder
 * @param {string} now stamp of the sources that are bundled
 */
export async function bundle(root, now) {
	// A fresh clone has none of the framework's settings yet, which the project's own extend.
	if (!existsSync(path.join(root, '.svelte-kit/tsconfig.json'))) {
		const cli = path.join(root, 'node_modules/@sveltejs/kit/svelte-kit.js');
		execFileSync(process.execPath, [cli, 'sync'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
	}
	// Only here: the tools are slow to load and most calls need none of them.
	const [{ build }, { svelte }, { prose }] = await Promise.all([
		import('vite'),
		import('@sveltejs/vite-plugin-svelte'),
		import('vite').then(({ runnerImport }) => runnerImport(path.join(root, 'src/kit/text/prose.plugin.ts'))).then(({ module }) => module)
	]);
	const folder = path.join(root, '.cache/figure');
	mkdirSync(folder, { recursive: true });
	// Two commands may bundle at once: each writes a folder of its own and then moves it into place.
	const own = path.join(root, `.cache/figure-${process.pid}`);
	await build({
		root,
		configFile: false,
		logLevel: 'error',
		plugins: [prose(), svelte({ configFile: false, emitCss: false })],
		resolve: {
			alias: [
				{ find: '$app/paths', replacement: path.join(root, 'scripts/figure/stubs.ts') },
				{ find: '$app/navigation', replacement: path.join(root, 'scripts/figure/stubs.ts') }
			]
		},
		ssr: { noExternal: true, external: ['onnxruntime-node', '@resvg/resvg-js', 'subset-font'] },
		build: {
			ssr: path.join(root, 'scripts/figure/main.ts'),
			outDir: own,
			emptyOutDir: true,
			target: 'node20',
			rolldownOptions: { output: { entryFileNames: 'main.mjs', chunkFileNames: '[name]-[hash].mjs' } }
		}
	});
	rmSync(folder, { recursive: true, force: true });
	renameSync(own, folder);
	writeFileSync(path.join(folder, 'stamp'), now);
}
