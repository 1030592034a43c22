/** One opened model inside the worker: its files, its backend, its tokenizer and the tasks that the page asks for. */
import { openShelf, type Network } from './cache.ts';
import { chooseGraph, graphFiles, labFile, readConfig, type ChosenGraph } from './config.ts';
import { findGpu, measure, requireWasm, toFault, type Gpu } from './detect.ts';
import { Engine } from './engine.ts';
import { WasmGraph } from './graph-wasm.ts';
import { openLab } from './lab-wasm.ts';
import { RuntimeError, type Backend, type LabOptions, type LabResult, type ModelConfig, type Notice } from './protocol.ts';
import { createTokenizer, type ModelTokenizer } from './tokenizer.ts';
import { quantizesAsItRuns, type Graph } from './graph.ts';
import type { LabGraph } from './lab.ts';
import type { OrtWasm } from './ort-wasm.ts';
import type { ModelFiles } from './source.ts';

/** Below this size of the graph and its weights a prompt is read token by token (bit for bit the same) and one thread is enough. */
const small = 16 * 2 ** 20;

/** What of the outer world a host needs; the worker gives the browser's. */
export interface Surroundings {
	readonly network: Network;
	readonly now: () => number;
	readonly startWasm: (threads: Promise<number>) => Promise<OrtWasm>;
	readonly openWebGpu: (graph: GraphBytes, config: ModelConfig) => Promise<Graph>;
	readonly gpu: Gpu | undefined;
	readonly isolatedThreads: number;
	readonly onNotice: (notice: Notice) => void;
	/** Bytes that will be read besides the runtime's. */
	readonly onSize?: (bytes: number) => void;
}
export interface GraphBytes {
	readonly model: Uint8Array;
	readonly external: Readonly<Record<string, Uint8Array>>;
}

export class Host {
	readonly config: ModelConfig;
	readonly tokenizer: ModelTokenizer;
	engine!: Engine;
	readonly #files: ModelFiles;
	readonly #around: Surroundings;
	readonly #ort: () => Promise<OrtWasm>;
	#lab: Promise<LabGraph> | undefined;

	private constructor(
		files: ModelFiles,
		config: ModelConfig,
		tokenizer: ModelTokenizer,
		ort: () => Promise<OrtWasm>,
		around: Surroundings
	) {
		this.#files = files;
		this.config = config;
		this.tokenizer = tokenizer;
		this.#ort = ort;
		this.#around = around;
	}

	/** Reads what the model needs while the runtime compiles. @throws RuntimeError: all that can go wrong in open() */
	static async open(backend: Backend | 'auto', openFiles: () => Promise<ModelFiles>, around: Surroundings): Promise<Host> {
		requireWasm(globalThis.WebAssembly);
		let tellThreads: (threads: number) => void = () => undefined;
		const threads = new Promise<number>((resolve) => (tellThreads = resolve));
		let started: Promise<OrtWasm> | undefined;
		const ort = () => (started ??= around.startWasm(threads));
		if (backend !== 'webgpu') void ort().catch(() => undefined);

		const files = await openFiles();
		const chosen = chooseGraph(files);
		if (chosen === undefined) throw new RuntimeError({ code: 'not-found', file: graphFiles[0]! });
		const texts = ['config.json', 'tokenizer.json', 'tokenizer_config.json'].map((p) => files.size(p));
		around.onSize?.(texts.reduce((sum, size) => sum + size, chosen.bytes));
		tellThreads(chosen.bytes > small ? around.isolatedThreads : 1);
		const text = async (p: string) => new TextDecoder().decode(await files.read(p));
		const json = async (p: string): Promise<unknown> => parse(await text(p), p);
		const [config, tokenizer, tokenizerConfig, bytes] = await Promise.all([
			text('config.json').then((t) => readConfig(t, files.name, (p) => files.has(p))),
			json('tokenizer.json'),
			files.has('tokenizer_config.json') ? json('tokenizer_config.json') : {},
			readGraph(files, chosen)
		]);
		const start = config.bos ?? config.eos[0];
		const host = new Host(files, config, createTokenizer(tokenizer, tokenizerConfig, config.vocabulary, start), ort, around);
		const graph = await host.#choose(backend, bytes);
		host.engine = new Engine(graph, {
			contextLength: config.contextLength,
			eos: config.eos,
			stepwise: chosen.bytes <= small || quantizesAsItRuns(bytes.model),
			recover: (error) => host.#fallBack(error, chosen)
		});
		return host;
	}

