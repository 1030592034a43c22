/**
 * The language model as the page sees it: a promise for everything, nothing loaded before open(), and no engine code in the page's first script
 * (the worker, its engine and its tokenizer come as files of their own).
 */
import { nameWith } from './first-request.ts';
import {
	RuntimeError,
	type Backend,
	type Fault,
	type GeneratedToken,
	type GenerateRequest,
	type GenerateResult,
	type LabOptions,
	type LabResult,
	type Loaded,
	type ModelConfig,
	type Notice,
	type PickedFile,
	type Progress,
	type Reply,
	type Request,
	type Stats,
	type Task,
	type TokenBatch,
	type TokenText
} from './protocol.ts';
import { Queue } from './queue.ts';
import { sendRuntime } from './runtime-file.ts';

/** The part of Worker that is used; tests in Node pass a fake. */
export type WorkerLike = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

export interface OpenOptions {
	/** `auto` measures WebGPU once where it exists and keeps the faster one; default `wasm`. */
	readonly backend?: Backend | 'auto';
	/** The site's base path, without the last slash, e.g. `/llm-unrolled`; default: the origin's root. */
	readonly base?: string;
	readonly onProgress?: (progress: Progress) => void;
	/** Backend changes and other news at any time of the model's life. */
	readonly onNotice?: (notice: Notice) => void;
	readonly signal?: AbortSignal;
	readonly createWorker?: () => WorkerLike;
}
export interface RunOptions {
	readonly signal?: AbortSignal;
}

interface Pending {
	readonly resolve: (value: unknown) => void;
	readonly reject: (error: RuntimeError) => void;
	readonly onProgress?: ((progress: Progress) => void) | undefined;
	readonly onBatch?: ((batch: TokenBatch) => void) | undefined;
}
type Asked = Extract<Request, { op: 'load' | 'run' }>;

const startWorker = (name: string): WorkerLike => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name });

export class LanguageModel {
	readonly #worker: WorkerLike;
	readonly #queue = new Queue();
	readonly #pending = new Map<number, Pending>();
	readonly #onNotice: ((notice: Notice) => void) | undefined;
	/** What the page itself downloads ends with the model. */
	readonly #ended = new AbortController();
	#lastId = 1;
	#stats: Stats | null = null;
	#loaded: Loaded | null = null;

	private constructor(worker: WorkerLike, onNotice: OpenOptions['onNotice']) {
		this.#onNotice = onNotice;
		this.#worker = worker;
		this.#worker.onmessage = (event: MessageEvent) => this.#receive(event.data as Reply);
		this.#worker.onerror = (event: ErrorEvent | Event) => this.#end(new RuntimeError(crash(event)));
	}

	/**
	 * Downloads (or takes from the cache), checks and starts a model.
	 * @param source a name of `models/index.json`, or files that the reader picked (same layout).
	 * @throws RuntimeError with any code but `device-lost`, `context-full`, `storage-full`; opening again is the retry.
	 */
	static async open(source: string | readonly PickedFile[], options: OpenOptions = {}): Promise<LanguageModel> {
		const from = typeof source === 'string' ? { name: source, base: options.base ?? '' } : { files: source };
		const backend = options.backend ?? 'wasm';
		const sends = options.createWorker === undefined && backend !== 'webgpu';
		const request: Asked = { op: 'load', id: 1, source: from, backend, ...(sends && { runtime: 'follows' as const }) };
		const named = options.createWorker === undefined && 'name' in from;
		const worker = options.createWorker?.() ?? startWorker(named ? nameWith(request) : 'language-model');
		const model = new LanguageModel(worker, options.onNotice);
		// Compiling cannot be stopped, a worker can: an abort does not wait for an answer.
		const stop = () => model.close();
		options.signal?.addEventListener('abort', stop, { once: true });
		try {
			const loaded = model.#queue.add((signal) => model.#ask(request, signal, options, named), options.signal);
			if (sends) model.#sendRuntime(loaded);
			model.#loaded = (await loaded) as Loaded;
			return model;
		} catch (error) {
			model.close();
			throw error;
		} finally {
			options.signal?.removeEventListener('abort', stop);
		}
	}

	get config(): ModelConfig {
		return this.#loaded!.config;
	}
	/** How each token is shown, by id. */
	get tokens(): readonly TokenText[] {
		return this.#loaded!.tokens;
	}
	get stats(): Stats {
		return this.#stats!;
	}

