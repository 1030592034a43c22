import type { Live } from '#kit/explainer.ts';
import { basePath } from '#kit/url/paths.ts';
import { LanguageModel } from '#kit/runtime/client.ts';
import { RuntimeError, type Fault, type Progress } from '#kit/runtime/protocol.ts';
import { ask, questionKey } from './ask.ts';
import type { MaskData } from './data.ts';
import type { MaskParams, params } from './params.ts';

export type Status = 'idle' | 'loading' | 'ready' | 'failed';
/** Answers are kept while their figure is open: going back shows them at once. */
const KEPT = 24;

/** The model in the page, and its answers by question. Nothing is loaded before start(). */
export class LiveMasks implements Live<typeof params, MaskData> {
	status = $state<Status>('idle');
	progress = $state.raw<Progress | undefined>(undefined);
	fault = $state.raw<Fault | undefined>(undefined);
	asking = $state(false);
	#answers = $state.raw<ReadonlyMap<string, MaskData>>(new Map());
	#model: LanguageModel | undefined;
	#name = '';
	#loading: AbortController | undefined;
	#asking = new Map<string, AbortController>();
	#shown: readonly MaskParams[] = [];

	data(p: MaskParams): MaskData | undefined {
		return p.source === 'rule' ? undefined : this.#answers.get(questionKey(p));
	}

	want(shown: readonly MaskParams[]): void {
		this.#shown = shown;
		const asked = shown.filter((p) => p.source === 'model');
		const keys = new Set(asked.map(questionKey));
		for (const [key, controller] of this.#asking) {
			if (keys.has(key)) continue;
			controller.abort();
			this.#asking.delete(key);
		}
		const name = asked[0]?.model;
		if (this.#model !== undefined && name !== undefined && name !== this.#name) void this.start();
		else if (this.#model !== undefined) for (const p of asked) void this.#ask(p);
	}

	/** Loads the model that the figure shows and asks it; pressing again after a fault is the retry. */
	async start(): Promise<void> {
		const name = this.#shown.find((p) => p.source === 'model')?.model;
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
		if (fault.code === 'cancelled') {
			if (this.status === 'loading') this.status = 'idle';
			return;
		}
		this.fault = fault;
		if (fault.code !== 'context-full' && fault.code !== 'unsupported') this.status = 'failed';
	}

	async #ask(p: MaskParams): Promise<void> {
		const key = questionKey(p);
		const model = this.#model;
		if (model === undefined || this.#answers.has(key) || this.#asking.has(key)) return;
		const controller = new AbortController();
		this.#asking.set(key, controller);
		this.asking = true;
		try {
			const data = await ask(p, model, controller.signal);
			if (controller.signal.aborted) return;
			this.fault = undefined;
			this.#answers = new Map([...this.#answers, [key, data] as const].slice(-KEPT));
		} catch (error) {
			if (!controller.signal.aborted) this.#fail(error);
		} finally {
			if (this.#asking.get(key) === controller) this.#asking.delete(key);
			this.asking = this.#asking.size > 0;
		}
	}
}
