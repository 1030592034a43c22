/** The client in Chromium: the built page under a path of its own, with the faults that a network makes, made by the network. */
import { readFileSync, readdirSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type BrowserServer, type Page, type Route } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { find } from '../browsers/find.mjs';
import { buildPage, serve } from '../../scripts/bench/lib/serve.mjs';
import { reference, root } from './models.ts';
import type { Backend } from '#kit/runtime/protocol.ts';
import type { harness as Harness } from './page/main.ts';

declare const harness: typeof Harness;
const gpuArgs = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--enable-features=Vulkan', '--use-vulkan=swiftshader'];
const isolation = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

let site: { url: string; close: () => void };
let isolated: typeof site;
let server: BrowserServer;
let browser: Browser;

beforeAll(async () => {
	await buildPage('tests/runtime/page', '.cache/runtime-page');
	site = await serve('.cache/runtime-page');
	isolated = await serve('.cache/runtime-page', { headers: isolation });
	const found = await find('chromium');
	server = await chromium.launchServer({ ...(found && { executablePath: found.path }), args: ['--no-sandbox', ...gpuArgs] });
	browser = await chromium.connect(server.wsEndpoint());
}, 60_000);
afterAll(async () => {
	await browser.close();
	await server.close();
	site.close();
	isolated.close();
});

async function visit(context: BrowserContext, url = site.url): Promise<{ page: Page; requests: string[] }> {
	const page = await context.newPage();
	const requests: string[] = [];
	page.on('request', (request) => requests.push(new URL(request.url()).pathname.replace('/sub/path/', '')));
	await page.goto(url);
	await page.waitForFunction('globalThis.harness');
	return { page, requests };
}

/** Opens the model, writes greedily, and tells what came of it; a failure tells its code and file. */
const write = (
	page: Page,
	{ tokens = 20, backend = 'wasm', cancelAt = -1 }: { tokens?: number; backend?: Backend | 'auto'; cancelAt?: number } = {}
) =>
	page.evaluate(
		async ({ tokens, backend, cancelAt }) => {
			const phases: string[] = [];
			const notices: string[] = [];
			const abort = new AbortController();
			const shared = globalThis as { written?: number };
			try {
				const model = await harness.LanguageModel.open('stories260K', {
					base: '/sub/path',
					backend,
					signal: abort.signal,
					onProgress: ({ phase, loaded, total }) => {
						phases.push(phase);
						if (loaded > total) phases.push('more than all');
						if (cancelAt >= 0 && loaded > cancelAt) abort.abort();
					},
					onNotice: ({ kind, fault }) => notices.push(`${kind} ${fault?.code ?? ''}`)
				});
				const settings = { ...harness.defaultSettings, temperature: 0 };
				const { ids } = await model.generate(
					{ prompt: [1], settings, maxTokens: tokens },
					(t) => (shared.written = (shared.written ?? 0) + t.length)
				);
				return { ids: [...ids], stats: model.stats, phases, notices };
			} catch (error) {
				const { code, file } = error as { code: string; file?: string };
				return { code, file, phases, notices };
			}
		},
		{ tokens, backend, cancelAt }
	);
const expected = (n: number) => reference.greedy.ids.slice(0, n);
/**
 * Waits until so many files lie on the shelf, the runtime (the last and largest) among them: they are written behind the page's back.
 * `waitForFunction` would not do: to it the promise of an async function is true at once.
 */
const kept = (page: Page, entries: number) =>
	expect
		.poll(
			async () => {
				const urls = await page.evaluate(async () => (await (await caches.open('llm-unrolled-models-1')).keys()).map(({ url }) => url));
				return { runtime: urls.some((url) => url.includes('.wasm')), all: urls.length >= entries };
			},
			{ timeout: 30_000 }
		)
		.toEqual({ runtime: true, all: true });

