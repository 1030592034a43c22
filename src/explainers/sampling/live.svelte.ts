import type { LanguageModel } from '#kit/runtime/client.ts';
import type { Backend, Fault, Notice, Progress, Stats } from '#kit/runtime/protocol.ts';
import type { Live } from '#kit/explainer.ts';
import { basePath } from '#kit/url/paths.ts';
import { questionKey } from './question.ts';
import type { SamplingData } from './data.ts';
import type { params, SamplingParams } from './params.ts';

export type Status = 'idle' | 'loading' | 'ready' | 'failed';

/** Answers are kept while their figure is open: going back shows them at once. */
const KEPT = 60;

/** The model in the page, and its answers by question. Nothing is loaded before start(). */
export class LiveModel implements Live<typeof params, SamplingData> {
	status = $state<Status>('idle');
	progress = $state.raw<Progress | undefined>(undefined);
	fault = $state.raw<Fault | undefined>(undefined);
	notice = $state.raw<Notice | undefined>(undefined);
	stats = $state.raw<Stats | undefined>(undefined);
	backend = $state<Backend | 'auto'>('auto');
	writing = $state(false);
	#answers = $state.raw<ReadonlyMap<string, SamplingData>>(new Map());
	#model: LanguageModel | undefined;
	#name = '';
	#loading: AbortController | undefined;
	#asking = new Map<string, AbortController>();
	#shown: readonly SamplingParams[] = [];

	data(p: SamplingParams): SamplingData | undefined {
		return this.#answers.get(questionKey(p));
	}

	want(shown: readonly SamplingParams[]): void {
		this.#shown = shown;
		const asked = shown.filter((p) => p.source === 'model');
		const keys = new Set(asked.map(questionKey));
		for (const [key, controller] of this.#asking) {
			if (keys.has(key)) continue;
			controller.abort();
			this.#asking.delete(key);
		}
		const model = asked[0]?.model;
		if (this.#model !== undefined && model !== undefined && model !== this.#name) void this.start();
		else if (this.#model !== undefined) for (const p of asked) void this.#ask(p);
	}

	/** Loads the model that the figure shows and asks it; pressing again after a fault is the retry. */
	async start(): Promise<void> {
		const name = this.#shown.find((p) => p.source === 'model')?.model;
		if (name === undefined || this.status === 'loading') return;
		this.#close();
		const loading = (this.#loading = new AbortController());
		this.status = 'loading';
		this.fault = undefined;
		this.progress = undefined;
		try {
			// The client and its worker's address come only now: a page that nobody runs does without them.
			const { LanguageModel } = await import('#kit/runtime/client.ts');
			const model = await LanguageModel.open(name, {
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
			this.#name = name;
			this.stats = model.stats;
			this.status = 'ready';
			this.want(this.#shown);
		} catch (error) {
			if (loading !== this.#loading) return;
			this.#fail(error);
		}
	}

	/** Runs on another backend from here on; the text stays. */
	async runOn(backend: Backend | 'auto'): Promise<void> {
		this.backend = backend;
		if (this.status === 'ready') {
			this.status = 'idle';
			await this.start();
		}
	}

	cancel(): void {
		this.#loading?.abort();
		this.status = 'idle';
	}

	close(): void {
		this.#loading?.abort();
		this.#close();
	}

	#close(): void {
		for (const controller of this.#asking.values()) controller.abort();
		this.#asking.clear();
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
		if (fault.code !== 'context-full' && fault.code !== 'unsupported') this.status = 'failed';
	}

	#keep(key: string, data: SamplingData): void {
		const answers = new Map(this.#answers);
		answers.delete(key);
		answers.set(key, data);
		for (const old of answers.keys()) {
			if (answers.size <= KEPT) break;
			answers.delete(old);
		}
		this.#answers = answers;
	}

	async #ask(p: SamplingParams): Promise<void> {
		const key = questionKey(p);
		const model = this.#model;
		if (model === undefined || this.#answers.has(key) || this.#asking.has(key)) return;
		const controller = new AbortController();
		this.#asking.set(key, controller);
		this.writing = true;
		try {
			const { ask } = await import('./ask.ts');
			const data = await ask(p, model, controller.signal);
			if (controller.signal.aborted) return;
			this.fault = undefined;
			this.#keep(key, data);
			this.stats = model.stats;
		} catch (error) {
			if (!controller.signal.aborted) this.#fail(error);
		} finally {
			if (this.#asking.get(key) === controller) this.#asking.delete(key);
			this.writing = this.#asking.size > 0;
		}
	}
}
