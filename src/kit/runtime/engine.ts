/** The decoding loop over a graph: reads, rewinds, draws, and goes on with another graph when this one fails. No DOM, no clock: Node runs it too. */
import { Memories } from './memories.ts';
import { pick } from './pick.ts';
import { RuntimeError, type GenerateRequest, type GenerateResult, type GeneratedToken, type StopReason } from './protocol.ts';
import type { Graph, Kv } from './graph.ts';

export interface EngineOptions {
	readonly contextLength: number;
	/** Ends a text when the request says nothing else. */
	readonly eos: readonly number[];
	/**
	 * Read a prompt token by token, as it would be written: then a position's keys and values are the same bits however the text came about (typed,
	 * written, rewound, linked). In pieces it is faster, and right to the last digits only. Small models
	 * can afford the first; graphs that quantize as they run need it (see quantizesAsItRuns).
	 */
	readonly stepwise: boolean;
	/** Gives another graph when one fails in the middle; without it, or when it throws, the failure is the caller's. */
	readonly recover?: (error: unknown) => Promise<Graph>;
}
/** Tokens of a long prompt that are read at once: a graph gives logits for every one of them, 196 kB each with 49,152 tokens. */
const PIECE = 128;
interface Stoppable {
	readonly aborted: boolean;
}
/** What stops a long reading: a signal, and a turn of the event loop in which it can change. */
interface Brake {
	readonly signal?: Stoppable | undefined;
	readonly turn?: (() => Promise<void>) | undefined;
}
/** Runs of the graph between two turns. */
const RUNS = 8;

export class Engine {
	readonly #options: EngineOptions;
	#graph: Graph;
	#memories: Memories;

	constructor(graph: Graph, options: EngineOptions) {
		this.#graph = graph;
		this.#memories = new Memories(graph);
		this.#options = options;
	}

	get graph(): Graph {
		return this.#graph;
	}

	/** Logits (V) after `ids`. @throws RuntimeError `context-full`, `unsupported` for ids that the vocabulary has not. */
	async logits(ids: readonly number[], brake: Brake = {}): Promise<Float32Array> {
		const into = new Float32Array(this.#graph.shape.vocabulary);
		this.#memories.keep(ids, await this.#read(ids, into, brake));
		return into;
	}

	/** Logits (V) after each text; what texts share is read once. `turn` is awaited before each, so that `signal` can change. */
	async logitsFor(sequences: readonly (readonly number[])[], signal?: Stoppable, turn?: () => Promise<void>): Promise<Float32Array[]> {
		const all: Float32Array[] = [];
		for (const ids of sequences) {
			await turn?.();
			if (signal?.aborted) throw new RuntimeError({ code: 'cancelled' });
			all.push(await this.logits(ids, { signal, turn }));
		}
		return all;
	}

	/**
	 * Writes on behind prompt and output. `onToken` sees each token with the logits it was drawn from (valid until it returns, or its promise settles).
	 * The coins depend on seed and output position alone, so a text can be continued from anywhere and comes out the same.
	 */
	async generate(
		request: GenerateRequest,
		onToken: (token: GeneratedToken) => Promise<void> | undefined,
		signal?: Stoppable,
		turn?: () => Promise<void>
	): Promise<GenerateResult> {
		const { prompt, settings, maxTokens, picks = {}, stop = this.#options.eos } = request;
		const breakers = request.breakers && new Set(request.breakers);
		const output = [...(request.output ?? [])];
		const line = [...prompt, ...output];
		const start = output.length;
		const logits = new Float32Array(this.#graph.shape.vocabulary);
		let mu = request.mu;
		let kv: Kv | null = await this.#read(line, logits, { signal, turn });
		let reason: StopReason = 'length';
		let fresh = true;
		try {
			while (output.length - start < maxTokens) {
				if (signal?.aborted) throw new RuntimeError({ code: 'cancelled' });
				const position = output.length;
				const picked = picks[position];
				const before = mu === undefined ? {} : { mu };
				let id = picked;
				if (id === undefined) ({ id, mu } = pick(logits, { prompt, output, position, ...before, ...(breakers && { breakers }) }, settings));
				const wait = onToken({ id, position, logits, forced: picked !== undefined, ...before });
				if (wait) await wait;
				output.push(id);
				fresh = false;
				if (stop.includes(id)) reason = 'stop';
				else if (line.length >= this.#options.contextLength) reason = 'context';
				if (reason !== 'length') break;
				line.push(id);
				const past: Kv = kv;
				kv = null; // used up, even when reading on fails
				kv = await this.#extend(line, past, logits);
				fresh = true;
			}
		} finally {
			if (kv) this.#memories.keep(line, kv);
		}
		const contextFull = line.length >= this.#options.contextLength;
		return { ids: output.slice(start), reason, contextFull, next: fresh ? logits : null, ...(mu === undefined ? {} : { mu }) };
	}

	async close(): Promise<void> {
		this.#memories.clear();
		await this.#graph.close();
	}

	/** Reads `ids` from what is known of them. The caller owns the memory. */
	#read(ids: readonly number[], into: Float32Array, brake: Brake): Promise<Kv> {
		const { vocabulary } = this.#graph.shape;
		if (ids.length === 0) throw new RuntimeError({ code: 'unsupported', detail: 'a text without any token' });
		if (ids.length > this.#options.contextLength) throw new RuntimeError({ code: 'context-full' });
		const wrong = ids.find((id) => !Number.isInteger(id) || id < 0 || id >= vocabulary);
		if (wrong !== undefined) throw new RuntimeError({ code: 'unsupported', detail: `no token has the id ${wrong}` });
		return this.#extend(ids, this.#memories.take(ids), into, brake);
	}

	/** Reads what `ids` has behind `past` (which is used up). When the graph fails, the whole text is read again by another one. */
	async #extend(ids: readonly number[], past: Kv | null, into: Float32Array, brake: Brake = {}): Promise<Kv> {
		let kv = past;
		let runs = 0;
		try {
			for (let at = kv?.length ?? 0; at < ids.length; at = kv.length) {
				const next = await this.#graph.run(ids.slice(at, at + (this.#options.stepwise ? 1 : PIECE)), kv, into);
				if (kv) this.#graph.release(kv);
				kv = next;
				if (brake.turn && kv.length < ids.length && (!this.#options.stepwise || ++runs % RUNS === 0)) await brake.turn();
				if (!brake.signal?.aborted) continue;
				// What was read is worth keeping: the next text often begins with it.
				this.#memories.keep(ids.slice(0, kv.length), kv);
				throw new RuntimeError({ code: 'cancelled' });
			}
			return kv!;
		} catch (error) {
			const ours = error instanceof RuntimeError && (error.code === 'context-full' || error.code === 'cancelled');
			if (!this.#options.recover || ours) throw error;
			// The memories of a failed graph are not worth releasing one by one: it is closed as a whole.
			const failed = this.#graph;
			this.#graph = await this.#options.recover(error);
			this.#memories = new Memories(this.#graph);
			void failed.close().catch(() => undefined);
			return this.#extend(ids, null, into, brake);
		}
	}
}
