/** The same graph through ONNX Runtime's public API: WebGPU in the page (memory stays on the GPU), onnxruntime-node in tests and commands. */
import { otherVocabulary, readShape, type Graph, type GraphShape, type Kv, type PastNames, type TensorInfo } from './graph.ts';
import { labFeeds, type LabGraph } from './lab.ts';
import { RuntimeError, type Backend } from './protocol.ts';

/** The part of `ort.Tensor` and `ort.InferenceSession` that is used: onnxruntime-web, -node and -common all have it. */
export interface OrtTensor {
	readonly data: unknown;
	readonly dims: readonly number[];
	readonly location: string;
	dispose(): void;
}
interface OrtSession {
	readonly inputMetadata: readonly unknown[];
	readonly outputMetadata: readonly unknown[];
	run(feeds: Record<string, unknown>): Promise<Record<string, OrtTensor>>;
	release(): Promise<void>;
}
export interface Ort {
	readonly Tensor: new (type: 'float32' | 'int64', data: Float32Array | BigInt64Array, dims: readonly number[]) => OrtTensor;
	readonly InferenceSession: { create(model: Uint8Array, options: Record<string, unknown>): Promise<unknown> };
}

export interface OrtGraphOptions {
	readonly backend: Backend;
	readonly vocabulary: number;
	readonly contextLength: number;
	/** Rejects when the device is gone: a run that hangs on it is given up. */
	readonly lost?: Promise<never>;
	readonly session?: Readonly<Record<string, unknown>>;
	readonly external?: Readonly<Record<string, Uint8Array>>;
}
interface OrtKv extends Kv {
	readonly tensors: readonly OrtTensor[];
}

async function createSession(
	ort: Ort,
	model: Uint8Array,
	options: Omit<OrtGraphOptions, 'vocabulary' | 'contextLength'>
): Promise<OrtSession> {
	const externalData = Object.entries(options.external ?? {}).map(([path, data]) => ({ path, data }));
	const session = { ...options.session, ...(externalData.length > 0 && { externalData }) };
	return (await ort.InferenceSession.create(model, session)) as OrtSession;
}
const infos = (metadata: readonly unknown[]): TensorInfo[] =>
	(metadata as { name: string; type?: string; shape?: (number | string)[] }[]).map((m) => ({
		name: m.name,
		type: m.type ?? '',
		dims: m.shape ?? []
	}));

export class OrtGraph implements Graph {
	readonly threads = 1;
	readonly backend: Backend;
	readonly shape: GraphShape & PastNames;
	readonly #ort: Ort;
	readonly #session: OrtSession;
	readonly #options: OrtGraphOptions;
	readonly #inputs: ReadonlySet<string>;
	readonly #ones: BigInt64Array;
	readonly #positions: BigInt64Array;

	private constructor(ort: Ort, session: OrtSession, options: OrtGraphOptions, shape: GraphShape & PastNames) {
		this.#ort = ort;
		this.#session = session;
		this.#options = options;
		this.backend = options.backend;
		this.shape = shape;
		this.#inputs = new Set(infos(session.inputMetadata).map((i) => i.name));
		this.#ones = new BigInt64Array(options.contextLength).fill(1n);
		this.#positions = BigInt64Array.from({ length: options.contextLength }, (_, i) => BigInt(i));
	}

	/** @throws RuntimeError `unsupported` when the graph is not laid out as contract.md says; what ONNX Runtime throws. */
	static async create(ort: Ort, model: Uint8Array, options: OrtGraphOptions): Promise<OrtGraph> {
		const session = await createSession(ort, model, options);
		const shape = readShape(infos(session.inputMetadata), infos(session.outputMetadata), options.vocabulary);
		if ('reason' in shape) throw new RuntimeError(shape);
		return new OrtGraph(ort, session, options, shape);
	}

	async run(ids: readonly number[], past: Kv | null, into: Float32Array): Promise<Kv> {
		const { Tensor } = this.#ort;
		const { layers, kvHeads, headDim, vocabulary } = this.shape;
		const before = past?.length ?? 0;
		const length = before + ids.length;
		if (length > this.#options.contextLength) throw new RuntimeError({ code: 'context-full' });
		const feeds: Record<string, OrtTensor> = { input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]) };
		if (this.#inputs.has('attention_mask')) feeds['attention_mask'] = new Tensor('int64', this.#ones.slice(0, length), [1, length]);
		if (this.#inputs.has('position_ids'))
			feeds['position_ids'] = new Tensor('int64', this.#positions.slice(before, length), [1, ids.length]);
		if (this.#inputs.has('num_logits_to_keep')) feeds['num_logits_to_keep'] = new Tensor('int64', BigInt64Array.of(1n), []);
		this.shape.past.forEach((name, i) => {
			feeds[name] = (past as OrtKv | null)?.tensors[i] ?? new Tensor('float32', new Float32Array(0), [1, kvHeads, 0, headDim]);
		});
		const work = this.#session.run(feeds);
		const outputs = await (this.#options.lost ? Promise.race([work, this.#options.lost]) : work);
		const logits = outputs['logits']!;
		if (logits.dims[2] !== vocabulary) throw new RuntimeError(otherVocabulary(logits.dims[2], vocabulary));
		into.set((logits.data as Float32Array).subarray(-vocabulary));
		logits.dispose();
		return { length, bytes: 8 * layers * kvHeads * headDim * length, tensors: this.shape.present.map((name) => outputs[name]!) } as OrtKv;
	}

	truncate(kv: Kv, length: number): Kv | null {
		const { tensors } = kv as OrtKv;
		if (tensors.some((tensor) => tensor.location !== 'cpu')) return null;
		const { layers, kvHeads, headDim } = this.shape;
		const cut = tensors.map((tensor) => {
			const data = new Float32Array(kvHeads * length * headDim);
			for (let head = 0; head < kvHeads; head++) {
				const from = head * kv.length * headDim;
				data.set((tensor.data as Float32Array).subarray(from, from + length * headDim), head * length * headDim);
			}
			return new this.#ort.Tensor('float32', data, [1, kvHeads, length, headDim]);
		});
		return { length, bytes: 8 * layers * kvHeads * headDim * length, tensors: cut } as OrtKv;
	}

	release(kv: Kv): void {
		for (const tensor of (kv as OrtKv).tensors) tensor.dispose();
	}

	close(): Promise<void> {
		return this.#session.release();
	}
}

/** The laboratory graph through the public API. */
export async function createLab(
	ort: Ort,
	model: Uint8Array,
	external: Readonly<Record<string, Uint8Array>>,
	options = {}
): Promise<LabGraph> {
	const session = await createSession(ort, model, { backend: 'wasm', external, session: options });
	const inputs = infos(session.inputMetadata);
	return {
		async run(ids, bias) {
			const feeds: Record<string, OrtTensor> = {};
			for (const feed of labFeeds(inputs, ids, bias)) feeds[feed.name] = new ort.Tensor(feed.type, feed.data, feed.dims);
			const outputs = await session.run(feeds);
			const layers = Object.keys(outputs).filter((name) => name.startsWith('attentions.')).length;
			const attentions = Array.from({ length: layers }, (_, i) => outputs[`attentions.${i}`]!.data as Float32Array);
			return { attentions, logits: outputs['logits']!.data as Float32Array };
		},
		close: () => session.release()
	};
}
