/**
 * ONNX Runtime's WebAssembly module, driven through the C functions that its own JavaScript calls (onnxruntime-web 1.30, js/web/lib/wasm/wasm-core-impl.ts).
 * Why not that JavaScript: it copies every input into WASM memory and every output out of it, and awaits each tensor by itself. With a
 * memory of keys and values that is most of a small model's step: 0.6 ms there against 0.2 ms here, on the same graph (docs/benchmarks.md).
 * Only this file and its neighbours (ort-module, graph-wasm, lab-wasm) know these functions; tests/runtime/engine.test.ts runs them in Node, so that an upgrade that changes them fails there.
 */
import { RuntimeError } from './protocol.ts';
import { CPU, elementTypes, type OrtFactory, type OrtModule } from './ort-module.ts';
import type { TensorInfo } from './graph.ts';

/**
 * What `basic` leaves out: every pass but the folding of constants. Our graphs are fused when they are exported, and on a first visit the browser
 * compiles the code of each pass for its only run: without them a session starts in two thirds of the time.
 */
const passes = [
	'CastChainElimination',
	'CommonSubexpressionElimination',
	'ConstantSharing',
	'DoubleQDQPairsRemover',
	'EnsureUniqueDQForNodeUnit',
	'FreeDimensionOverrideTransformer',
	'GemmTransposeFusion',
	'Level1_RuleBasedTransformer',
	'MatMulAddFusion',
	'QDQFinalCleanupTransformer',
	'RemoveDuplicateCastTransformer',
	'ReshapeFusion',
	'TransposeOptimizer',
	'WeightBiasQuantization'
];
const lean: readonly (readonly [key: string, value: string])[] = [
	['optimization.disable_specified_optimizers', passes.join(';')],
	['session.disable_quant_qdq', '1'],
	['session.disable_double_qdq_remover', '1'],
	['session.graph_optimizations_loop_level', '0'],
	['session.disable_aot_function_inlining', '1']
];

/** How ONNX Runtime says that it has no code for an operator of the graph. */
const operator = /(?:implementation for|No Op registered for|for operator) (\w+)|(\w+) is not a registered function/;

/** How it says that the graph's weights lie in a file that it was not given. */
const weightsOutside = /external data file "+([^"]+)"/;

/** Starts a compiled module. @throws RuntimeError; what WebAssembly throws, e.g. for want of memory */
export function startOrt(create: OrtFactory, module: WebAssembly.Module, threads: number): Promise<OrtWasm> {
	return new Promise((resolve, reject) => {
		// Emscripten never hears of an instance that cannot be made: that failure is ours to pass on.
		const instantiateWasm = (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void) => {
			void WebAssembly.instantiate(module, imports).then((instance) => done(instance, module), reject);
			return {};
		};
		const started = create({ numThreads: threads, instantiateWasm });
		void started.then((m) => new OrtWasm(m, threads)).then(resolve, reject);
	});
}

export class OrtWasm {
	readonly module: OrtModule;
	readonly threads: number;

	constructor(module: OrtModule, threads: number) {
		this.module = module;
		this.threads = threads;
		if (module._OrtInit(threads, 3) !== 0) this.fail('OrtInit');
	}

	/** @throws RuntimeError with the engine's own words; `out-of-memory` when they speak of it. */
	fail(what: string): never {
		const m = this.module;
		const stack = m.stackSave();
		const at = m.stackAlloc(8);
		m._OrtGetLastError(at, at + 4);
		const detail = `${what}: ${m.UTF8ToString(m.HEAPU32[(at + 4) >> 2]!)}`;
		m.stackRestore(stack);
		const [, implementation, registered] = operator.exec(detail) ?? [];
		const unknown = implementation ?? registered;
		const outside = weightsOutside.exec(detail)?.[1];
		if (outside !== undefined) throw new RuntimeError({ code: 'unsupported', reason: 'weights', what: outside, detail });
		if (unknown !== undefined) throw new RuntimeError({ code: 'unsupported', reason: 'operators', what: unknown, detail });
		throw new RuntimeError({
			code: /bad_alloc|out of memory|failed to allocate|allocation failed/i.test(detail) ? 'out-of-memory' : 'bad-model',
			detail
		});
	}

	/** Memory for `bytes`, to be freed by the caller. */
	allocate(bytes: number): number {
		const pointer = this.module._malloc(Math.max(bytes, 8));
		if (pointer === 0) throw new RuntimeError({ code: 'out-of-memory', detail: `malloc of ${bytes} bytes` });
		return pointer;
	}

	/** A zero-terminated copy. */
	text(text: string): number {
		const bytes = this.module.lengthBytesUTF8(text) + 1;
		const pointer = this.allocate(bytes);
		this.module.stringToUTF8(text, pointer, bytes);
		return pointer;
	}

	/** A tensor over memory at `pointer`, which must outlive it. */
	tensor(type: number, pointer: number, bytes: number, dims: readonly number[]): number {
		const m = this.module;
		const stack = m.stackSave();
		const at = m.stackAlloc(4 * Math.max(dims.length, 1));
		m.HEAP32.set(dims, at >> 2);
		const tensor = m._OrtCreateTensor(type, pointer, bytes, at, dims.length, CPU);
		m.stackRestore(stack);
		return tensor === 0 ? this.fail('OrtCreateTensor') : tensor;
	}

