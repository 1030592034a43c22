/** Builds a small page with Vite and serves it together with the models, under a path of its own as a project page has it. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export const root = fileURLToPath(new URL('../../../', import.meta.url));
/** @type {Record<string, string>} */
const types = {
	'.html': 'text/html',
	'.js': 'text/javascript',
	'.mjs': 'text/javascript',
	'.wasm': 'application/wasm',
	'.json': 'application/json'
};

/**
 * @param {string} page folder of index.html, relative to the project
 * @param {string} out folder for the build, relative to the project
 */
export async function buildPage(page, out, base = '/sub/path') {
	await build({
		configFile: false,
		root: join(root, page),
		base: `${base}/`,
		publicDir: false,
		logLevel: 'error',
		worker: { format: 'es' },
		build: { target: 'es2022', assetsInlineLimit: 0, outDir: join(root, out), emptyOutDir: true, modulePreload: false }
	});
}

/**
 * Serves `out` under `base` and `static/` beside it; other folders by prefix.
 * @param {string} out @param {{ base?: string, folders?: Record<string, string>, headers?: Record<string, string> }} [options]
 * @returns {Promise<{ url: string, close: () => void }>}
 */
export async function serve(out, { base = '/sub/path', folders = {}, headers = {} } = {}) {
	/** @type {Record<string, string>} */
	const places = { ...folders, [`${base}/models/`]: 'static/models', [`${base}/`]: out };
	/** Kept in memory: what is measured is the page, not the reading of files. @type {Map<string, Buffer>} */
	const contents = new Map();
	const server = createServer((request, response) => {
		const { pathname } = new URL(request.url ?? '/', 'http://localhost');
		const prefix = Object.keys(places).find((p) => pathname.startsWith(p));
		const file = prefix && join(root, places[prefix] ?? '', pathname.slice(prefix.length) || 'index.html');
		if (!file || !existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end();
		const { size, mtimeMs } = statSync(file);
		const etag = `"${size}-${mtimeMs}"`;
		const common = { etag, 'cache-control': pathname.includes('/assets/') ? 'max-age=31536000, immutable' : 'no-cache', ...headers };
		if (request.headers['if-none-match'] === etag) return response.writeHead(304, common).end();
		response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'content-length': size, ...common });
		const content = contents.get(file + etag) ?? readFileSync(file);
		contents.set(file + etag, content);
		return response.end(content);
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	const address = server.address();
	const port = typeof address === 'object' ? address?.port : 0;
	return { url: `http://127.0.0.1:${port}${base}/`, close: () => void server.close() };
}
