import { describe, expect, it } from 'vitest';
import { runChain } from '#maths/sampling/chain.ts';
import { defaultSettings } from '#maths/sampling/settings.ts';
import { readConfig } from '#kit/runtime/config.ts';
import { findGpu, measure, requireWasm, toFault } from '#kit/runtime/detect.ts';
import { readShape, type Graph, type Kv } from '#kit/runtime/graph.ts';
import { openLab } from '#kit/runtime/lab-wasm.ts';
import { Memories } from '#kit/runtime/memories.ts';
import { Meter } from '#kit/runtime/meter.ts';
import { pick } from '#kit/runtime/pick.ts';
import { RuntimeError, type Progress } from '#kit/runtime/protocol.ts';
import { joinTokens } from '#kit/runtime/token-text.ts';
import { createTokenizer } from '#kit/runtime/tokenizer.ts';
import { bytes, config, distance, openEngine, ortWasm, reference, tokenizer } from './models.ts';

describe('the tokenizer', () => {
	it.each(reference.tokens)('cuts $text as sentencepiece', ({ text, ids, decoded }) => {
		expect(tokenizer.encode(text, false)).toEqual(ids);
		expect(tokenizer.encode(text, true)).toEqual([config.bos, ...ids]);
		expect(tokenizer.decode(ids)).toBe(decoded);
	});

	it('shows bytes as bytes, and the joined text as what it decodes to', () => {
		const ids = tokenizer.encode('a 你😀', false);
		const single = ids.map((id) => tokenizer.tokens[id]!).filter((t) => t.bytes);
		expect(single.flatMap((t) => t.bytes!)).toEqual([...new TextEncoder().encode('你😀')]);
		expect(single[0]!.text).toBe('<0xE4>');
		expect(joinTokens(tokenizer.tokens, ids)).toBe(' a 你😀');
		expect(joinTokens(tokenizer.tokens, ids.slice(0, -1))).toBe(' a 你\ufffd');
		expect(joinTokens(tokenizer.tokens, [1, ...ids, 2])).toBe(' a 你😀');
		expect(tokenizer.tokens[3 + 10]).toEqual({ text: '\n', bytes: [10] });
		expect(tokenizer.tokens).toHaveLength(512);
	});

	it('reads the byte alphabet of GPT-2', () => {
		const vocab = { Ġthe: 0, 'ä½': 1, ł: 2, Ċ: 3 };
		const byteLevel = { type: 'ByteLevel' };
		const model = { type: 'BPE', vocab, merges: [] };
		const file = { added_tokens: [], normalizer: null, pre_tokenizer: byteLevel, model, post_processor: null, decoder: byteLevel };
		const { tokens } = createTokenizer(file, {}, 5);
		expect(tokens.map((t) => t.text)).toEqual([' the', '<0xE4><0xBD>', '<0xA0>', '\n', '<4>']);
		expect(joinTokens(tokens, [0, 1, 2, 3])).toBe(' the你\n');
		// It puts nothing before a text: an empty one begins with the model's own beginning.
		expect(createTokenizer(file, {}, 5, 4).encode('', true)).toEqual([4]);
		expect(createTokenizer(file, {}, 5, 4).encode('', false)).toEqual([]);
	});

	it('refuses a file that is none', () => {
		expect(() => createTokenizer({ nothing: true }, {}, 5)).toThrow(RuntimeError);
	});
});

describe('the laboratory graph', async () => {
	const lab = openLab(await ortWasm(), bytes('onnx/model_lab.onnx'), { 'model_quantized.onnx': bytes('onnx/model_quantized.onnx') });
	const ids = reference.logits[0]!.ids;
	const T = ids.length;
	const { layers, heads, vocabulary } = config;

	it('computes the logits of the lean graph, with rows of attention that sum to 1 and see nothing ahead', async () => {
		const { attentions, logits } = await lab.run(ids, new Float32Array(T * T));
		const engine = await openEngine('wasm', {}, 'onnx/model_quantized.onnx');
		expect(distance(logits.subarray((T - 1) * vocabulary), await engine.logits(ids))).toBeLessThan(1e-4);
		expect(attentions).toHaveLength(layers);
		for (const layer of attentions) {
			expect(layer).toHaveLength(heads * T * T);
			for (let row = 0; row < heads * T; row++) {
				const weights = layer.subarray(row * T, (row + 1) * T);
				expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
				expect(weights.subarray((row % T) + 1).every((w) => w === 0)).toBe(true);
			}
		}
	});

	it('hides keys where the bias is minus infinity, and shifts weight where it is finite', async () => {
		const bias = new Float32Array(T * T);
		for (let q = 2; q < T; q++) bias[q * T + 1] = -Infinity;
		const hiddenKey = await lab.run(ids, bias);
		for (const layer of hiddenKey.attentions) {
			for (let head = 0; head < heads; head++) for (let q = 2; q < T; q++) expect(layer[(head * T + q) * T + 1]).toBe(0);
		}
		expect(hiddenKey.logits.every(Number.isFinite)).toBe(true);
		const nothingLeft = await lab.run(ids, new Float32Array(T * T).fill(-Infinity));
		expect(nothingLeft.attentions.every((layer) => layer.every(Number.isFinite))).toBe(true);
	});
});

