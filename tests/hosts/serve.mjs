/** Plain static hosts on loopback: files and their types, and not one header more (no CORS, no isolation), as the poorest host would. */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';

/** @type {Readonly<Record<string, string>>} */
const TYPES = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript',
	'.mjs': 'text/javascript',
	'.css': 'text/css',
	'.json': 'application/json',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.md': 'text/markdown; charset=utf-8',
	'.woff2': 'font/woff2',
	'.wasm': 'application/wasm'
};

/** @param {string} file */
const isFile = (file) => existsSync(file) && statSync(file).isFile();

/**
 * @typedef {object} Host
 * @property {string} origin
 * @property {string[]} asked paths of all requests so far
 * @property {() => void} close
 */

/**
 * @param {string} folder
 * @param {string} name host name: localhost and 127.0.0.1 are two sites to a browser
 * @returns {Promise<Host>}
 */
export function serve(folder, name) {
	/** @type {string[]} */
	const asked = [];
	const server = createServer((request, response) => {
		const pathname = decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname);
		asked.push(pathname);
		const target = path.join(folder, path.normalize(pathname));
		const file = [target, `${target}.html`, path.join(target, 'index.html')].find(isFile);
		if (file === undefined) return void response.writeHead(404).end();
		response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' });
		createReadStream(file).pipe(response);
	});
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			const port = typeof address === 'object' && address ? address.port : 0;
			const close = () => {
				server.closeAllConnections();
				server.close();
			};
			resolve({ origin: `http://${name}:${port}`, asked, close });
		});
	});
}
