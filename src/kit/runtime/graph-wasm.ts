/** The decoding graph on ONNX Runtime's WASM: keys and values never leave its memory, one step allocates two small tensors. */
import { otherVocabulary, readShape, type Graph, type GraphShape, type Kv } from './graph.ts';
import { FLOAT, INT64 } from './ort-module.ts';
import { Slots, type OrtWasm, type Session } from './ort-wasm.ts';
import { RuntimeError } from './protocol.ts';

/** `tensors` (2 x layers) are handles of ONNX Runtime, (1, kvHeads, length, headDim) each; `memory` is what they lie in when it is ours. */
interface WasmKv extends Kv {
	readonly tensors: readonly number[];
	readonly memory: readonly number[];
}

export interface WasmGraphOptions {
	readonly vocabulary: number;
	/** The longest text, in tokens. */
	readonly contextLength: number;
	readonly external?: Readonly<Record<string, Uint8Array>>;
	readonly optimize?: 'basic' | 'all';
}

export class WasmGraph implements Graph {
	readonly backend = 'wasm';
	readonly threads: number;
	readonly shape: GraphShape;
	readonly #ort: OrtWasm;
	readonly #session: Session;
	readonly #inputs: Slots;
	readonly #outputs: Slots;
	readonly #context: number;
	/** Slots of the plain inputs, -1 where the graph has none. */
	readonly #slot: { readonly ids: number; readonly mask: number; readonly positions: number };
	readonly #at: { readonly ids: number; readonly mask: number; readonly positions: number; readonly logits: number; readonly keep: number };
	readonly #one: { readonly ids: number; readonly logits: number };
	readonly #empty: WasmKv;
	readonly #kept: number[] = [];