describe('the draw', () => {
	it('is that of the whole chain, ties included', () => {
		const logits = Float32Array.from({ length: 64 }, (_, i) => ((i * 37) % 11) / 3);
		const context = { prompt: [1], output: [2, 3], position: 2 };
		for (const change of [
			{ temperature: 0 },
			{ temperature: 0, topK: 3 },
			{ temperature: 0, repetitionPenalty: 1.2 },
			{ seed: 5 },
			{ draw: 'gumbel' as const }
		]) {
			const settings = { ...defaultSettings, ...change };
			expect(pick(logits, context, settings).id).toBe(runChain(logits, context, settings).draw.id);
		}
		expect(() => pick(Float32Array.of(NaN, 1), context, { ...defaultSettings, temperature: 0 })).toThrow(RangeError);
	});
});

describe('what a browser can do', () => {
	it('names what is missing', async () => {
		expect(() => requireWasm(undefined)).toThrow('no-wasm');
		expect(() => requireWasm({ validate: () => false })).toThrow('no-simd');
		expect(() => requireWasm(WebAssembly)).not.toThrow();
		const jspi = { Suspending: 1 };
		const adapter = (isFallbackAdapter: boolean) => ({ requestAdapter: () => Promise.resolve({ info: { isFallbackAdapter } }) });
		expect(await findGpu(undefined, jspi, true)).toMatchObject({ code: 'no-gpu' });
		expect(await findGpu(adapter(false), {}, true)).toMatchObject({ code: 'no-gpu' });
		expect(await findGpu({ requestAdapter: () => Promise.resolve(null) }, jspi, true)).toMatchObject({ code: 'no-gpu' });
		expect(await findGpu({ requestAdapter: () => Promise.reject(new Error('no')) }, jspi, true)).toMatchObject({ code: 'no-gpu' });
		expect(await findGpu(adapter(true), jspi, false)).toMatchObject({ code: 'no-gpu' });
		expect(await findGpu(adapter(true), jspi, true)).toBeNull();
		expect(await findGpu(adapter(false), jspi, false)).toBeNull();
	});

	it('tells a want of memory from other failures', () => {
		const said = [
			'RangeError: Array buffer allocation failed',
			'WebAssembly.Memory(): could not allocate memory',
			'std::bad_alloc',
			'Aborted(OOM)'
		];
		for (const words of said) expect(toFault(new Error(words)).code).toBe('out-of-memory');
		expect(toFault(new Error('x'), 'webgpu').code).toBe('device-lost');
		expect(toFault('x')).toEqual({ code: 'unknown', detail: 'x' });
		expect(toFault(new RuntimeError({ code: 'wrong-hash', file: 'f' }))).toEqual({ code: 'wrong-hash', file: 'f' });
	});

	it('measures single steps without the first', async () => {
		let clock = 0;
		const run = (ids: readonly number[], past: Kv | null) =>
			Promise.resolve({ length: (past?.length ?? 0) + ids.length, bytes: 0, at: (clock += 10) });
		const graph = { shape: { vocabulary: 4 }, run, release: () => undefined } as unknown as Graph;
		expect(await measure(graph, () => clock)).toBeCloseTo(100);
	});
});

