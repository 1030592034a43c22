import { describe, expect, it } from 'vitest';
import { defaultSettings } from '#maths/sampling/settings.ts';
import type { Kv } from '#kit/runtime/graph.ts';
import { RuntimeError, type GeneratedToken, type GenerateRequest } from '#kit/runtime/protocol.ts';
import { config, distance, graphs, openEngine, reference, tokenizer } from './models.ts';

const greedy = { ...defaultSettings, temperature: 0 };
const hot = { ...defaultSettings, temperature: 1, seed: 7 };
const prompt = [1, 403, 407, 261, 378]; // Once upon a time

async function write(engine: Awaited<ReturnType<typeof openEngine>>, request: Partial<GenerateRequest>) {
	const tokens: GeneratedToken[] = [];
	const full = { prompt, settings: greedy, maxTokens: 20, ...request };
	const result = await engine.generate(full, (t) => void tokens.push({ ...t, logits: t.logits.slice() }));
	return { ...result, tokens };
}

describe.each(Object.keys(graphs))('the engine on %s', (name) => {
	it('writes the published greedy text', async () => {
		const engine = await openEngine(name);
		const { promptIds, ids, text } = reference.greedy;
		const result = await write(engine, { prompt: promptIds, maxTokens: ids.length });
		expect(result.ids).toEqual(ids);
		expect(tokenizer.decode(result.ids).trim()).toBe(text.trim());
	});

	it.each(reference.logits)('computes the logits of NumPy behind "$prompt"', async ({ ids, last }) => {
		for (const stepwise of [true, false]) {
			const engine = await openEngine(name, { stepwise });
			expect(distance(await engine.logits(ids), last)).toBeLessThan(1e-4);
		}
	});

	it('gives the same greedy text from the quantized graph', async () => {
		const engine = await openEngine(name, {}, 'onnx/model_quantized.onnx');
		expect((await write(engine, { prompt: [1], maxTokens: 40 })).ids).toEqual(reference.greedy.ids.slice(0, 40));
	});

	it('computes the very same logits after a rewind as from the start', async () => {
		const engine = await openEngine(name);
		const { ids } = await write(engine, { maxTokens: 40 });
		const line = [...prompt, ...ids];
		for (const cut of [30, 12, 44, 6, 13, 1]) {
			const fresh = await openEngine(name);
			expect(await engine.logits(line.slice(0, cut))).toEqual(await fresh.logits(line.slice(0, cut)));
			const branch = [...line.slice(0, cut), 300, 301];
			expect(await engine.logits(branch)).toEqual(await fresh.logits(branch));
		}
	});

	it('draws the same text from the same seed, continued from anywhere, and another from another', async () => {
		const engine = await openEngine(name);
		const whole = await write(engine, { settings: hot, maxTokens: 30 });
		expect((await write(await openEngine(name), { settings: hot, maxTokens: 30 })).ids).toEqual(whole.ids);
		expect((await write(engine, { settings: { ...hot, seed: 8 }, maxTokens: 30 })).ids).not.toEqual(whole.ids);
		const rest = await write(engine, { settings: hot, output: whole.ids.slice(0, 11), maxTokens: 19 });
		expect(rest.ids).toEqual(whole.ids.slice(11));
		expect(rest.tokens[0]!.position).toBe(11);
		expect(rest.tokens[0]!.logits).toEqual(whole.tokens[11]!.logits);
	});

	it('takes picked tokens and goes on behind them', async () => {
		const engine = await openEngine(name);
		const { ids, tokens } = await write(engine, { picks: { 0: 432, 5: 300 }, maxTokens: 8 });
		expect([ids[0], ids[5]]).toEqual([432, 300]);
		expect(tokens.map((t) => t.forced)).toEqual([true, false, false, false, false, true, false, false]);
		expect(tokens[6]!.logits).toEqual(await engine.logits([...prompt, ...ids.slice(0, 6)]));
	});

	it('answers several texts at once as each by itself', async () => {
		const engine = await openEngine(name);
		const beams = [
			[...prompt, 432],
			[...prompt, 261],
			[...prompt, 432, 383],
			[...prompt, 261, 300]
		];
		const fresh = await openEngine(name);
		const answers = await engine.logitsFor(beams);
		for (const [i, beam] of beams.entries()) expect(answers[i]).toEqual(await fresh.logits(beam));
	});
});

describe('the decoding loop', () => {
	it('stops at an end token, at the wished length, and at the end of the context', async () => {
		const engine = await openEngine('wasm');
		const { ids } = await write(engine, { maxTokens: 10 });
		const stopped = await write(engine, { stop: [ids[4]!] });
		expect(stopped).toMatchObject({ reason: 'stop', ids: ids.slice(0, 5), next: null });
		const short = await write(engine, { maxTokens: 3 });
		expect(short.reason).toBe('length');
		expect(short.next).toEqual(await engine.logits([...prompt, ...short.ids]));
		const full = await write(engine, { stop: [], maxTokens: 1000 });
		expect(full).toMatchObject({ reason: 'context', contextFull: true, next: null });
		// The last position's logits can still be drawn from; its token has no place to be read.
		expect(full.ids).toHaveLength(config.contextLength - prompt.length + 1);
		await expect(engine.logits([...prompt, ...full.ids])).rejects.toMatchObject({ code: 'context-full' });
	});

	it('carries the state of mirostat and tells it with each token', async () => {
		const engine = await openEngine('wasm');
		const settings = { ...hot, mirostat: 2 as const };
		const whole = await write(engine, { settings, maxTokens: 12 });
		expect(whole.tokens[0]!.mu).toBeUndefined();
		const rest = await write(engine, { settings, output: whole.ids.slice(0, 6), mu: whole.tokens[6]!.mu!, maxTokens: 6 });
		expect(rest.ids).toEqual(whole.ids.slice(6));
		expect(rest.mu).toBe(whole.mu);
	});

	it('stops between two tokens when told so, and can go on', async () => {
		const engine = await openEngine('wasm');
		const abort = new AbortController();
		const request = { prompt, settings: greedy, maxTokens: 50 };
		const onToken = ({ position }: GeneratedToken) => {
			if (position === 4) abort.abort();
			return undefined;
		};
		await expect(engine.generate(request, onToken, abort.signal)).rejects.toMatchObject({ code: 'cancelled' });
		expect((await write(engine, {})).ids).toEqual((await write(await openEngine('wasm'), {})).ids);
	});

	it('goes on with another graph when one fails in the middle, without losing the text', async () => {
		const failing = await graphs['wasm']!('onnx/model.onnx');
		const run = failing.run.bind(failing);
		let steps = 0;
		failing.run = (ids, past, into): Promise<Kv> => (++steps === 17 ? Promise.reject(new Error('device lost')) : run(ids, past, into));
		const recovered: unknown[] = [];
		const { Engine } = await import('#kit/runtime/engine.ts');
		const recover = async (error: unknown) => {
			recovered.push(error);
			return graphs['native']!('onnx/model.onnx');
		};
		const engine = new Engine(failing, { contextLength: config.contextLength, eos: config.eos, stepwise: true, recover });
		const { ids } = await write(engine, { maxTokens: 30 });
		expect(ids).toEqual((await write(await openEngine('wasm'), { maxTokens: 30 })).ids);
		expect(recovered).toHaveLength(1);
	});

	it('refuses what is no text of the model', async () => {
		const engine = await openEngine('wasm');
		for (const ids of [[], [1, 512], [1, -1], [1, 1.5]]) await expect(engine.logits(ids)).rejects.toThrow(RuntimeError);
	});
});
