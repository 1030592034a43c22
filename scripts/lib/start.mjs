/** Installs, builds and serves, each only where needed. */
import { parseArgs } from 'node:util';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './node.mjs';

/**
 * The port asked for: `--port` before PORT before the usual one.
 * @param {string[]} args
 * @param {Record<string, string | undefined>} env
 */
export function portFrom(args, env) {
	const { values } = parseArgs({ args, options: { port: { type: 'string' } } });
	const given = values.port ?? env.PORT ?? '4173';
	const port = Number(given);
	if (!/^\d+$/.test(given) || port < 1 || port > 65_535) throw new Error(`"${given}" is not a port: give a number from 1 to 65535.`);
	return port;
}

/** @param {string[]} args what stands after `npm start --` */
export async function start(args) {
	try {
		const port = portFrom(args, process.env);
		await ensureInstalled(console.log);
		await ensureBuilt(console.log);
		const { preview } = await import('vite');
		const server = await preview({ root, logLevel: 'warn', preview: { port, strictPort: false } });
		const address = server.resolvedUrls?.local[0] ?? `http://localhost:${port}/`;
		if (!address.includes(`:${port}/`)) console.log(`Port ${port} is taken; using the next free one.`);
		console.log(`LLM Unrolled is at ${address}  (Ctrl-C ends it)`);
		// Keep-alive connections would hold a polite close back, so there is none.
		for (const signal of ['SIGINT', 'SIGTERM']) {
			process.removeAllListeners(signal);
			process.on(signal, () => process.exit(0));
		}
		// npm, ended alone, leaves its script behind.
		const parent = process.ppid;
		if (process.env.npm_lifecycle_event) setInterval(() => process.ppid === parent || process.exit(0), 1000).unref();
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	}
}
