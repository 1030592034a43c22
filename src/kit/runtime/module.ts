/** A WebAssembly module over the network: compiled while it comes, and kept like every other file. */
import { failure, fresh, keep, keyOf, openShelf, request, type Listen, type Network, type Wanted } from './cache.ts';
import { RuntimeError } from './protocol.ts';

/** How long a file may come without anybody being told of its bytes, in milliseconds: a fast network is through by then. */
const untold = 250;

/**
 * Compiles a .wasm file while it comes in, from the cache or the network; what does not compile is damaged, and is not kept. The engine reads the
 * answer itself: handing it hundreds of pieces from here costs a fifth of the time. A second reading, for progress and keeping, begins later.
 * @throws RuntimeError as fetchFile
 */
export async function fetchModule(wanted: Wanted, network: Network, { signal, onBytes }: Listen = {}): Promise<WebAssembly.Module> {
	const headers = { 'content-type': 'application/wasm' };
	const cache = await openShelf(network);
	const kept = await cache?.match(keyOf(wanted)).catch(() => undefined);
	if (cache && kept) {
		try {
			const module = await WebAssembly.compileStreaming(new Response(kept.body, { headers }));
			onBytes?.(wanted.bytes, true);
			return module;
		} catch {
			await cache.delete(keyOf(wanted));
		}
	}
	const { file, url, bytes } = wanted;
	const response = await request(url, file, network, signal, fresh(network));
	const copy = new Copy(response.clone(), (n) => onBytes?.(n, false));
	const wake = setTimeout(() => copy.read(), untold);
	try {
		const typed = response.headers.get('content-type') === headers['content-type'];
		const module = await WebAssembly.compileStreaming(typed ? response : new Response(response.body, { headers }));
		copy.tellRest(bytes);
		if (cache) keep(cache, wanted, () => copy.whole(), network);
		return module;
	} catch (error) {
		if (!(error instanceof WebAssembly.CompileError)) throw failure(error, file, network, signal, true);
		const { size } = await copy.whole().catch((e: unknown) => Promise.reject(failure(e, file, network, signal, true)));
		if (size < bytes) throw new RuntimeError({ code: 'cut-short', file, detail: `${size} of ${bytes} bytes` });
		throw new RuntimeError({ code: 'wrong-hash', file, detail: error.message });
	} finally {
		clearTimeout(wake);
	}
}

/** A body that somebody else reads too. */
class Copy {
	readonly #response: Response;
	readonly #onBytes: (bytes: number) => void;
	/** Bytes that were told of. */
	#told = 0;
	#whole: Promise<Blob> | undefined;

	constructor(response: Response, onBytes: (bytes: number) => void) {
		this.#response = response;
		this.#onBytes = onBytes;
	}

	/** Reads it piece by piece and tells of each. */
	read(): void {
		this.#whole ??= this.#pieces();
		this.#whole.catch(() => undefined); // the other reader fails too, and says so
	}

	/** The other reader has them all: `bytes`. */
	tellRest(bytes: number): void {
		this.#tell(bytes - this.#told);
		this.#told = Infinity;
	}

	whole(): Promise<Blob> {
		return (this.#whole ??= this.#response.blob());
	}

	async #pieces(): Promise<Blob> {
		const reader = this.#response.body!.getReader();
		const parts: Uint8Array<ArrayBuffer>[] = [];
		for (let part = await reader.read(); !part.done; part = await reader.read()) {
			parts.push(part.value);
			this.#tell(part.value.length);
		}
		return new Blob(parts);
	}

	#tell(bytes: number): void {
		if (bytes <= 0 || this.#told === Infinity) return;
		this.#told += bytes;
		this.#onBytes(bytes);
	}
}
