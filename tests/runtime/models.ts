/** The shipped model opened in Node: through the page's own WASM driver and through onnxruntime-node. */
import { readFileSync } from 'node:fs';
import createModule from 'onnxruntime-web/ort-wasm-simd-threaded.mjs';
import * as ort from 'onnxruntime-node';
import { readConfig } from '#kit/runtime/config.ts';
import { Engine, type EngineOptions } from '#kit/runtime/engine.ts';
import { OrtGraph, type Ort } from '#kit/runtime/graph-ort.ts';
import { WasmGraph } from '#kit/runtime/graph-wasm.ts';
import { startOrt, type OrtWasm } from '#kit/runtime/ort-wasm.ts';
import type { OrtFactory } from '#kit/runtime/ort-module.ts';
import { createTokenizer } from '#kit/runtime/tokenizer.ts';
import type { Graph } from '#kit/runtime/graph.ts';
import type { ModelConfig } from '#kit/runtime/protocol.ts';

export const root = new URL('../../', import.meta.url);
export const folder = new URL('static/models/stories260K/', root);
export const bytes = (path: string) => new Uint8Array(readFileSync(new URL(path, folder)));
const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, folder), 'utf8'));

/** Written by notebooks/: a NumPy forward pass of the original weights and sentencepiece on the original tokenizer. */
export interface Reference {
	readonly greedy: { readonly promptIds: number[]; readonly ids: number[]; readonly text: string };
	readonly tokens: readonly { readonly text: string; readonly ids: number[]; readonly decoded: string }[];
	readonly logits: readonly { readonly prompt: string; readonly ids: number[]; readonly last: number[] }[];
}
export const reference = JSON.parse(readFileSync(new URL('notebooks/reference/stories260K.json', root), 'utf8')) as Reference;

export const config: ModelConfig = readConfig(readFileSync(new URL('config.json', folder), 'utf8'), 'stories260K', () => true);
export const tokenizer = createTokenizer(json('tokenizer.json'), json('tokenizer_config.json'), config.vocabulary);

let wasm: Promise<OrtWasm> | undefined;
/** ONNX Runtime's WASM in Node, started once. */
export function ortWasm(): Promise<OrtWasm> {
	return (wasm ??= (async () => {
		const file = new URL('node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm', root);
		return startOrt(createModule as unknown as OrtFactory, await WebAssembly.compile(readFileSync(file)), 1);
	})());
}

export const graphs: Readonly<Record<string, (file: string) => Promise<Graph>>> = {
	wasm: async (file) => new WasmGraph(await ortWasm(), bytes(file), config),
	native: (file) => {
		const session = { intraOpNumThreads: 1, interOpNumThreads: 1 };
		const { vocabulary, contextLength } = config;
		return OrtGraph.create(ort, bytes(file), { backend: 'wasm', vocabulary, contextLength, session });
	}
};
export const nativeOrt = ort as unknown as Ort;

export async function openEngine(name: string, options: Partial<EngineOptions> = {}, file = 'onnx/model.onnx'): Promise<Engine> {
	const { contextLength, eos } = config;
	return new Engine(await graphs[name]!(file), { contextLength, eos, stepwise: true, ...options });
}

/** The largest difference of two lists of the same length. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
	if (a.length !== b.length) return Infinity;
	return Array.from(a).reduce((most, x, i) => Math.max(most, Math.abs(x - b[i]!)), 0);
}
