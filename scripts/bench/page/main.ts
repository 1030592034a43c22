/**
 * The page that the benchmark drives. Three ways to let the same file write the same greedy text, each in a worker of its own, each timed here, on the
 * main thread, from the call to the last token; and two cold starts. Nothing is loaded before it is asked for.
 */
import { defaultSettings } from '#maths/sampling/settings.ts';
import { LanguageModel } from '#kit/runtime/client.ts';
import { DEFAULT_MODEL } from '#kit/runtime/site-models.ts';

const base = '/sub/path';
const model = DEFAULT_MODEL;
const settings = { ...defaultSettings, temperature: 0 };

/** A worker that answers each message with one message. */
function peer(worker: Worker): (message: unknown, transfer?: Transferable[]) => Promise<unknown> {
	return (message, transfer = []) =>
		new Promise((resolve, reject) => {
			worker.onmessage = ({ data }: MessageEvent) => resolve(data);
			worker.onerror = (event) => reject(new Error(event.message));
			worker.postMessage(message, transfer);
		});
}
const bare = () => peer(new Worker(new URL('./bare.worker.ts', import.meta.url), { type: 'module' }));
const transformers = () => peer(new Worker(new URL('./transformers.worker.ts', import.meta.url), { type: 'module' }));

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
	const began = performance.now();
	const value = await work();
	return { ms: performance.now() - began, value };
}

/** Opens all three; each entry then writes `tokens` tokens behind `prompt` and tells how long it took and what it wrote. */
async function openAll(prompt: number[], cache: number[]) {
	const ours = await LanguageModel.open(model, { base });
	const plain = bare();
	await plain({ open: `${base}/models/${model}/onnx/model_quantized.onnx`, cache });
	const library = transformers();
	await library({ open: model, models: `${base}/models/`, runtime: `${base}/transformers-runtime/` });
	return {
		ours: (tokens: number) =>
			timed(async () => (await ours.generate({ prompt, settings, maxTokens: tokens, stop: [] }, () => undefined)).ids as number[]),
		bare: (tokens: number) => timed(() => plain({ prompt, tokens }) as Promise<number[]>),
		transformers: (tokens: number) => timed(() => library({ prompt, tokens }) as Promise<number[]>)
	};
}

/** What a page that just opened, or bytes that just came, leave the browser to do is no part of a start: nobody presses in that half second. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 500));

/** From the press to the first token, nothing loaded before: worker, runtime, model, tokenizer, all over the network. */
async function coldOurs(prompt: number[]) {
	await settle();
	return timed(async () => {
		const ours = await LanguageModel.open(model, { base });
		await ours.generate({ prompt, settings, maxTokens: 1 });
		return ours.stats;
	});
}

/** Session creation and one run with all bytes in memory and the worker's script loaded. */
async function coldBare(prompt: number[], cache: number[]) {
	const plain = bare();
	await plain({ fetch: `${base}/models/${model}/onnx/model_quantized.onnx`, cache });
	await settle();
	return timed(() => plain({ create: true, prompt, tokens: 1 }));
}

const bench = { openAll, coldOurs, coldBare };
export type Bench = typeof bench;
Object.assign(globalThis, { bench });
