import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fetchFile, type Network, type Wanted } from '#kit/runtime/cache.ts';
import { fetchModule } from '#kit/runtime/module.ts';
import { RuntimeError } from '#kit/runtime/protocol.ts';
import { digest, sha256 } from '#kit/runtime/sha256.ts';
import { runtimeBytes } from '#kit/runtime/sizes.ts';
import { openFiles } from '#kit/runtime/source.ts';
import { root } from './models.ts';

const hex = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');
const content = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7) % 251);
const wanted: Wanted = { file: 'toy/weights', url: '/models/toy/weights', bytes: content.length, sha256: hex(content) };

/** The parts of a Cache that are used. */
class FakeCache {
	readonly entries = new Map<string, Uint8Array>();
	full = false;
	match = (key: string) => {
		const data = this.entries.get(key);
		return Promise.resolve(data && new Response(data.slice()));
	};
	put = async (key: string, response: Response) => {
		if (this.full) throw new DOMException('no room', 'QuotaExceededError');
		this.entries.set(key, new Uint8Array(await response.arrayBuffer()));
	};
	delete = (key: string) => Promise.resolve(this.entries.delete(key));
	keys = () => Promise.resolve([...this.entries.keys()].map((url) => ({ url })));
}

type Answer = () => Response | Promise<Response>;
function network(answers: Record<string, Answer>, extra: Partial<Network> = {}) {
	const asked: string[] = [];
	const cache = new FakeCache();
	const net: Network = {
		fetch: (input, init) => {
			const url = input as string;
			asked.push(url);
			if (init?.signal?.aborted) return Promise.reject(new DOMException('stop', 'AbortError'));
			const answer = answers[url];
			return answer ? Promise.resolve(answer()) : Promise.resolve(new Response('no', { status: 404 }));
		},
		caches: { open: () => Promise.resolve(cache as unknown as Cache) },
		subtle: globalThis.crypto.subtle,
		onLine: () => true,
		...extra
	};
	return { net, cache, asked };
}
/** In parts of 1,000 bytes; breaks off with an error after `until` bytes when told so. */
const streamed = (data: Uint8Array, until = Infinity, hang = false): Answer => {
	return () => {
		let at = 0;
		const body = new ReadableStream<Uint8Array>({
			pull(stream) {
				if (at >= until) return hang ? new Promise(() => undefined) : stream.error(new TypeError('network error'));
				if (at >= data.length) return stream.close();
				stream.enqueue(data.slice(at, (at += 1000)));
			}
		});
		return new Response(body);
	};
};
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));
const code = async (work: Promise<unknown>) => {
	const error: unknown = await work.then(
		() => undefined,
		(e: unknown) => e
	);
	expect(error).toBeInstanceOf(RuntimeError);
	return (error as RuntimeError).code;
};

describe('a file over the network', () => {
	it('comes once with progress, and then from the cache', async () => {
		const { net, asked } = network({ [wanted.url]: streamed(content) });
		const told: [number, boolean][] = [];
		const first = await fetchFile(wanted, net, { onBytes: (...x) => told.push(x) });
		expect(first).toEqual({ data: content, cached: false });
		expect(told).toEqual(Array.from({ length: 5 }, () => [1000, false]));
		await settle();
		expect(await fetchFile(wanted, net, { onBytes: (...x) => told.push(x) })).toEqual({ data: content, cached: true });
		expect(told.at(-1)).toEqual([5000, true]);
		expect(asked).toHaveLength(1);
	});

	it('is refused when it is missing, cut, too long, damaged or failing, each by its name', async () => {
		const bad = content.slice();
		bad[17] = bad[17]! + 1;
		const cases: [Answer, string][] = [
			[() => new Response('gone', { status: 404 }), 'not-found'],
			[() => new Response('<html>', { headers: { 'content-type': 'text/html; charset=utf-8' } }), 'not-found'],
			[() => new Response('oops', { status: 503 }), 'network'],
			[() => Promise.reject(new TypeError('Failed to fetch')), 'network'],
			[streamed(content.slice(0, 3000)), 'cut-short'],
			[streamed(content, 2000), 'cut-short'],
			[streamed(bad), 'wrong-hash'],
			[streamed(Uint8Array.from([...content, 1])), 'wrong-hash']
		];
		for (const [answer, expected] of cases) {
			const { net, cache } = network({ [wanted.url]: answer });
			expect(await code(fetchFile(wanted, net))).toBe(expected);
			await settle();
			expect(cache.entries.size).toBe(0);
		}
	});

	it('says offline when the browser is', async () => {
		const fail = () => Promise.reject(new TypeError('Failed to fetch'));
		expect(await code(fetchFile(wanted, network({ [wanted.url]: fail }, { onLine: () => false }).net))).toBe('offline');
	});

	it('can be cancelled while it comes slowly', async () => {
		const abort = new AbortController();
		const { net } = network({});
		net.fetch satisfies typeof fetch;
		const slow: Network = {
			...net,
			fetch: (_, init) => {
				const body = new ReadableStream<Uint8Array>({
					start(stream) {
						stream.enqueue(content.slice(0, 1000));
						init?.signal?.addEventListener('abort', () => stream.error(new DOMException('stop', 'AbortError')));
					}
				});
				return Promise.resolve(new Response(body));
			}
		};
		const work = fetchFile(wanted, slow, { signal: abort.signal });
		setTimeout(() => abort.abort(), 10);
		expect(await code(work)).toBe('cancelled');
	});

	it('is fetched again when its kept copy is damaged, and replaces older versions', async () => {
		const { net, cache, asked } = network({ [wanted.url]: streamed(content) });
		const key = `${wanted.url}?sha256=${wanted.sha256}`;
		cache.entries.set(key, content.slice(1));
		cache.entries.set(`${wanted.url}?sha256=older`, content);
		cache.entries.set('/models/toy/other?sha256=1', content);
		expect((await fetchFile(wanted, net)).cached).toBe(false);
		await settle();
		expect(asked).toHaveLength(1);
		expect(cache.entries.get(key)).toEqual(content);
		expect([...cache.entries.keys()].sort()).toEqual(['/models/toy/other?sha256=1', key].sort());
	});

	it('works without a cache, without room, and without crypto.subtle', async () => {
		for (const extra of [{ caches: undefined }, { caches: { open: () => Promise.reject(new Error('blocked')) } }, { subtle: undefined }]) {
			const { net } = network({ [wanted.url]: streamed(content) }, extra);
			expect((await fetchFile(wanted, net)).data).toEqual(content);
		}
		const told: string[] = [];
		const { net, cache } = network({ [wanted.url]: streamed(content) }, { onStorageFull: (file) => told.push(file) });
		cache.full = true;
		expect((await fetchFile(wanted, net)).data).toEqual(content);
		await settle();
		expect(told).toEqual(['toy/weights']);
	});
});

