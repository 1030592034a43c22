/**
 * Files over the network, once: fetched with progress, checked, and kept by hash. Where the browser offers no cache (plain http, some private
 * windows) everything works but the keeping.
 */
import { RuntimeError } from './protocol.ts';
import { digest } from './sha256.ts';

export interface Wanted {
	/** How messages call the file. */
	readonly file: string;
	readonly url: string;
	readonly bytes: number;
	/** Absent: the address itself names the content (a hashed build asset), only the size is checked. */
	readonly sha256?: string;
}
/** What of the browser is used; tests pass their own. */
export interface Network {
	readonly fetch: typeof fetch;
	readonly caches?: Pick<CacheStorage, 'open'> | undefined;
	readonly subtle?: SubtleCrypto | undefined;
	readonly onLine: () => boolean;
	/** When to do what is for the next visit; default at once. The worker puts it off until the model writes: 14 MB are work. */
	readonly later?: (work: () => void) => void;
	/** The cache refused to keep a file; called at most once a file. */
	readonly onStorageFull?: (file: string) => void;
}
export interface Listen {
	readonly signal?: AbortSignal;
	/** Told the bytes that came since the last call. */
	readonly onBytes?: (bytes: number, cached: boolean) => void;
}
export interface Fetched {
	readonly data: Uint8Array<ArrayBuffer>;
	readonly cached: boolean;
}

const shelf = 'llm-unrolled-models-1';

/** What the types promise is not always there: neither hashing nor caching on plain http. */
interface Given {
	readonly caches?: CacheStorage;
	readonly crypto?: { readonly subtle?: SubtleCrypto };
	readonly navigator?: { readonly onLine?: boolean };
}

/** The browser's own, as far as it has them. */
export function browserNetwork(onStorageFull?: (file: string) => void, later?: (work: () => void) => void): Network {
	const given = globalThis as Given;
	return {
		fetch: (input, init) => fetch(input, init),
		caches: given.caches,
		subtle: given.crypto?.subtle,
		onLine: () => given.navigator?.onLine ?? true,
		...(later && { later }),
		...(onStorageFull && { onStorageFull })
	};
}

/** Path and version: versions of the same path replace each other. A build asset has its version in its address. */
export function keyOf({ file, url, sha256 }: Wanted): string {
	return sha256 === undefined ? `/runtime/${file}?asset=${encodeURIComponent(url)}` : `${url}?sha256=${sha256}`;
}

/** Opening can throw (private windows, blocked storage): then there is no cache. */
export async function openShelf(network: Network): Promise<Cache | undefined> {
	return network.caches?.open(shelf).catch(() => undefined);
}

/**
 * A file from the cache or the network, whole and checked.
 * @throws RuntimeError `not-found`, `cut-short`, `wrong-hash`, `offline`, `network`, `cancelled`
 */
export async function fetchFile(wanted: Wanted, network: Network, listen: Listen = {}): Promise<Fetched> {
	const cache = await openShelf(network);
	const kept = await cache?.match(keyOf(wanted)).catch(() => undefined);
	if (cache && kept) {
		const data = new Uint8Array(await kept.arrayBuffer());
		if (await isRight(data, wanted, network)) {
			listen.onBytes?.(data.length, true);
			return { data, cached: true };
		}
		await cache.delete(keyOf(wanted));
	}
	const data = await download(wanted, network, listen);
	if (!(await isRight(data, wanted, network))) throw new RuntimeError({ code: 'wrong-hash', file: wanted.file });
	if (cache) keep(cache, wanted, () => Promise.resolve(new Blob([data])), network);
	return { data, cached: false };
}

async function isRight(data: Uint8Array<ArrayBuffer>, { bytes, sha256 }: Wanted, { subtle }: Network): Promise<boolean> {
	return data.length === bytes && (sha256 === undefined || (await digest(data, subtle)) === sha256);
}

/** Not waited for: keeping is for the next visit. */
export function keep(cache: Cache, wanted: Wanted, whole: () => Promise<Blob>, network: Network): void {
	const work = () => void put(cache, wanted, whole, network);
	if (network.later) network.later(work);
	else work();
}

/** Puts a file on the shelf and takes older versions of it away. */
async function put(cache: Cache, wanted: Wanted, whole: () => Promise<Blob>, network: Network): Promise<void> {
	const blob = await whole().catch(() => undefined);
	if (blob?.size !== wanted.bytes) return;
	try {
		const key = keyOf(wanted);
		await cache.put(key, new Response(blob, { headers: { 'content-type': 'application/octet-stream' } }));
		const [path = ''] = key.split('?');
		for (const { url } of await cache.keys()) {
			if (url.split('?')[0]!.endsWith(path) && !url.endsWith(key)) await cache.delete(url);
		}
	} catch {
		network.onStorageFull?.(wanted.file);
	}
}

/** Why a request failed that gave no answer. `received`: whether the answer had begun. */
export function failure(error: unknown, file: string, network: Network, signal: AbortSignal | undefined, received: boolean): RuntimeError {
	if (error instanceof RuntimeError) return error;
	const code = signal?.aborted ? 'cancelled' : !network.onLine() ? 'offline' : received ? 'cut-short' : 'network';
	return new RuntimeError({ code, file, detail: String(error) }, { cause: error });
}

/** The answer to a request, refused when it is none. A host that answers every address with a page (200, text/html) has not the file either. */
export async function request(
	url: string,
	file: string,
	network: Network,
	signal?: AbortSignal,
	init: RequestInit = {}
): Promise<Response> {
	let response: Response;
	try {
		response = await network.fetch(url, { ...init, ...(signal && { signal }) });
	} catch (error) {
		throw failure(error, file, network, signal, false);
	}
	const page = response.ok && (response.headers.get('content-type') ?? '').startsWith('text/html');
	if (response.status === 404 || response.status === 410 || page) throw new RuntimeError({ code: 'not-found', file, detail: url });
	if (!response.ok) throw new RuntimeError({ code: 'network', file, detail: `${response.status} ${response.statusText}` });
	return response;
}

/** What is kept here need not lie in the browser's HTTP cache as well. */
export const fresh = (network: Network): RequestInit => (network.caches ? { cache: 'no-store' } : {});

/** The bytes of a file, when all of them have come. */
async function download({ file, url, bytes }: Wanted, network: Network, { signal, onBytes }: Listen): Promise<Uint8Array<ArrayBuffer>> {
	const reader = (await request(url, file, network, signal, fresh(network))).body!.getReader();
	const data = new Uint8Array(bytes);
	let at = 0;
	try {
		for (let part = await reader.read(); !part.done; part = await reader.read()) {
			const end = at + part.value.length;
			if (end > bytes) throw new RuntimeError({ code: 'wrong-hash', file, detail: `more than the ${bytes} bytes of the index` });
			data.set(part.value, at);
			onBytes?.(part.value.length, false);
			at = end;
		}
		if (at < bytes) throw new RuntimeError({ code: 'cut-short', file, detail: `${at} of ${bytes} bytes` });
		return data;
	} catch (error) {
		void reader.cancel().catch(() => undefined);
		throw failure(error, file, network, signal, true);
	}
}
