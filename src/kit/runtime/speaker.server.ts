/** The site's model in Node, through onnxruntime-node: the same files, the same engine, the same answers. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readConfig } from '#kit/runtime/config.ts';
import { Engine } from '#kit/runtime/engine.ts';
import { createLab, OrtGraph, type Ort } from '#kit/runtime/graph-ort.ts';
import type { GeneratedToken } from '#kit/runtime/protocol.ts';
import type { Speaker } from '#kit/runtime/speaker.ts';
import { createTokenizer } from '#kit/runtime/tokenizer.ts';

/** @throws Error with one clear sentence when the model's files are not there. */
export async function openSpeaker(root: string, name: string): Promise<Speaker> {
	const folder = path.join(root, 'static/models', name);
	if (!existsSync(path.join(folder, 'config.json'))) throw new Error(`There is no model "${name}" in static/models.`);
	const text = (file: string): string => readFileSync(path.join(folder, file), 'utf8');
	const ort = (await import('onnxruntime-node')) as unknown as Ort;
	const config = readConfig(text('config.json'), name, (file) => existsSync(path.join(folder, file)));
	const tokenizer = createTokenizer(JSON.parse(text('tokenizer.json')), JSON.parse(text('tokenizer_config.json')), config.vocabulary);
	const { vocabulary, contextLength, eos } = config;
	const bytes = new Uint8Array(readFileSync(path.join(folder, 'onnx/model_quantized.onnx')));
	const session = { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 };
	const graph = await OrtGraph.create(ort, bytes, { backend: 'wasm', vocabulary, contextLength, session });
	const engine = new Engine(graph, { contextLength, eos, stepwise: true });
	return {
		config,
		tokens: tokenizer.tokens,
		encode: (prompt, options) => Promise.resolve(tokenizer.encode(prompt, options?.bos ?? true)),
		nextLogits: (ids) => engine.logits(ids),
		logitsFor: (sequences) => engine.logitsFor(sequences),
		async generate(request, onTokens) {
			const all: GeneratedToken[] = [];
			const result = await engine.generate(request, (token) => {
				all.push({ ...token, logits: token.logits.slice() });
				return undefined;
			});
			onTokens?.(all);
			return result;
		},
		async lab(ids, options = {}) {
			const model = new Uint8Array(readFileSync(path.join(folder, 'onnx/model_lab.onnx')));
			const lab = await createLab(ort, model, { 'model_quantized.onnx': bytes });
			const answer = await lab.run(ids, options.bias ?? new Float32Array(ids.length * ids.length));
			await lab.close();
			return { ...answer, length: ids.length };
		}
	};
}