describe('a module over the network', () => {
	const empty = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
	const file: Wanted = { file: 'runtime.wasm', url: '/assets/runtime-1.wasm', bytes: empty.length };

	it('is compiled while it comes, kept, and compiled from there', async () => {
		const { net, asked } = network({ [file.url]: streamed(empty) });
		expect(await fetchModule(file, net)).toBeInstanceOf(WebAssembly.Module);
		await settle();
		expect(await fetchModule(file, net)).toBeInstanceOf(WebAssembly.Module);
		expect(asked).toHaveLength(1);
	});

	it('is refused when it is cut or damaged, and a damaged copy is fetched again', async () => {
		expect(await code(fetchModule(file, network({ [file.url]: streamed(empty.slice(0, 5)) }).net))).toBe('cut-short');
		const damaged = network({ [file.url]: streamed(Uint8Array.of(0, 97, 115, 109, 9, 0, 0, 0)) });
		expect(await code(fetchModule(file, damaged.net))).toBe('wrong-hash');
		const { net, cache } = network({ [file.url]: streamed(empty) });
		cache.entries.set(`/runtime/${file.file}?asset=${encodeURIComponent(file.url)}`, empty.slice(0, 5));
		expect(await fetchModule(file, net)).toBeInstanceOf(WebAssembly.Module);
	});

	it('has the size that the progress bar and the check count on', () => {
		const dist = (name: string) => new URL(`node_modules/onnxruntime-web/dist/${name}`, root);
		expect(statSync(dist('ort-wasm-simd-threaded.wasm')).size).toBe(runtimeBytes.wasm);
		expect(statSync(dist('ort-wasm-simd-threaded.jspi.wasm')).size).toBe(runtimeBytes.jspi);
	});
});

describe('the files of a model', () => {
	const index = [{ name: 'toy', files: [{ path: 'weights', bytes: content.length, sha256: hex(content) }] }];
	const answers = { '/base/models/index.json': () => Response.json(index), '/base/models/toy/weights': streamed(content) };

	it('are found by name under the base path', async () => {
		const files = await openFiles({ name: 'toy', base: '/base' }, network(answers).net);
		expect(await files.read('weights')).toEqual(content);
		expect([files.has('weights'), files.has('x'), files.size('weights')]).toEqual([true, false, 5000]);
		expect(await code(files.read('x'))).toBe('not-found');
		expect(await code(openFiles({ name: 'other', base: '/base' }, network(answers).net))).toBe('not-found');
		expect(await code(openFiles({ name: 'toy', base: '' }, network(answers).net))).toBe('not-found');
	});

	it('are found without a network when all are kept', async () => {
		const { net, cache } = network(answers);
		await (await openFiles({ name: 'toy', base: '/base' }, net)).read('weights');
		await settle();
		const gone = network({}, { onLine: () => false, fetch: () => Promise.reject(new TypeError('offline')) }).net;
		const offline = { ...gone, caches: { open: () => Promise.resolve(cache as unknown as Cache) } };
		expect(await (await openFiles({ name: 'toy', base: '/base' }, offline)).read('weights')).toEqual(content);
		expect(await code(openFiles({ name: 'toy', base: '/base' }, gone))).toBe('offline');
	});

	it('are found among picked ones, in a folder or flat', async () => {
		const blob = new Blob([content]);
		for (const path of ['my-model/onnx/model.onnx', 'onnx/model.onnx', 'model.onnx']) {
			const files = await openFiles({ files: [{ path, blob }] }, network({}).net);
			expect(await files.read('onnx/model.onnx')).toEqual(content);
			expect(await code(files.read('config.json'))).toBe('not-found');
		}
	});
});

describe('sha256', () => {
	it('equals the platform for every length around the blocks', async () => {
		for (const length of [0, 1, 54, 55, 56, 63, 64, 65, 119, 120, 128, 5000]) {
			const data = content.slice(0, length);
			expect(sha256(data)).toBe(hex(data));
			expect(await digest(data, crypto.subtle)).toBe(hex(data));
			expect(await digest(data, undefined)).toBe(hex(data));
		}
	});
});
