import { untrack } from 'svelte';
import type { Live } from '#kit/explainer.ts';
import type { Params, Schema } from '#kit/params/schema.ts';
import { basePath } from '#kit/url/paths.ts';
import type { LanguageModel } from './client.ts';
import { own } from './own-model.svelte.ts';
import { latest } from './kept.ts';
import type { Backend, Fault, Notice, PickedFile, Progress, Stats } from './protocol.ts';
import { OWN, shippedModel, type ModelName } from './site-models.ts';

export type Status = 'idle' | 'loading' | 'ready' | 'failed';

/** What a figure wants to know of a language model. */
export interface Question<P, D> {
	/** The model that these parameters ask; nothing when they need none. */
	readonly model: (p: P) => ModelName | undefined;
	/** What of the parameters the answer depends on: the same key, the same answer. */
	readonly key: (p: P) => string;
	/** @throws RuntimeError */
	readonly ask: (p: P, model: LanguageModel, signal: AbortSignal) => Promise<D>;
}

/** Where a model comes from, and a name that tells it from every other one. */
interface Origin {
	readonly key: string;
	readonly source: string | readonly PickedFile[];
}

/** A reader's own model where its files are; elsewhere the site's model stands in, and the page says so. */
function originOf(name: ModelName): Origin {
	if (name === OWN && own.model !== undefined) return { key: `${OWN} ${own.model.id}`, source: own.model.files };
	const shipped = shippedModel(name);
	return { key: shipped, source: shipped };
}

/** Answers are kept while their figure is open: going back shows them at once. Two texts of 200 tokens from 49,152 weigh 79 MB. */
const KEPT = { answers: 60, bytes: 128 * 2 ** 20 };

/** The model in the page, and its answers by question. Nothing is loaded before start(). */
export class LiveModel<S extends Schema, D> implements Live<S, D> {
	status = $state<Status>('idle');
	progress = $state.raw<Progress | undefined>(undefined);
	fault = $state.raw<Fault | undefined>(undefined);
	notice = $state.raw<Notice | undefined>(undefined);
	stats = $state.raw<Stats | undefined>(undefined);
	backend = $state<Backend | 'auto'>('auto');
	asking = $state(false);
	#answers = $state.raw<ReadonlyMap<string, D>>(new Map());
	readonly #question: Question<Params<S>, D>;
	#model: LanguageModel | undefined;
	/** Key of the model's origin. */
	#origin = '';
	#loading: AbortController | undefined;
	#running = new Map<string, AbortController>();
	#shown: readonly Params<S>[] = [];

	constructor(question: Question<Params<S>, D>) {
		this.#question = question;
	}

	data(p: Params<S>): D | undefined {
		const key = this.#key(p);
		return key === undefined ? undefined : this.#answers.get(key);
	}

	want(shown: readonly Params<S>[]): void {
		// Read here: a newly opened model of the reader's own is asked at once.
		const origin = this.#originFor(shown);
		untrack(() => {
			this.#shown = shown;
			const keys = new Set(shown.map((p) => this.#key(p)));
			for (const [key, controller] of this.#running) {
				if (keys.has(key)) continue;
				controller.abort();
				this.#running.delete(key);
			}
			if (this.#model === undefined || origin === undefined) return;
			if (origin.key !== this.#origin) void this.start();
			else for (const p of shown) void this.#ask(p);
		});
	}

	/** Loads the model that the figure shows and asks it; pressing again after a fault is the retry. */
	async start(): Promise<void> {
		const origin = this.#originFor(this.#shown);
		if (origin === undefined || this.status === 'loading') return;
		this.#stop();
		const loading = (this.#loading = new AbortController());
		this.status = 'loading';
		this.fault = undefined;
		this.notice = undefined;
		this.progress = undefined;
		try {
			// The client and its worker's address come only now: a page that nobody runs does without them.
			const { LanguageModel } = await import('./client.ts');
			const model = await LanguageModel.open(origin.source, {
				base: basePath(),
				backend: this.backend,
				signal: loading.signal,
				onProgress: (progress) => (this.progress = progress),
				onNotice: (notice) => {
					this.notice = notice;
					this.stats = this.#model?.stats;
				}
			});
			if (loading.signal.aborted) return model.close();
			this.#model = model;
			this.#origin = origin.key;
			this.stats = model.stats;
			this.status = 'ready';
			this.want(this.#shown);
		} catch (error) {
			if (loading === this.#loading) this.#fail(error);
		}
	}

	/** Runs on another backend from here on; what was written stays. */
	async runOn(backend: Backend | 'auto'): Promise<void> {
		this.backend = backend;
		if (this.status === 'ready') {
			this.status = 'idle';
			await this.start();
		}
	}

	cancel(): void {
		this.#loading?.abort();
		this.#loading = undefined;
		this.status = 'idle';
	}

	close(): void {
		this.#loading?.abort();
		this.#stop();
	}

	#originFor(shown: readonly Params<S>[]): Origin | undefined {
		const name = shown.map((p) => this.#question.model(p)).find((model) => model !== undefined);
		return name === undefined ? undefined : originOf(name);
	}

	#key(p: Params<S>): string | undefined {
		const name = this.#question.model(p);
		return name === undefined ? undefined : `${originOf(name).key}\n${this.#question.key(p)}`;
	}

	#stop(): void {
		for (const controller of this.#running.values()) controller.abort();
		this.#running.clear();
		this.asking = false;
		this.#model?.close();
		this.#model = undefined;
	}

	#fail(error: unknown): void {
		// What has no code is a script that did not arrive: without a network that is why.
		const fault: Fault =
			error instanceof Error && 'code' in error
				? (error as Error & Fault)
				: { code: navigator.onLine ? 'unknown' : 'offline', detail: String(error) };
		if (fault.code === 'cancelled') {
			if (this.status === 'loading') this.status = 'idle';
			return;
		}
		this.fault = fault;
		// A question that is too long or not for this model leaves the model as it is.
		const usable = this.#model !== undefined && (fault.code === 'context-full' || fault.code === 'unsupported');
		if (!usable) this.status = 'failed';
	}

	async #ask(p: Params<S>): Promise<void> {
		const key = this.#key(p);
		const model = this.#model;
		if (key === undefined || model === undefined || this.#answers.has(key) || this.#running.has(key)) return;
		const controller = new AbortController();
		this.#running.set(key, controller);
		this.asking = true;
		try {
			const data = await this.#question.ask(p, model, controller.signal);
			if (controller.signal.aborted) return;
			this.fault = undefined;
			this.#answers = latest([...this.#answers, [key, data]], KEPT, new Set(this.#shown.map((p) => this.#key(p))));
			this.stats = model.stats;
		} catch (error) {
			if (!controller.signal.aborted) this.#fail(error);
		} finally {
			if (this.#running.get(key) === controller) this.#running.delete(key);
			this.asking = this.#running.size > 0;
		}
	}
}
