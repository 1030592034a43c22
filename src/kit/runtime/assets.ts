/**
 * ONNX Runtime as the worker gets it, from our own origin. With runtime-file.ts and webgpu.ts, which it loads on demand, the only importer of
 * onnxruntime-web. The build makes one hashed file of each .wasm that is named; the glue is part of the worker's script.
 */
import createModule from 'onnxruntime-web/ort-wasm-simd-threaded.mjs';
import { fetchFile, type Listen, type Network } from './cache.ts';
import { fetchModule } from './module.ts';
import { OrtGraph } from './graph-ort.ts';
import { startOrt, type OrtWasm } from './ort-wasm.ts';
import type { OrtFactory } from './ort-module.ts';
import { RuntimeError, type ModelConfig } from './protocol.ts';
import { runtimeFile } from './runtime-file.ts';
import { runtimeBytes } from './sizes.ts';
import type { GraphBytes } from './host.ts';

/** Downloads (or takes from the cache) and compiles the WASM runtime. @throws RuntimeError as fetchFile */
export const fetchRuntime = (network: Network, listeners: Listen): Promise<WebAssembly.Module> =>
	fetchModule(runtimeFile, network, listeners);

/** Starts the WASM runtime. @throws RuntimeError `out-of-memory`, `unknown` */
export async function startWasm(module: Promise<WebAssembly.Module>, threads: Promise<number>): Promise<OrtWasm> {
	return startOrt(createModule as unknown as OrtFactory, await module, await threads);
}

/** Downloads the WebGPU build and opens the graph with it. @throws RuntimeError as fetchFile; what ONNX Runtime throws when the device cannot run it */
export async function openWebGpu(bytes: GraphBytes, config: ModelConfig, network: Network, listeners: Listen): Promise<OrtGraph> {
	const { env, InferenceSession, Tensor, wasmUrl: url } = await import('./webgpu.ts');
	const file = 'ort-wasm-simd-threaded.jspi.wasm';
	const { data } = await fetchFile({ file, url, bytes: runtimeBytes.jspi }, network, listeners);
	env.wasm.wasmBinary = data.buffer;
	env.wasm.numThreads = 1;
	env.logLevel = 'error';
	let give: (error: RuntimeError) => void = () => undefined;
	const lost = new Promise<never>((_, reject) => (give = reject));
	lost.catch(() => undefined); // heard by whoever runs at that moment
	// Keys and values stay where they are computed; only the logits come back.
	const present = Array.from({ length: config.layers }, (_, i) => [`present.${i}.key`, `present.${i}.value`]).flat();
	const preferredOutputLocation = Object.fromEntries(present.map((name) => [name, 'gpu-buffer']));
	const { vocabulary, contextLength } = config;
	const options = { backend: 'webgpu', vocabulary, contextLength, lost, external: bytes.external } as const;
	const session = { executionProviders: ['webgpu'], preferredOutputLocation, logSeverityLevel: 3 };
	const graph = await OrtGraph.create({ InferenceSession, Tensor }, bytes.model, { ...options, session });
	const device = (await env.webgpu.device) as unknown as { readonly lost?: Promise<{ readonly message: string }> } | undefined;
	void device?.lost?.then(({ message }) => give(new RuntimeError({ code: 'device-lost', detail: message })));
	return graph;
}
