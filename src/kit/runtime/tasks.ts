/** What the page asks of an open model, carried out: the running text is posted in batches, and times are taken. */
import type { Host } from './host.ts';
import type { GeneratedToken, GenerateRequest, GenerateResult, Task, TokenBatch } from './protocol.ts';

/** Milliseconds between two posts of a running text: one frame of a screen. */
const pause = 16;

export interface Desk {
	readonly now: () => number;
	/** A turn of the event loop, in which a cancel can arrive. */
	readonly turn: () => Promise<void>;
	readonly postBatch: (batch: TokenBatch) => void;
	readonly signal: AbortSignal;
	/** What stats tells of the last request. */
	readonly times: { tokensPerSecond: number | null; firstTokenMs: number | null };
}

/** Tokens drawn since the last post. The buffer goes away with a post, so each batch has its own; it grows by doubling. */
class Batch {
	#first = 0;
	#ids: number[] = [];
	#forced: boolean[] = [];
	#mu: (number | undefined)[] = [];
	#logits = new Float32Array(0);

	get size(): number {
		return this.#ids.length;
	}
	add({ id, position, logits, forced, mu }: GeneratedToken): void {
		const at = this.size * logits.length;
		if (at === 0) this.#first = position;
		if (at + logits.length > this.#logits.length) {
			const longer = new Float32Array(Math.max(2 * this.#logits.length, 16 * logits.length));
			longer.set(this.#logits);
			this.#logits = longer;
		}
		this.#logits.set(logits, at);
		this.#ids.push(id);
		this.#forced.push(forced);
		this.#mu.push(mu);
	}
	take(vocabulary: number): TokenBatch {
		const logits = this.#logits.slice(0, this.size * vocabulary);
		const batch = { first: this.#first, ids: this.#ids, forced: this.#forced, mu: this.#mu, logits };
		[this.#ids, this.#forced, this.#mu] = [[], [], []];
		return batch;
	}
}

async function generate(host: Host, request: GenerateRequest, desk: Desk): Promise<GenerateResult> {
	const { now, signal, times } = desk;
	const batch = new Batch();
	const began = now();
	let first = 0;
	let last = 0;
	let count = 0;
	let posted = began;
	const flush = () => {
		if (batch.size > 0) desk.postBatch(batch.take(host.config.vocabulary));
		posted = now();
	};
	const onToken = (token: GeneratedToken): Promise<void> | undefined => {
		batch.add(token);
		last = now();
		if (count++ === 0) first = last;
		// The first token is posted at once: it is what the reader waits for.
		if (count > 1 && last - posted < pause) return undefined;
		flush();
		return desk.turn();
	};
	try {
		return await host.engine.generate(request, onToken, signal, desk.turn);
	} finally {
		flush();
		if (count > 0) times.firstTokenMs = first - began;
		if (count > 1) times.tokensPerSecond = ((count - 1) / (last - first)) * 1000;
	}
}

/** @returns the task's answer, and the buffers of it that are handed over instead of copied. @throws RuntimeError as the engine */
export async function runTask(host: Host, task: Task, desk: Desk): Promise<{ value: unknown; transfer: ArrayBuffer[] }> {
	const { engine, tokenizer } = host;
	const timed = async <T>(work: Promise<T>): Promise<T> => {
		const began = desk.now();
		const value = await work;
		desk.times.firstTokenMs = desk.now() - began;
		return value;
	};
	const buffers = (arrays: readonly Float32Array[]) => arrays.map((array) => array.buffer as ArrayBuffer);
	switch (task.kind) {
		case 'encode':
			return { value: tokenizer.encode(task.text, task.bos), transfer: [] };
		case 'decode':
			return { value: tokenizer.decode(task.ids), transfer: [] };
		case 'next': {
			const logits = await timed(engine.logits(task.ids, desk));
			return { value: logits, transfer: buffers([logits]) };
		}
		case 'sequences': {
			const all = await engine.logitsFor(task.sequences, desk.signal, desk.turn);
			return { value: all, transfer: buffers(all) };
		}
		case 'lab': {
			const result = await host.lab(task.ids, task.options);
			return { value: result, transfer: buffers([result.logits, ...result.attentions]) };
		}
		case 'generate': {
			const result = await generate(host, task.request, desk);
			return { value: result, transfer: result.next ? buffers([result.next]) : [] };
		}
	}
}
