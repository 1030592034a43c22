/** What this browser can run, and why something failed. Every dependency is an argument, so that tests can take it away. */
import { RuntimeError, type Backend, type Fault } from './protocol.ts';
import type { Graph, Kv } from './graph.ts';

/** A module with one SIMD instruction (i8x16.popcnt of a splat): it validates where SIMD is there. */
const simdModule = Uint8Array.of(
	...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11]
);

/** @throws RuntimeError `no-wasm` or `no-simd`. */
export function requireWasm(wasm: { readonly validate: (bytes: Uint8Array<ArrayBuffer>) => boolean } | undefined): void {
	if (!wasm) throw new RuntimeError({ code: 'no-wasm' });
	if (!wasm.validate(simdModule)) throw new RuntimeError({ code: 'no-simd' });
}

export interface Gpu {
	requestAdapter(): Promise<{ readonly info?: { readonly isFallbackAdapter?: boolean } } | null>;
}

/**
 * Whether WebGPU can be used: an adapter answers, and WebAssembly can wait for it (JSPI; the build that does without is too large for some hosts).
 * @param software whether an adapter that computes on the CPU counts
 */
export async function findGpu(gpu: Gpu | undefined, wasm: object, software: boolean): Promise<Fault | null> {
	if (!gpu) return { code: 'no-gpu', detail: 'the browser has no WebGPU' };
	if (!('Suspending' in wasm)) return { code: 'no-gpu', detail: 'WebAssembly here cannot wait (no JSPI)' };
	const adapter = await gpu.requestAdapter().catch(() => null);
	if (!adapter) return { code: 'no-gpu', detail: 'no adapter answers' };
	return !software && adapter.info?.isFallbackAdapter ? { code: 'no-gpu', detail: 'only a software adapter' } : null;
}

/** Any thrown thing as a fault of the protocol. */
export function toFault(error: unknown, backend?: Backend): Fault {
	if (error instanceof RuntimeError) {
		const { code, file, detail, reason, what } = error;
		return {
			code,
			...(file !== undefined && { file }),
			...(detail !== undefined && { detail }),
			...(reason !== undefined && { reason }),
			...(what !== undefined && { what })
		};
	}
	const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
	if (/out of memory|bad_alloc|allocation failed|could not allocate|cannot enlarge|OOM/i.test(detail))
		return { code: 'out-of-memory', detail };
	if (backend === 'webgpu') return { code: 'device-lost', detail };
	return { code: 'unknown', detail };
}

/** Tokens per second of single steps, after some that are not counted (compiling, warming up). */
export async function measure(graph: Graph, now: () => number, steps = 16, warm = 8): Promise<number> {
	const logits = new Float32Array(graph.shape.vocabulary);
	let kv: Kv | null = null;
	let start = now();
	for (let i = 0; i < warm + steps; i++) {
		if (i === warm) start = now();
		const next: Kv = await graph.run([1], kv, logits);
		if (kv) graph.release(kv);
		kv = next;
	}
	const seconds = (now() - start) / 1000;
	if (kv) graph.release(kv);
	return steps / seconds;
}
