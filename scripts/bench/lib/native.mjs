/** The same file on native ONNX Runtime (onnxruntime-node), one thread, the same greedy loop as bare.worker.ts. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import ort from 'onnxruntime-node';
import { cache, file as model, vocabulary } from './model.mjs';
import { root } from './serve.mjs';

const [kvHeads = 0, headDim = 0] = cache;
const context = 512;
const ones = new BigInt64Array(context).fill(1n);
const positions = BigInt64Array.from({ length: context }, (_, i) => BigInt(i));
/** @param {BigInt64Array} data */
const long = (data) => new ort.Tensor('int64', data, [1, data.length]);

/** @returns a function that writes `tokens` tokens behind `prompt` and tells how long that took */
export async function openNative() {
	const options = { intraOpNumThreads: 1, interOpNumThreads: 1 };
	const session = await ort.InferenceSession.create(model, options);
	const names = session.inputNames.filter((name) => name.startsWith('past_key_values.'));

	/** @param {readonly number[]} prompt @param {number} tokens */
	return async (prompt, tokens) => {
		const began = performance.now();
		/** @type {Record<string, import('onnxruntime-node').Tensor>} */
		let past = {};
		for (const name of names) past[name] = new ort.Tensor('float32', new Float32Array(0), [1, kvHeads, 0, headDim]);
		let ids = prompt;
		let length = 0;
		/** @type {number[]} */
		const written = [];
		while (written.length < tokens) {
			const before = length;
			length += ids.length;
			const feeds = {
				input_ids: long(BigInt64Array.from(ids, BigInt)),
				attention_mask: long(ones.slice(0, length)),
				position_ids: long(positions.slice(before, length)),
				...past
			};
			const outputs = await session.run(feeds);
			const logits = /** @type {{ data: Float32Array }} */ (/** @type {unknown} */ (outputs['logits'])).data.subarray(-vocabulary);
			let best = 0;
			for (let i = 1; i < logits.length; i++) if ((logits[i] ?? 0) > (logits[best] ?? 0)) best = i;
			written.push(best);
			ids = [best];
			past = {};
			for (const name of names)
				past[name] = /** @type {import("onnxruntime-node").Tensor} */ (outputs[name.replace('past_key_values', 'present')]);
		}
		return { ms: performance.now() - began, value: written };
	};
}

/**
 * The same from Python, whose ONNX Runtime has less around a step. @param {string} python an interpreter that has onnxruntime
 */
export async function openPython(python) {
	const child = spawn(python, [join(root, 'scripts/bench/lib/native.py'), model], { stdio: ['pipe', 'pipe', 'inherit'] });
	const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
	await lines.next();
	return {
		/** @param {readonly number[]} prompt @param {number} tokens */
		async write(prompt, tokens) {
			child.stdin.write(`${prompt.join(',')};${tokens}\n`);
			const [ms = '', ids = ''] = String((await lines.next()).value).split(';');
			return { ms: Number(ms), value: ids.split(',').map(Number) };
		},
		close: () => void child.kill()
	};
}
