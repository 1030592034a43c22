/**
 * onnxruntime-web by its public API and nothing else: the loop of its tutorials, greedy, present fed back as past. One thread, the WASM-only build.
 * Written with care (no copy that the API does not ask for), so that what is compared is the API and not the loop.
 */
import * as ort from 'onnxruntime-web/wasm';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';

interface Message {
	readonly open?: string;
	readonly fetch?: string;
	readonly create?: boolean;
	readonly prompt?: number[];
	readonly tokens?: number;
	/** KV heads and the size of one. */
	readonly cache?: readonly number[];
}
const context = 512;
const ones = new BigInt64Array(context).fill(1n);
const positions = BigInt64Array.from({ length: context }, (_, i) => BigInt(i));
let [kvHeads = 0, headDim = 0]: readonly number[] = [];
let session: ort.InferenceSession | undefined;
let model: Uint8Array | undefined;

const load = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer());
const create = async (bytes: Uint8Array) => void (session = await ort.InferenceSession.create(bytes, { executionProviders: ['wasm'] }));
const long = (data: BigInt64Array) => new ort.Tensor('int64', data, [1, data.length]);

async function write(prompt: number[], tokens: number): Promise<number[]> {
	const run = session!;
	const names = run.inputNames.filter((name) => name.startsWith('past_key_values.'));
	let past: Record<string, ort.Tensor> = {};
	for (const name of names) past[name] = new ort.Tensor('float32', new Float32Array(0), [1, kvHeads, 0, headDim]);
	let ids = prompt;
	let length = 0;
	const written: number[] = [];
	while (written.length < tokens) {
		const before = length;
		length += ids.length;
		const feeds = {
			input_ids: long(BigInt64Array.from(ids, BigInt)),
			attention_mask: long(ones.subarray(0, length)),
			position_ids: long(positions.subarray(before, length)),
			...past
		};
		const outputs = await run.run(feeds);
		const logits = (outputs['logits']!.data as Float32Array).subarray(-outputs['logits']!.dims.at(-1)!);
		let best = 0;
		for (let i = 1; i < logits.length; i++) if (logits[i]! > logits[best]!) best = i;
		written.push(best);
		ids = [best];
		past = {};
		for (const name of names) past[name] = outputs[name.replace('past_key_values', 'present')]!;
	}
	return written;
}

globalThis.onmessage = async ({ data }: MessageEvent<Message>) => {
	ort.env.wasm.numThreads = 1;
	if (data.cache !== undefined) [kvHeads = 0, headDim = 0] = data.cache;
	if (data.fetch !== undefined) {
		model = await load(data.fetch);
		ort.env.wasm.wasmBinary = (await load(wasmUrl)).buffer;
	}
	if (data.open !== undefined) {
		ort.env.wasm.wasmPaths = { wasm: wasmUrl };
		await create(await load(data.open));
	}
	if (data.create && model) await create(model);
	globalThis.postMessage(data.prompt ? await write(data.prompt, data.tokens ?? 1) : null);
};
