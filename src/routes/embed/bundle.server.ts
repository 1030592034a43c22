/**
 * The scripts of embeds, bundled while the site is built (or, in development, when somebody asks): one classic script for each figure, without
 * modules. A page in a frame with `sandbox="allow-scripts"` alone has no origin; module scripts would need CORS headers that a plain static
 * host does not send, a classic script needs none. See docs/decisions/0009-embeds-and-unfurling.md.
 */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { build, type Plugin } from 'vite';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { dev } from '$app/environment';
import { prose } from '#kit/text/prose.plugin.ts';
import { basePath } from '#kit/url/paths.ts';

export interface Script {
	readonly code: string;
	/** Of the code; stands behind the script's name in pages, so that a page never meets the script of another build. */
	readonly hash: string;
}

const ENTRY = 'virtual:embed';
const WORKER = /new URL\(\s*(['"`])\.\/worker\.ts\1,\s*import\.meta\.url\s*\)/;

/** The worker is a file of the site's own build; the page names it (see workerPath). */
function entry(code: string): Plugin {
	return {
		name: 'embed-entry',
		enforce: 'pre',
		resolveId: (id) => (id === ENTRY ? path.join(process.cwd(), 'src/routes/embed/entry.ts') : null),
		load: (id) => (id.endsWith('src/routes/embed/entry.ts') ? code : null),
		transform(source, id) {
			if (!/\/src\/kit\/runtime\/[\w-]+\.ts$/.test(id) || !WORKER.test(source)) return null;
			return { code: source.replace(WORKER, "new URL(document.getElementById('embed').dataset.worker, location.href)"), map: null };
		}
	};
}

async function bundle(code: string): Promise<Script> {
	const root = process.cwd();
	const stubs = path.join(root, 'src/kit/embed/app-stubs.ts');
	const result = await build({
		root,
		configFile: false,
		logLevel: 'error',
		publicDir: false,
		plugins: [entry(code), prose(), svelte({ configFile: false })],
		resolve: {
			alias: [
				{ find: '$app/paths', replacement: stubs },
				{ find: '$app/navigation', replacement: stubs }
			]
		},
		define: { __BASE__: JSON.stringify(basePath()) },
		build: {
			write: false,
			target: 'es2022',
			minify: true,
			modulePreload: false,
			rolldownOptions: {
				input: ENTRY,
				output: { format: 'iife', codeSplitting: false },
				treeshake: { moduleSideEffects: (id) => !/node_modules\/d3(-[\w-]+)?\//.test(id) }
			}
		}
	});
	const outputs = [result].flat().flatMap((one) => ('output' in one ? one.output : []));
	const chunks = outputs.filter((one) => one.type === 'chunk');
	if (chunks.length !== 1) throw new Error(`an embed's script must be one file, not ${chunks.length}`);
	const text = chunks[0]!.code;
	return { code: text, hash: createHash('sha256').update(text).digest('hex').slice(0, 10) };
}

const scripts = new Map<string, Promise<Script>>();

function once(name: string, code: string): Promise<Script> {
	const known = dev ? undefined : scripts.get(name);
	const script = known ?? bundle(code);
	scripts.set(name, script);
	return script;
}

/** The script of one figure's embed. */
export const embedScript = (slug: string): Promise<Script> =>
	once(
		slug,
		`import manifest from '#explainers/${slug}/manifest.ts';\nimport { start } from '#kit/embed/start.ts';\nvoid start(manifest);\n`
	);

/** The script for other people's pages, which knows the slugs that it may turn into figures. */
export const hostScript = (slugs: readonly string[]): Promise<Script> =>
	once('embed.js', `import { run } from '#kit/embed/host.ts';\nrun(${JSON.stringify(slugs)});\n`);

/** Where the site's own build put the worker in which models run. */
export function workerPath(): string {
	if (dev) return `${basePath()}/src/kit/runtime/worker.ts`;
	const folder = '_app/immutable/workers';
	const names = readdirSync(path.join(process.cwd(), '.svelte-kit/output/client', folder)).filter((name) => /^worker-.*\.js$/.test(name));
	if (names.length !== 1) throw new Error(`one worker script is expected in ${folder}, there are ${names.length}`);
	return `${basePath()}/${folder}/${names[0]!}`;
}
