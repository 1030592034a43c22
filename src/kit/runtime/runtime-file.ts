/**
 * ONNX Runtime's WASM build as a file of our own origin. The page asks for it while its worker still starts, and compiles it on the way: what
 * is most of a cold start then runs beside the rest of it.
 */
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { browserNetwork, type Wanted } from './cache.ts';
import { requireWasm, toFault } from './detect.ts';
import { fetchModule } from './module.ts';
import type { Fault, Request } from './protocol.ts';
import { runtimeBytes } from './sizes.ts';

export const runtimeFile: Wanted = { file: 'ort-wasm-simd-threaded.wasm', url: wasmUrl, bytes: runtimeBytes.wasm };

export interface Sending {
	readonly post: (message: Extract<Request, { op: 'bytes' | 'runtime' }>) => void;
	readonly signal: AbortSignal;
	/** When the model writes: what is for the next visit waits for it. */
	readonly opened: Promise<void>;
	readonly onStorageFull: (fault: Fault) => void;
}

/** Downloads (or takes from the cache) and compiles the runtime for a worker; a failure is posted too. */
export async function sendRuntime({ post, signal, opened, onStorageFull }: Sending): Promise<void> {
	const network = browserNetwork(
		(file) => onStorageFull({ code: 'storage-full', file }),
		(work) => void opened.then(() => setTimeout(work, 300))
	);
	try {
		requireWasm(globalThis.WebAssembly);
		const module = await fetchModule(runtimeFile, network, { signal, onBytes: (bytes, cached) => post({ op: 'bytes', bytes, cached }) });
		if (!signal.aborted) post({ op: 'runtime', module });
	} catch (error) {
		if (!signal.aborted) post({ op: 'runtime', fault: toFault(error) });
	}
}
