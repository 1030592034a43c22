/**
 * `npm run record [slug ...]`: makes every figure's recorded.json anew, or those that are named: what a figure shows before a model runs in the
 * page. Asked is the site's default model (src/kit/runtime/site-models.ts), through the project's own engine in Node; a figure says in its
 * record.ts what it wants to know. Needed after the default model, its files or a figure's opening prompt has changed; `npm run golden` then
 * makes the pictures anew.
 */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { createServer } from 'vite';
import { root } from './lib/node.mjs';

const folder = path.join(root, 'src/explainers');
const wanted = process.argv.slice(2);
const slugs = readdirSync(folder).filter((slug) => existsSync(path.join(folder, slug, 'record.ts')));
const unknown = wanted.find((slug) => !slugs.includes(slug));
if (unknown !== undefined) {
	console.error(`"${unknown}" records nothing; these do: ${slugs.join(', ')}.`);
	process.exit(2);
}
const vite = await createServer({
	root,
	configFile: false,
	logLevel: 'error',
	appType: 'custom',
	server: { middlewareMode: true, hmr: false, watch: null },
	optimizeDeps: { noDiscovery: true }
});
/** @param {string} file */
const load = (file) => vite.ssrLoadModule(path.join(root, 'src', file));
const { openSpeaker } = await load('kit/runtime/speaker.server.ts');
for (const slug of wanted.length > 0 ? wanted : slugs) {
	const { record } = await load(`explainers/${slug}/record.ts`);
	const recorded = await record((/** @type {string} */ model) => openSpeaker(root, model));
	const file = path.join(folder, slug, 'recorded.json');
	const options = await resolveConfig(file);
	writeFileSync(file, await format(JSON.stringify(recorded), { ...options, filepath: file }));
	console.log(`${path.relative(root, file)}: ${recorded.model}`);
}
await vite.close();