	/** Where a tensor's data lies, and its shape. */
	data(tensor: number): { readonly pointer: number; readonly dims: readonly number[] } {
		const m = this.module;
		const stack = m.stackSave();
		const at = m.stackAlloc(16);
		if (m._OrtGetTensorData(tensor, at, at + 4, at + 8, at + 12) !== 0) this.fail('OrtGetTensorData');
		const [, pointer = 0, dimsAt = 0, rank = 0] = m.HEAPU32.subarray(at >> 2, (at >> 2) + 4);
		const dims = [...m.HEAPU32.subarray(dimsAt >> 2, (dimsAt >> 2) + rank)];
		m._OrtFree(dimsAt);
		m.stackRestore(stack);
		return { pointer, dims };
	}

	floats(pointer: number, count: number): Float32Array {
		return new Float32Array(this.module.HEAPU8.buffer, pointer, count);
	}

	/**
	 * A session and its declarations. `external` are files that the graph's weights lie in, by the name the graph gives them.
	 * @param optimize `basic` folds constants, which is all that our fused graphs want; `all` fuses other people's graphs.
	 */
	session(model: Uint8Array, external: Readonly<Record<string, Uint8Array>> = {}, optimize: 'basic' | 'all' = 'basic'): Session {
		const m = this.module;
		// No arena, no memory pattern (the defaults of onnxruntime-web): shapes grow with every token.
		const options = m._OrtCreateSessionOptions(optimize === 'all' ? 99 : 1, false, false, 0, false, 0, 0, 3, 0, 0);
		if (options === 0) this.fail('OrtCreateSessionOptions');
		if (optimize === 'basic') for (const [key, value] of lean) this.#configure(options, key, value);
		const pointer = this.allocate(model.byteLength);
		try {
			m.HEAPU8.set(model, pointer);
			for (const [path, data] of Object.entries(external)) m.mountExternalData?.(path, data);
			const handle = m._OrtCreateSession(pointer, model.byteLength, options);
			return handle === 0 ? this.fail('OrtCreateSession') : this.#describe(handle);
		} finally {
			m._free(pointer);
			m._OrtReleaseSessionOptions(options);
			m.unmountExternalData?.();
		}
	}

	#configure(options: number, key: string, value: string): void {
		const texts = [this.text(key), this.text(value)] as const;
		const failed = this.module._OrtAddSessionConfigEntry(options, ...texts);
		for (const pointer of texts) this.module._free(pointer);
		if (failed !== 0) this.fail('OrtAddSessionConfigEntry');
	}

	/** One run, synchronous. Outputs whose slot is 0 are made by the run, and are the caller's to release. */
	run({ handle }: Session, inputs: Slots, outputs: Slots): void {
		const failed = this.module._OrtRun(handle, inputs.names, inputs.values, inputs.count, outputs.names, outputs.count, outputs.values, 0);
		if (failed !== 0) this.fail('OrtRun');
	}

	#describe(handle: number): Session {
		const m = this.module;
		const stack = m.stackSave();
		const at = m.stackAlloc(8);
		if (m._OrtGetInputOutputCount(handle, at, at + 4) !== 0) this.fail('OrtGetInputOutputCount');
		const [inputs = 0, outputs = 0] = m.HEAPU32.subarray(at >> 2, (at >> 2) + 2);
		const all = Array.from({ length: inputs + outputs }, (_, index) => this.#info(handle, index, at));
		m.stackRestore(stack);
		return { handle, inputs: all.slice(0, inputs), outputs: all.slice(inputs) };
	}

	#info(handle: number, index: number, at: number): TensorInfo {
		const m = this.module;
		if (m._OrtGetInputOutputMetadata(handle, index, at, at + 4) !== 0) this.fail('OrtGetInputOutputMetadata');
		const [nameAt = 0, metaAt = 0] = m.HEAPU32.subarray(at >> 2, (at >> 2) + 2);
		const meta = m.HEAPU32.subarray(metaAt >> 2);
		const [type = 0, rank = 0] = meta;
		// Behind type and rank: `rank` pointers to names (0 where the size is fixed), then `rank` sizes.
		const dims = Array.from({ length: rank }, (_, i) => (meta[2 + i] ? m.UTF8ToString(meta[2 + i]!) : meta[2 + rank + i]!));
		const name = m.UTF8ToString(nameAt);
		m._OrtFree(metaAt);
		m._OrtFree(nameAt);
		return { name, type: elementTypes[type] ?? `type ${type}`, dims };
	}
}

export interface Session {
	readonly handle: number;
	readonly inputs: readonly TensorInfo[];
	readonly outputs: readonly TensorInfo[];
}

/** Names and values of one side of a run, as the arrays of pointers that OrtRun wants; `set` puts a tensor in a slot. */
export class Slots {
	readonly names: number;
	readonly values: number;
	readonly count: number;
	readonly #ort: OrtWasm;
	readonly #texts: readonly number[];

	constructor(ort: OrtWasm, names: readonly string[]) {
		this.#ort = ort;
		this.count = names.length;
		this.names = ort.allocate(4 * names.length);
		this.values = ort.allocate(4 * names.length);
		this.#texts = names.map((name) => ort.text(name));
		ort.module.HEAPU32.set(this.#texts, this.names >> 2);
	}
	set(slot: number, tensor: number): void {
		this.#ort.module.HEAPU32[(this.values >> 2) + slot] = tensor;
	}
	get(slot: number): number {
		return this.#ort.module.HEAPU32[(this.values >> 2) + slot]!;
	}
	free(): void {
		for (const pointer of [this.names, this.values, ...this.#texts]) this.#ort.module._free(pointer);
	}
}
