/** Lets `vite preview` answer unknown addresses as a static host does: with 404.html. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** @param {string} file */
const isFile = (file) => existsSync(file) && statSync(file).isFile();

/**
 * The file that a static host with clean addresses would send, or undefined.
 * @param {string} folder the built site
 * @param {string} pathname without the base path, decoded
 */
export function hosted(folder, pathname) {
	const target = path.join(folder, path.normalize(`/${pathname}`));
	return [target, `${target}.html`, path.join(target, 'index.html')].find(isFile);
}

/** @returns {import('vite').Plugin} */
export function notFoundPage() {
	return {
		name: 'not-found-page',
		configurePreviewServer(server) {
			const folder = path.resolve(server.config.root, 'build');
			const base = process.env.BASE_PATH ?? '';
			server.middlewares.use((request, response, next) => {
				const url = new URL(request.url ?? '/', 'http://localhost');
				/** @type {string} */
				let pathname;
				try {
					pathname = decodeURIComponent(url.pathname);
				} catch {
					// A broken escape names no file.
					pathname = '/404-broken-escape';
				}
				const page = path.join(folder, '404.html');
				const inside = pathname === base || pathname.startsWith(`${base}/`);
				const wanted = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
				if (!wanted || !isFile(page) || (inside && hosted(folder, pathname.slice(base.length)) !== undefined)) return next();
				response.statusCode = 404;
				response.setHeader('content-type', 'text/html; charset=utf-8');
				response.end(readFileSync(page));
			});
		}
	};
}