describe('foreign models', () => {
	const past = [0, 1].flatMap((i) =>
		['key', 'value'].map((x) => ({ name: `past_key_values.${i}.${x}`, type: 'float32', dims: ['batch', 2, 'past', 16] }))
	);
	const present = ['logits', ...past.map((p) => p.name.replace('past_key_values', 'present'))].map((name) => ({
		name,
		type: 'float32',
		dims: []
	}));
	const ids = { name: 'input_ids', type: 'int64', dims: ['batch', 'sequence'] };

	it('are read off their declarations, or refused with a reason', () => {
		expect(readShape([ids, ...past], present, 9)).toMatchObject({ layers: 2, kvHeads: 2, headDim: 16, vocabulary: 9 });
		expect(readShape([...past], present, 9)).toMatchObject({ reason: 'inputs', what: 'input_ids' });
		expect(readShape([ids], present, 9)).toMatchObject({ reason: 'no-cache' });
		expect(readShape([ids, ...past, { name: 'pixel_values', type: 'float32', dims: [] }], present, 9)).toMatchObject({
			reason: 'inputs',
			what: 'pixel_values'
		});
		expect(readShape([ids, ...past.map((p) => ({ ...p, type: 'float16' }))], present, 9)).toMatchObject({
			reason: 'cache-type',
			what: 'float16'
		});
		expect(readShape([ids, ...past], present.slice(0, 3), 9)).toMatchObject({ reason: 'outputs', what: 'present.1.key' });
	});

	it('need the numbers of a Llama-like config', () => {
		const json = {
			vocab_size: 10,
			num_hidden_layers: 2,
			num_attention_heads: 4,
			hidden_size: 64,
			max_position_embeddings: 128,
			eos_token_id: [2, 3]
		};
		expect(readConfig(JSON.stringify(json), 'm', () => false)).toMatchObject({
			kvHeads: 4,
			headDim: 16,
			eos: [2, 3],
			bos: null,
			lab: false
		});
		expect(() => readConfig('{', 'm', () => false)).toThrow('bad-model');
		expect(() => readConfig('{}', 'm', () => false)).toThrow('unsupported');
	});

	it('that are no graphs at all are refused, and the runtime lives on', async () => {
		const ort = await ortWasm();
		expect(() => ort.session(Uint8Array.of(1, 2, 3))).toThrow('bad-model');
		expect(ort.session(bytes('onnx/model.onnx')).inputs.length).toBe(13);
	});
});

describe('memories', () => {
	it('keep the longest texts and let go of the oldest', () => {
		const alive = new Set<Kv>();
		const kv = (length: number): Kv => {
			const one = { length, bytes: length };
			alive.add(one);
			return one;
		};
		const graph = { truncate: (_: Kv, length: number) => kv(length), release: (one: Kv) => alive.delete(one) } as unknown as Graph;
		const memories = new Memories(graph, { entries: 3, bytes: 100 });
		memories.keep([1, 2], kv(2));
		memories.keep([1, 2, 3], kv(3));
		expect(alive.size).toBe(1);
		memories.keep([1], kv(1));
		expect(alive.size).toBe(1);
		expect(memories.take([1, 2, 9, 9])).toMatchObject({ length: 2 });
		expect(memories.take([5])).toBeNull();
		alive.clear();
		memories.clear();
		for (let i = 0; i < 6; i++) memories.keep([i, 1], kv(2));
		expect(alive.size).toBe(3);
		memories.keep([9], kv(99));
		expect(alive.size).toBe(1);
	});
});

describe('the meter', () => {
	it('tells at most every 50 ms, and the whole only when all is known', () => {
		let clock = 0;
		const told: Progress[] = [];
		const meter = new Meter(
			100,
			(p) => told.push(p),
			() => clock
		);
		meter.add(50, false);
		meter.add(10, false);
		clock = 60;
		meter.add(40, false);
		expect(told.map((p) => [p.phase, p.loaded, p.total])).toEqual([
			['download', 50, 100],
			['download', 100, 100]
		]);
		meter.complete(20);
		meter.add(20, true);
		expect(told.at(-1)).toEqual({ phase: 'start', loaded: 120, total: 120, cached: false });
		expect([meter.bytes, meter.transferred]).toEqual([120, 100]);
	});

	it('tells of bytes behind which none come', async () => {
		const told: number[] = [];
		const meter = new Meter(
			100,
			(p) => told.push(p.loaded),
			() => performance.now()
		);
		meter.add(10, false);
		meter.add(20, false);
		meter.add(30, false);
		expect(told).toEqual([10]);
		await expect.poll(() => told).toEqual([10, 60]);
	});
});