describe('in Chromium', () => {
	it('loads nothing before open(), all of it from one origin, and on a second visit nothing but the index', async () => {
		const context = await browser.newContext();
		const first = await visit(context);
		expect(first.requests.filter((r) => /models|wasm|worker/.test(r))).toEqual([]);
		const result = await write(first.page);
		expect(result).toMatchObject({ ids: expected(20), notices: [], stats: { backend: 'wasm', threads: 1 } });
		expect(result.phases.at(-1)).toBe('start');
		expect(result.phases).not.toContain('more than all');
		expect(first.requests.filter((r) => r.endsWith('.wasm'))).toHaveLength(1);
		expect(first.requests.some((r) => /jspi|webgpu|lab/.test(r))).toBe(false);
		await kept(first.page, 6);
		const second = await visit(context);
		expect(await write(second.page)).toMatchObject({ ids: expected(20), stats: { bytesTransferred: 0 } });
		expect(second.requests.filter((r) => /models|wasm/.test(r))).toEqual(['models/index.json']);
		await context.close();
	}, 60_000);

	const model = '**/onnx/model_quantized.onnx';
	const cases: [string, string, (route: Route) => Promise<void>, { code: string; file?: string }][] = [
		['a missing model', model, (r) => r.fulfill({ status: 404 }), { code: 'not-found', file: 'stories260K/onnx/model_quantized.onnx' }],
		['a missing index', '**/index.json', (r) => r.fulfill({ status: 404 }), { code: 'not-found', file: 'models/index.json' }],
		['a missing runtime', '**/*.wasm', (r) => r.fulfill({ status: 404 }), { code: 'not-found', file: 'ort-wasm-simd-threaded.wasm' }],
		['a cut model', model, (r) => r.fulfill({ body: Buffer.alloc(1000) }), { code: 'cut-short' }],
		['a cut runtime', '**/*.wasm', (r) => r.fulfill({ body: wasmHead(), contentType: 'application/wasm' }), { code: 'cut-short' }],
		['a damaged model', model, damaged, { code: 'wrong-hash' }],
		['a refused connection', model, (r) => r.abort('connectionrefused'), { code: 'network' }],
		['a broken server', '**/tokenizer.json', (r) => r.fulfill({ status: 500 }), { code: 'network', file: 'stories260K/tokenizer.json' }]
	];
	it.each(cases)(
		'names %s and opens at the next try',
		async (_, pattern, fault, told) => {
			const context = await browser.newContext();
			const { page } = await visit(context);
			await context.route(pattern, fault);
			expect(await write(page)).toMatchObject(told);
			await context.unrouteAll();
			expect(await write(page)).toMatchObject({ ids: expected(20) });
			await context.close();
		},
		60_000
	);

	it('says offline, and opens when the network is back', async () => {
		const context = await browser.newContext();
		const { page } = await visit(context);
		await context.setOffline(true);
		expect(await write(page)).toMatchObject({ code: 'offline' });
		await context.setOffline(false);
		// The script is kept by the browser, the model is not.
		await context.route(/wasm|models/, (route) => route.abort('internetdisconnected'));
		expect(await write(page)).toMatchObject({ code: 'network' });
		await context.unrouteAll();
		expect(await write(page)).toMatchObject({ ids: expected(20) });
		await context.close();
	}, 60_000);

	it('can be cancelled while it comes slowly', async () => {
		const context = await browser.newContext();
		const { page } = await visit(context);
		await context.route(model, () => undefined); // never answers
		expect(await write(page, { cancelAt: 1_000_000 })).toMatchObject({ code: 'cancelled' });
		await context.unrouteAll({ behavior: 'ignoreErrors' });
		expect(await write(page)).toMatchObject({ ids: expected(20) });
		await context.close();
	}, 60_000);

	it('runs where the page is isolated, and without a cache', async () => {
		const context = await browser.newContext();
		const { page } = await visit(context, isolated.url);
		expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
		expect(await write(page)).toMatchObject({ ids: expected(20) });
		await context.close();
	}, 60_000);

	it('runs on WebGPU when asked, goes on with WASM when the device is lost in the middle, and keeps to WASM on a software adapter', async () => {
		const context = await browser.newContext();
		const { page } = await visit(context);
		expect(await write(page, { backend: 'auto', tokens: 5 })).toMatchObject({ ids: expected(5), stats: { backend: 'wasm' } });
		await page.evaluate(() => Reflect.deleteProperty(globalThis, 'written'));
		const running = write(page, { backend: 'webgpu', tokens: 60 });
		await page.waitForFunction(() => (globalThis as { written?: number }).written! > 4, undefined, { timeout: 60_000 });
		for (const pid of gpuProcesses(server.process().pid!)) process.kill(pid);
		expect(await running).toMatchObject({ ids: expected(60), stats: { backend: 'wasm' }, notices: ['fallback device-lost'] });
		await context.close();
	}, 180_000);
});

function wasmHead(): Buffer {
	return readFileSync(new URL('node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm', root)).subarray(0, 500_000);
}
async function damaged(route: Route): Promise<void> {
	const body = await (await route.fetch()).body();
	body[body.length >> 1] = body[body.length >> 1]! ^ 1;
	await route.fulfill({ body });
}
/** Chromium's GPU processes below one of ours (Linux: /proc). */
function gpuProcesses(ancestor: number): number[] {
	const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
	const read = (pid: string, file: string) => {
		try {
			return readFileSync(`/proc/${pid}/${file}`, 'utf8');
		} catch {
			return '';
		}
	};
	const parent = new Map(all.map((pid) => [Number(pid), Number(read(pid, 'stat').split(') ')[1]?.split(' ')[1] ?? 0)]));
	const below = (pid: number): boolean => pid === ancestor || (pid > 1 && below(parent.get(pid) ?? 0));
	return all.filter((pid) => read(pid, 'cmdline').includes('--type=gpu-process') && below(Number(pid))).map(Number);
}