	/** Attentions and logits of every position under a bias; the laboratory graph is fetched at the first call. */
	async lab(ids: readonly number[], { bias }: LabOptions): Promise<LabResult> {
		const T = ids.length;
		if (!this.config.lab)
			throw new RuntimeError({
				code: 'unsupported',
				file: labFile,
				reason: 'no-lab',
				detail: 'the model comes without a laboratory graph'
			});
		if (T > this.config.contextLength) throw new RuntimeError({ code: 'context-full' });
		if (T === 0 || (bias && bias.length !== T * T)) throw new RuntimeError({ code: 'unsupported', detail: 'a bias has (T, T) numbers' });
		this.#lab ??= this.#openLab();
		// A failed download is tried again by the next call.
		this.#lab.catch(() => (this.#lab = undefined));
		return { ...(await (await this.#lab).run(ids, bias ?? new Float32Array(T * T))), length: T };
	}

	async #openLab(): Promise<LabGraph> {
		const shared = chooseGraph(this.#files)!.path;
		const [ort, model, weights] = await Promise.all([this.#ort(), this.#files.read(labFile), this.#files.read(shared)]);
		return openLab(ort, model, { [shared.split('/').at(-1)!]: weights });
	}

	async #openWasm({ model, external }: GraphBytes): Promise<Graph> {
		const { vocabulary, contextLength } = this.config;
		const weights = Object.values(external).reduce((sum, data) => sum + data.length, model.length);
		const optimize = weights <= small ? 'basic' : 'all';
		return new WasmGraph(await this.#ort(), model, { vocabulary, contextLength, external, optimize });
	}

	async #choose(wish: Backend | 'auto', bytes: GraphBytes): Promise<Graph> {
		if (wish === 'wasm') return this.#openWasm(bytes);
		const fault = await findGpu(this.#around.gpu, WebAssembly, wish === 'webgpu');
		if (fault) {
			if (wish === 'webgpu') this.#around.onNotice({ kind: 'fallback', fault });
			return this.#openWasm(bytes);
		}
		const openGpu = () => this.#around.openWebGpu(bytes, this.config);
		if (wish === 'webgpu') return openGpu().catch((error: unknown) => this.#without(error, bytes));
		const key = `/backend?model=${this.#files.hash ?? ''}`;
		const shelf = this.#files.hash === null ? undefined : await openShelf(this.#around.network);
		const known = await (await shelf?.match(key))?.text();
		if (known === 'webgpu') return openGpu().catch((error: unknown) => this.#without(error, bytes));
		const wasm = await this.#openWasm(bytes);
		if (known === 'wasm') return wasm;
		return this.#compare(wasm, openGpu, (winner) => void shelf?.put(key, new Response(winner)).catch(() => undefined));
	}

	/** Measures both backends and closes the slower one. A GPU that fails has lost. */
	async #compare(wasm: Graph, openGpu: () => Promise<Graph>, remember: (winner: Backend) => void): Promise<Graph> {
		const { now, onNotice } = this.#around;
		const speed = await measure(wasm, now);
		try {
			const gpu = await openGpu();
			const gpuSpeed = await measure(gpu, now);
			const [winner, loser] = gpuSpeed > speed ? [gpu, wasm] : [wasm, gpu];
			remember(winner.backend);
			onNotice({ kind: 'measured', speeds: { wasm: speed, webgpu: gpuSpeed } });
			await loser.close();
			return winner;
		} catch (error) {
			remember('wasm');
			onNotice({ kind: 'measured', speeds: { wasm: speed }, fault: toFault(error, 'webgpu') });
			return wasm;
		}
	}

	#without(error: unknown, bytes: GraphBytes): Promise<Graph> {
		this.#around.onNotice({ kind: 'fallback', fault: toFault(error, 'webgpu') });
		return this.#openWasm(bytes);
	}

	/** The graph failed in the middle: WASM goes on, unless it is WASM that failed. */
	async #fallBack(error: unknown, chosen: ChosenGraph): Promise<Graph> {
		if (this.engine.graph.backend === 'wasm') throw error;
		return this.#without(error, await readGraph(this.#files, chosen));
	}
}

/** The graph, and the file of its weights where they lie outside. */
async function readGraph(files: ModelFiles, { path, data }: ChosenGraph): Promise<GraphBytes> {
	const [model, weights] = await Promise.all([files.read(path), data === undefined ? undefined : files.read(data)]);
	return { model, external: weights && data !== undefined ? { [data.split('/').at(-1)!]: weights } : {} };
}

function parse(text: string, file: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new RuntimeError({ code: 'bad-model', file, detail: String(error) }, { cause: error });
	}
}
