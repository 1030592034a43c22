/**
 * The shipped models in transformers.js, unchanged: what a developer would point at static/models/. The same greedy text as the reference
 * (NumPy, written by notebooks/), the same tokens for the reference's strings, and the float32 logits of the last position.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AutoModelForCausalLM, AutoTokenizer, env, Tensor } from '@huggingface/transformers';
import { beforeAll, describe, expect, it } from 'vitest';
import { distance, root, type Reference } from './models.ts';

const models = fileURLToPath(new URL('static/models/', root));
const index = JSON.parse(readFileSync(`${models}index.json`, 'utf8')) as readonly { readonly name: string }[];
const referenceOf = (name: string): string => fileURLToPath(new URL(`notebooks/reference/${name}.json`, root));

beforeAll(() => {
	env.allowRemoteModels = false;
	env.localModelPath = models;
});

const inputs = (ids: readonly number[]) => ({
	input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
	attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), [1, ids.length])
});

describe.each(index)('$name in transformers.js', ({ name }) => {
	it('has reference vectors to be compared with', () => {
		expect(existsSync(referenceOf(name))).toBe(true);
	});

	const reference = JSON.parse(readFileSync(referenceOf(name), 'utf8')) as Reference;

	it('writes the greedy text of the reference and computes its logits', async () => {
		const model = await AutoModelForCausalLM.from_pretrained(name, { dtype: 'fp32', device: 'cpu' });
		const { promptIds, ids } = reference.greedy;
		const output = (await model.generate({ ...inputs(promptIds), max_new_tokens: ids.length, do_sample: false })) as Tensor;
		expect(Array.from(output.data as BigInt64Array, Number).slice(promptIds.length)).toEqual(ids);
		for (const { ids: given, last } of reference.logits) {
			const { logits } = (await model(inputs(given))) as { logits: Tensor };
			expect(distance((logits.data as Float32Array).slice(-last.length), last)).toBeLessThan(1e-3);
		}
		await model.dispose();
	}, 60_000);

	it('cuts the strings of the reference into the same tokens', async () => {
		const tokenizer = await AutoTokenizer.from_pretrained(name);
		// Of a text of spaces alone, which stories260K's normaliser empties, transformers.js still makes the mark of a space; tokenizers and
		// SentencePiece make nothing. Nobody prompts with that.
		const strings = reference.tokens.filter(({ text }) => !/^[ ]+$/.test(text));
		expect(strings.length).toBeGreaterThan(10);
		for (const { text, ids } of strings) expect({ text, ids: tokenizer.encode(text) }).toEqual({ text, ids: [1, ...ids] });
	});
});
