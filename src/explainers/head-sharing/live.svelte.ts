import type { Live } from '#kit/explainer.ts';
import { LanguageModel } from '#kit/runtime/client.ts';
import { RuntimeError, type Fault, type Progress } from '#kit/runtime/protocol.ts';
import { basePath } from '#kit/url/paths.ts';
import { ask, questionKey } from './ask.ts';
import type { HeadData } from './data.ts';
import type { HeadParams, params } from './params.ts';

/** Answers that are kept while the figure is open. */
const KEPT = 20;

/** The model in the page and its answers. Nothing is loaded before start(). */
export class LiveHeads implements Live<typeof params, HeadData> {
	status = $state<'idle' | 'loading' | 'ready' | 'failed'>('idle');
	progress = $state.raw<Progress | undefined>(undefined);
	fault = $state.raw<Fault | undefined>(undefined);
	#answers = $state.raw<ReadonlyMap<string, HeadData>>(new Map());
	#model: LanguageModel | undefined;
	#name = '';
	#loading: AbortController | undefined;
	#asking = new Map<string, AbortController>();
	#shown: readonly HeadParams[] = [];

	data(p: HeadParams): HeadData | undefined {
		return p.view === 'live' ? this.#answers.get(questionKey(p)) : undefined;
	}

	want(shown: readonly HeadParams[]): void {
		this.#shown = shown.filter((p) => p.view === 'live');
		const keys = new Set(this.#shown.map(questionKey));
		for (const [key, controller] of this.#asking) {
			if (keys.has(key)) continue;
			controller.abort();
			this.#asking.delete(key);
		}
		const name = this.#shown[0]?.pageModel;
		if (this.#model !== undefined && name !== undefined && name !== this.#name) void this.start();
		else if (this.#model !== undefined) for (const p of this.#shown) void this.#ask(p);
	}

	/** Loads the model and asks it; again after a fault it is the retry. */
	async start(): Promise<void> {
		const name = this.#shown[0]?.pageModel;
		if (name === undefined || this.status === 'loading') return;
		this.#stop();
		const loading = (this.#loading = new AbortController());
		this.status = 'loading';
		this.fault = undefined;
		this.progress = undefined;
		try {
			const model = await LanguageModel.open(name, {
				base: basePath(),
				signal: loading.signal,
				onProgress: (progress) => (this.progress = progress)
			});
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
		const fault = error instanceof RuntimeError ? error : new RuntimeError({ code: 'unknown', detail: String(error) });
		if (fault.code === 'cancelled') return;
		this.fault = fault;
		if (this.#model === undefined) this.status = 'failed';
	}

	async #ask(p: HeadParams): Promise<void> {
		const key = questionKey(p);
		const model = this.#model;
		if (model === undefined || this.#answers.has(key) || this.#asking.has(key)) return;
		const controller = new AbortController();
		this.#asking.set(key, controller);
		try {
			const data = await ask(p, model, controller.signal);
			if (controller.signal.aborted) return;
			this.fault = undefined;
			this.#answers = new Map([...[...this.#answers].slice(1 - KEPT), [key, data]]);
		} catch (error) {
			if (!controller.signal.aborted) this.#fail(error);
		} finally {
			if (this.#asking.get(key) === controller) this.#asking.delete(key);
		}
	}
}
