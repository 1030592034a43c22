/** The laboratory graph on ONNX Runtime's WASM. One run at a time reads a whole text; nothing is kept between runs. */
import { labFeeds, type LabGraph } from './lab.ts';
import { FLOAT, INT64 } from './ort-module.ts';
import { Slots, type OrtWasm } from './ort-wasm.ts';
import { RuntimeError } from './protocol.ts';

/** @param external the files that its weights lie in (the quantized graph). @throws RuntimeError `unsupported`, `bad-model`, `out-of-memory`. */
export function openLab(ort: OrtWasm, model: Uint8Array, external: Readonly<Record<string, Uint8Array>>): LabGraph {
	const session = ort.session(model, external);
	const layers = session.outputs.filter((o) => o.name.startsWith('attentions.')).length;
	if (layers === 0 || !session.inputs.some((i) => i.name === 'attention_bias')) {
		ort.module._OrtReleaseSession(session.handle);
		throw new RuntimeError({ code: 'unsupported', detail: 'the laboratory graph has no attentions or no attention_bias' });
	}
	const inputs = new Slots(
		ort,
		session.inputs.map((i) => i.name)
	);
	const outputs = new Slots(ort, ['logits', ...Array.from({ length: layers }, (_, i) => `attentions.${i}`)]);

	function run(ids: readonly number[], bias: Float32Array): { attentions: Float32Array[]; logits: Float32Array } {
		const { module } = ort;
		const feeds = labFeeds(session.inputs, ids, bias).map(({ type, data, dims }, slot) => {
			const memory = ort.allocate(data.byteLength);
			module.HEAPU8.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), memory);
			const tensor = ort.tensor(type === 'int64' ? INT64 : FLOAT, memory, data.byteLength, dims);
			inputs.set(slot, tensor);
			return { memory, tensor };
		});
		for (let i = 0; i < outputs.count; i++) outputs.set(i, 0);
		try {
			ort.run(session, inputs, outputs);
		} finally {
			for (const { memory, tensor } of feeds) {
				module._OrtReleaseTensor(tensor);
				module._free(memory);
			}
		}
		const [logits, ...attentions] = Array.from({ length: outputs.count }, (_, i) => {
			const tensor = outputs.get(i);
			const { pointer, dims } = ort.data(tensor);
			const copy = ort
				.floats(
					pointer,
					dims.reduce((a, b) => a * b, 1)
				)
				.slice();
			module._OrtReleaseTensor(tensor);
			return copy;
		});
		return { attentions, logits: logits! };
	}

	return {
		run: (ids, bias) => new Promise((resolve) => resolve(run(ids, bias))),
		close() {
			inputs.free();
			outputs.free();
			ort.module._OrtReleaseSession(session.handle);
			return Promise.resolve();
		}
	};
}