	/** @throws RuntimeError `unsupported` when the graph is not laid out as contract.md says; as OrtWasm.session. */
	constructor(ort: OrtWasm, model: Uint8Array, { vocabulary, contextLength: context, external, optimize }: WasmGraphOptions) {
		this.#ort = ort;
		this.threads = ort.threads;
		this.#context = context;
		this.#session = ort.session(model, external, optimize);
		const shape = readShape(this.#session.inputs, this.#session.outputs, vocabulary);
		if ('reason' in shape) {
			ort.module._OrtReleaseSession(this.#session.handle);
			throw new RuntimeError(shape);
		}
		this.shape = shape;
		const plain = this.#session.inputs.map((i) => i.name).filter((name) => !shape.past.includes(name));
		this.#inputs = new Slots(ort, [...shape.past, ...plain]);
		this.#outputs = new Slots(ort, [...shape.present, 'logits']);
		const slot = (name: string) => (plain.includes(name) ? shape.past.length + plain.indexOf(name) : -1);
		this.#slot = { ids: slot('input_ids'), mask: slot('attention_mask'), positions: slot('position_ids') };

		const longs = () => ort.allocate(8 * context);
		this.#at = { ids: longs(), mask: longs(), positions: longs(), logits: ort.allocate(4 * vocabulary), keep: ort.allocate(8) };
		for (let i = 0; i < context; i++) {
			this.#long(this.#at.mask, i, 1);
			this.#long(this.#at.positions, i, i);
		}
		this.#long(this.#at.keep, 0, 1);
		// What every single step needs again is made once.
		this.#one = {
			ids: ort.tensor(INT64, this.#at.ids, 8, [1, 1]),
			logits: ort.tensor(FLOAT, this.#at.logits, 4 * vocabulary, [1, 1, vocabulary])
		};
		this.#kept.push(this.#one.ids, this.#one.logits);
		const keep = slot('num_logits_to_keep');
		if (keep >= 0) {
			const tensor = ort.tensor(INT64, this.#at.keep, 8, []);
			this.#kept.push(tensor);
			this.#inputs.set(keep, tensor);
		}
		this.#empty = this.#memory(0);
	}

	run(ids: readonly number[], past: Kv | null, into: Float32Array): Promise<Kv> {
		// ONNX Runtime's call is synchronous; only the shape of the interface is not.
		return new Promise((resolve) => resolve(this.#run(ids, (past as WasmKv | null) ?? this.#empty, into)));
	}

	#run(ids: readonly number[], past: WasmKv, into: Float32Array): WasmKv {
		const ort = this.#ort;
		const { count } = this.#outputs;
		const { layers, kvHeads, headDim, vocabulary } = this.shape;
		const n = ids.length;
		const length = past.length + n;
		if (length > this.#context) throw new RuntimeError({ code: 'context-full' });
		for (let i = 0; i < n; i++) this.#long(this.#at.ids, i, ids[i]!);
		for (let i = 0; i < 2 * layers; i++) {
			this.#inputs.set(i, past.tensors[i]!);
			this.#outputs.set(i, 0);
		}
		const single = n === 1;
		const made: number[] = [];
		const put = (slot: number, pointer: number, size: number) => {
			if (slot < 0) return;
			const tensor = ort.tensor(INT64, pointer, 8 * size, [1, size]);
			made.push(tensor);
			this.#inputs.set(slot, tensor);
		};
		put(this.#slot.mask, this.#at.mask, length);
		put(this.#slot.positions, this.#at.positions + 8 * past.length, n);
		if (single) this.#inputs.set(this.#slot.ids, this.#one.ids);
		else put(this.#slot.ids, this.#at.ids, n);
		this.#outputs.set(count - 1, single ? this.#one.logits : 0);

		try {
			ort.run(this.#session, this.#inputs, this.#outputs);
		} finally {
			for (const tensor of made) ort.module._OrtReleaseTensor(tensor);
		}

		let logits = this.#at.logits;
		if (!single) {
			const all = this.#outputs.get(count - 1);
			const { pointer, dims } = ort.data(all);
			if (dims[2] !== vocabulary) throw new RuntimeError(otherVocabulary(dims[2], vocabulary));
			logits = pointer + 4 * vocabulary * (dims[1]! - 1);
			into.set(ort.floats(logits, vocabulary));
			ort.module._OrtReleaseTensor(all);
		} else into.set(ort.floats(logits, vocabulary));
		const tensors = Array.from({ length: 2 * layers }, (_, i) => this.#outputs.get(i));
		return { length, bytes: 8 * layers * kvHeads * headDim * length, tensors, memory: [] };
	}

	truncate(kv: Kv, length: number): Kv {
		const { kvHeads, headDim } = this.shape;
		const cut = this.#memory(length);
		const row = 4 * headDim;
		(kv as WasmKv).tensors.forEach((tensor, i) => {
			const from = this.#ort.data(tensor).pointer;
			for (let head = 0; head < kvHeads; head++) {
				const start = from + head * kv.length * row;
				this.#ort.module.HEAPU8.copyWithin(cut.memory[i]! + head * length * row, start, start + length * row);
			}
		});
		return cut;
	}

	release(kv: Kv): void {
		const { tensors, memory } = kv as WasmKv;
		for (const tensor of tensors) this.#ort.module._OrtReleaseTensor(tensor);
		for (const pointer of memory) this.#ort.module._free(pointer);
	}

	close(): Promise<void> {
		const { module } = this.#ort;
		this.release(this.#empty);
		for (const tensor of this.#kept) module._OrtReleaseTensor(tensor);
		for (const pointer of Object.values(this.#at)) module._free(pointer);
		this.#inputs.free();
		this.#outputs.free();
		module._OrtReleaseSession(this.#session.handle);
		return Promise.resolve();
	}

	/** Room for `length` positions, contents undefined. */
	#memory(length: number): WasmKv {
		const { layers, kvHeads, headDim } = this.shape;
		const size = 4 * kvHeads * headDim * length;
		const memory = Array.from({ length: 2 * layers }, () => this.#ort.allocate(size));
		const tensors = memory.map((pointer) => this.#ort.tensor(FLOAT, pointer, size, [1, kvHeads, length, headDim]));
		return { length, bytes: size * memory.length, tensors, memory };
	}

	/** An int64 (non-negative, below 2^31) as two words. */
	#long(pointer: number, index: number, value: number): void {
		const at = (pointer >> 2) + 2 * index;
		this.#ort.module.HEAP32[at] = value;
		this.#ort.module.HEAP32[at + 1] = 0;
	}
}