	/** Token ids of a text; `bos` puts the model's own beginning first (default true). */
	encode(text: string, { bos = true, signal }: RunOptions & { bos?: boolean } = {}): Promise<number[]> {
		return this.#run({ kind: 'encode', text, bos }, signal);
	}
	decode(ids: readonly number[], { signal }: RunOptions = {}): Promise<string> {
		return this.#run({ kind: 'decode', ids }, signal);
	}
	/** Logits (V) of the token after `ids`. @throws RuntimeError `context-full` when `ids` are more than the model holds. */
	nextLogits(ids: readonly number[], { signal }: RunOptions = {}): Promise<Float32Array> {
		return this.#run({ kind: 'next', ids }, signal);
	}
	/** Logits (V) after each of several texts, e.g. the beams of one step; what they share is computed once. */
	logitsFor(sequences: readonly (readonly number[])[], { signal }: RunOptions = {}): Promise<Float32Array[]> {
		return this.#run({ kind: 'sequences', sequences }, signal);
	}
	/** Attention of every head and the logits of every position, from the laboratory graph (loaded at the first call). */
	lab(ids: readonly number[], { signal, ...options }: LabOptions & RunOptions = {}): Promise<LabResult> {
		return this.#run({ kind: 'lab', ids, options }, signal);
	}
	/** Writes on. `onTokens` is called about every 16 ms with the tokens drawn since; an abort rejects with `cancelled` between two tokens. */
	generate(
		request: GenerateRequest,
		onTokens?: (tokens: readonly GeneratedToken[]) => void,
		{ signal }: RunOptions = {}
	): Promise<GenerateResult> {
		const V = this.config.vocabulary;
		const onBatch = onTokens && ((batch: TokenBatch) => onTokens(unpack(batch, V)));
		return this.#run({ kind: 'generate', request }, signal, onBatch);
	}
	/** Stops the worker and frees its memory; what still runs or waits rejects with `cancelled`. */
	close(): void {
		this.#end(new RuntimeError({ code: 'cancelled', detail: 'closed' }));
	}

	#run<T>(task: Task, signal?: AbortSignal, onBatch?: (batch: TokenBatch) => void): Promise<T> {
		const ask = (aborted: AbortSignal) => this.#ask({ op: 'run', id: ++this.#lastId, task }, aborted, { onBatch });
		return this.#queue.add(ask, signal) as Promise<T>;
	}

	/** @param known the worker has the request already. */
	#ask(request: Asked, signal: AbortSignal, listeners: Pick<Pending, 'onProgress' | 'onBatch'>, known = false): Promise<unknown> {
		const { id } = request;
		const cancel = () => this.#post({ op: 'cancel', id });
		return new Promise<unknown>((resolve, reject) => {
			this.#pending.set(id, { resolve, reject, onProgress: listeners.onProgress, onBatch: listeners.onBatch });
			signal.addEventListener('abort', cancel, { once: true });
			if (!known) this.#post(request);
		}).finally(() => signal.removeEventListener('abort', cancel));
	}

	#sendRuntime(loaded: Promise<unknown>): void {
		void sendRuntime({
			post: (message) => this.#post(message),
			signal: this.#ended.signal,
			// Kept for the next visit when the model did not open as well: the runtime is not to blame.
			opened: loaded.then(
				() => undefined,
				() => undefined
			),
			onStorageFull: (fault) => this.#onNotice?.({ kind: 'storage-full', fault })
		});
	}

	#post(message: Request): void {
		this.#worker.postMessage(message);
	}

	#receive(reply: Reply): void {
		if (reply.op === 'notice') {
			this.#stats = reply.stats;
			this.#onNotice?.(reply.notice);
			return;
		}
		const pending = this.#pending.get(reply.id);
		if (reply.op === 'progress') pending?.onProgress?.(reply.progress);
		else if (reply.op === 'tokens') pending?.onBatch?.(reply.batch);
		else {
			this.#pending.delete(reply.id);
			if (reply.op === 'failed') return pending?.reject(new RuntimeError(reply.fault));
			this.#stats = reply.stats;
			pending?.resolve(reply.value);
		}
	}

	#end(error: RuntimeError): void {
		this.#ended.abort();
		this.#queue.close(error);
		for (const pending of this.#pending.values()) pending.reject(error);
		this.#pending.clear();
		this.#worker.terminate();
	}
}

/** A worker that could not start or was killed answers nothing more. Without a message, its script did not come. */
function crash(event: ErrorEvent | Event): Fault {
	const detail = 'message' in event ? event.message : '';
	if (detail === '') return { code: navigator.onLine ? 'network' : 'offline', file: 'worker.js' };
	return { code: /memory/i.test(detail) ? 'out-of-memory' : 'unknown', detail };
}

function unpack(batch: TokenBatch, vocabulary: number): GeneratedToken[] {
	return batch.ids.map((id, i) => {
		const mu = batch.mu[i];
		const logits = batch.logits.subarray(i * vocabulary, (i + 1) * vocabulary);
		return { id, position: batch.first + i, logits, forced: batch.forced[i] ?? false, ...(mu === undefined ? {} : { mu }) };
	});
}
