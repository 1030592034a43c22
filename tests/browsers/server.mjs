/**
 * Serves the built site for the smoke tests. What a page complains about is collected in the page itself, by a script put first
 * into its head: the one way that is the same in every browser, whatever its driver can report.
 */
import { createServer, request } from 'node:http';
import { preview } from 'vite';
import { root } from '../../scripts/lib/node.mjs';

const COLLECTOR = `
const errors = (window.smokeErrors = []);
addEventListener('error', (e) => errors.push(e.target === window || !e.target ? e.message : 'could not load ' + (e.target.src || e.target.href)), true);
addEventListener('securitypolicyviolation', (e) => errors.push('request to another origin: ' + e.blockedURI));
addEventListener('unhandledrejection', (e) => errors.push('unhandled rejection: ' + e.reason));
const { error } = console;
console.error = (...args) => {
	errors.push(args.map(String).join(' '));
	error.apply(console, args);
};
`;

// Only told, not enforced: what the site may load is no other than without it.
const POLICY = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:";

/**
 * @typedef {object} SmokeServer
 * @property {string} origin
 * @property {() => string[]} faults requests answered with an error since the last call
 * @property {() => Promise<void>} quiet until no request has been under way for a while
 * @property {() => Promise<void>} close
 */

/** How long nothing must have been asked for until the page counts as quiet, in ms. */
const QUIET = 250;

/** @param {import('node:http').Server} server @returns {Promise<number>} its port */
const listen = (server) =>
	new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			resolve(typeof address === 'object' && address ? address.port : 0);
		});
	});

/** Two servers: vite preview, and before it one that puts the collector into pages. @returns {Promise<SmokeServer>} */
export async function serve() {
	/** @type {string[]} */
	let faults = [];
	const site = await preview({ root, logLevel: 'error', preview: { host: '127.0.0.1', port: 41_730, strictPort: false } });
	const address = site.httpServer.address();
	const port = typeof address === 'object' && address ? address.port : 0;

	let [open, latest] = [0, 0];
	const front = createServer((incoming, outgoing) => {
		open++;
		const headers = { ...incoming.headers, 'accept-encoding': 'identity' };
		const fail = (/** @type {Error} */ error) => {
			faults.push(`${incoming.url ?? ''}: ${error.message}`);
			outgoing.destroy();
		};
		const onward = request({ host: '127.0.0.1', port, path: incoming.url, method: incoming.method, headers }, (answer) => {
			const status = answer.statusCode ?? 500;
			if (status >= 400) faults.push(`${incoming.url ?? ''}: ${status}`);
			if (!/text\/html/.test(answer.headers['content-type'] ?? '')) {
				outgoing.writeHead(status, answer.headers);
				answer.on('error', fail).pipe(outgoing);
				return;
			}
			/** @type {Buffer[]} */
			const chunks = [];
			answer.on('error', fail).on('data', (chunk) => chunks.push(chunk));
			answer.on('end', () => {
				const html = Buffer.concat(chunks)
					.toString('utf8')
					.replace(/<head[^>]*>/, (head) => `${head}<script>${COLLECTOR}</script>`);
				const { 'content-length': _, 'transfer-encoding': __, ...rest } = answer.headers;
				outgoing.writeHead(status, { ...rest, 'content-security-policy-report-only': POLICY }).end(html);
			});
		});
		onward.on('error', fail);
		// A page that was left breaks its requests off: no fault of the site.
		outgoing.on('close', () => {
			open--;
			latest = Date.now();
			onward.off('error', fail);
			onward.on('error', () => undefined);
			onward.destroy();
		});
		incoming.pipe(onward);
	});
	const origin = `http://127.0.0.1:${await listen(front)}`;
	return {
		origin,
		faults: () => faults.splice(0),
		quiet: async () => {
			const end = Date.now() + 10_000;
			while ((open > 0 || Date.now() - latest < QUIET) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
		},
		close: async () => {
			front.closeAllConnections();
			front.close();
			if ('closeAllConnections' in site.httpServer) site.httpServer.closeAllConnections();
			await site.close();
		}
	};
}
