/** transformers.js as its documentation shows it: the same folder, dtype q8 (model_quantized.onnx), device wasm, greedy, in a worker. */
import { AutoModelForCausalLM, env, Tensor, type PreTrainedModel } from '@huggingface/transformers';

interface Message {
	readonly open?: string;
	readonly models?: string;
	readonly runtime?: string;
	readonly prompt?: number[];
	readonly tokens?: number;
}
let model: PreTrainedModel | undefined;
const long = (data: BigInt64Array) => new Tensor('int64', data, [1, data.length]);

globalThis.onmessage = async ({ data }: MessageEvent<Message>) => {
	if (data.open !== undefined) {
		env.allowRemoteModels = false;
		env.allowLocalModels = true;
		env.localModelPath = data.models!;
		env.useBrowserCache = false;
		env.backends.onnx.wasm!.wasmPaths = new URL(data.runtime!, globalThis.location.href).href;
		env.backends.onnx.wasm!.numThreads = 1;
		model = await AutoModelForCausalLM.from_pretrained(data.open, { dtype: 'q8', device: 'wasm' });
		return globalThis.postMessage(null);
	}
	const prompt = data.prompt!;
	const inputs = { input_ids: long(BigInt64Array.from(prompt, BigInt)), attention_mask: long(new BigInt64Array(prompt.length).fill(1n)) };
	const output = (await model!.generate({
		...inputs,
		max_new_tokens: data.tokens!,
		min_new_tokens: data.tokens!,
		do_sample: false
	})) as Tensor;
	globalThis.postMessage(Array.from(output.data as BigInt64Array, Number).slice(prompt.length));
};
