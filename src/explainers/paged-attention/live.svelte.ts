import type { Live } from '#kit/explainer.ts';
import type { LanguageModel } from '#kit/runtime/client.ts';
import type { Fault, Progress } from '#kit/runtime/protocol.ts';
import { basePath } from '#kit/url/paths.ts';
import { NO_DATA, type PagedData } from './data.ts';
import { isWritten, type PagedParams, type params } from './params.ts';
import { questionKey } from './question.ts';

/** Answers that are kept while the figure is open. */
const KEPT = 20;

/** The model in the page and the texts that it wrote. Nothing is loaded before start(). */
export class LiveTexts implements Live<typeof params, PagedData> {
	status = $state<'idle' | 'loading' | 'ready' | 'failed'>('idle');
	writing = $state(false);
	progress = $state.raw<Progress | undefined>(undefined);
	fault = $state.raw<Fault | undefined>(undefined);
	#answers = $state.raw<ReadonlyMap<string, PagedData>>(new Map());
	#model: LanguageModel | undefined;
	#name = '';
	#loading: AbortController | undefined;
	#asking = new Map<string, AbortController>();
	#shown: readonly PagedParams[] = [];

	data(p: PagedParams): PagedData | undefined {
		return isWritten(p) ? this.#answers.get(questionKey(p)) : NO_DATA;
	}

	want(shown: readonly PagedParams[]): void {
		this.#shown = shown.filter(isWritten);
		const keys = new Set(this.#shown.map(questionKey));
		for (const [key, controller] of this.#asking) {
			if (keys.has(key)) continue;
			controller.abort();
			this.#asking.delete(key);
		}
		const name = this.#shown[0]?.model;
		if (this.#model !== undefined && name !== undefined && name !== this.#name) void this.start();
		else if (this.#model !== undefined) for (const p of this.#shown) void this.#ask(p);
	}

	/** Loads the model and asks it; again after a fault it is the retry. */
	async start(): Promise<void> {
		const name = this.#shown[0]?.model;
		if (name === undefined || this.status === 'loading') return;
		this.#stop();
		const loading = (this.#loading = new AbortController());
		this.status = 'loading';
		this.fault = undefined;
		this.progress = undefined;
		try {
			// The client and its worker's address come only now: a page that nobody runs does without them.
			const { LanguageModel } = await import('#kit/runtime/client.ts');
			const onProgress = (progress: Progress): void => void (this.progress = progress);
			const model = await LanguageModel.open(name, { base: basePath(), signal: loading.signal, onProgress });
			if (loading.signal.aborted) return model.close();
			this.#model = model;
			this.#name = name;
			this.status = 'ready';
			this.want(this.#shown);
		} catch (error) {
			if (loading === this.#loading) this.#fail(error);
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

	#stop(): void {
		for (const controller of this.#asking.values()) controller.abort();
		this.#asking.clear();
		this.#model?.close();
		this.#model = undefined;
	}

	#fail(error: unknown): void {
		const fault: Fault = error instanceof Error && 'code' in error ? (error as Error & Fault) : { code: 'unknown', detail: String(error) };
		if (fault.code === 'cancelled') return;
		this.fault = fault;
		if (this.#model === undefined) this.status = 'failed';
	}

	async #ask(p: PagedParams): Promise<void> {
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
			this.#answers = new Map([...[...this.#answers].slice(1 - KEPT), [key, data]]);
		} catch (error) {
			if (!controller.signal.aborted) this.#fail(error);
		} finally {
			if (this.#asking.get(key) === controller) this.#asking.delete(key);
			this.writing = this.#asking.size > 0;
		}
	}
}
