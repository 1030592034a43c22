import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chooseGraph, MOST_BYTES, readConfig } from '#kit/runtime/config.ts';
import { Engine } from '#kit/runtime/engine.ts';
import { quantizesAsItRuns } from '#kit/runtime/graph.ts';
import { WasmGraph } from '#kit/runtime/graph-wasm.ts';
import { bytesIn, latest } from '#kit/runtime/kept.ts';
import { explain, reasons } from '#kit/runtime/messages.ts';
import { misfit } from '#kit/runtime/misfit.ts';
import { modelFolders, pickedFiles } from '#kit/runtime/picked.ts';
import { RuntimeError, type PickedFile } from '#kit/runtime/protocol.ts';
import { bytes, config, distance, folder, graphs, ortWasm } from './models.ts';

const CONFIG = readFileSync(new URL('config.json', folder), 'utf8');
const file = (path: string, content = 'x'.repeat(2000)): PickedFile => ({ path, blob: new Blob([content]) });
/** A file of that size, whose content nobody reads. */
const heavy = (path: string, size: number): PickedFile => ({ path, blob: { size, arrayBuffer: () => Promise.reject(new Error('read')) } });
const texts = (folder: string) => [file(`${folder}config.json`, CONFIG), file(`${folder}tokenizer.json`)];
const taken = (files: readonly PickedFile[]) => chooseGraph(pickedFiles(files));

describe('the files of a hub’s repository', () => {
	const hub = ['model.onnx', 'model_bnb4.onnx', 'model_fp16.onnx', 'model_int8.onnx', 'model_q4.onnx', 'model_q4f16.onnx'];
	const repo = [
		...['README.md', '.git/config', 'model.safetensors', 'onnx/config.json'].map((path) => file(`smol/${path}`)),
		...texts('smol/'),
		...hub.map((name) => file(`smol/onnx/${name}`))
	];

	it('give one graph, the 8-bit one before the others', async () => {
		expect(await misfit(repo)).toBeUndefined();
		expect(pickedFiles(repo).name).toBe('smol');
		expect(taken(repo)).toEqual({ path: 'onnx/model.onnx', data: undefined, bytes: 2000 });
		expect(taken([...repo, file('smol/onnx/model_quantized.onnx')])?.path).toBe('onnx/model_quantized.onnx');
	});

	it('give the first graph that the memory has room for', async () => {
		const large = heavy('m/onnx/model.onnx', MOST_BYTES + 1);
		expect(taken([...texts('m/'), large, file('m/onnx/model_q4.onnx')])?.path).toBe('onnx/model_q4.onnx');
		expect(await misfit([...texts('m/'), large])).toMatchObject({ reason: 'too-large' });
	});

	it('count weights that lie outside of the graph', async () => {
		const graph = file('m/onnx/model.onnx');
		for (const name of ['model.onnx_data', 'model.onnx.data']) {
			expect(taken([...texts('m/'), graph, heavy(`m/onnx/${name}`, 5e8)])).toEqual({
				path: 'onnx/model.onnx',
				data: `onnx/${name}`,
				bytes: 5e8 + 2000
			});
			expect(await misfit([...texts('m/'), graph, heavy(`m/onnx/${name}`, MOST_BYTES)])).toMatchObject({ reason: 'too-large' });
		}
	});

	it('never mix two models', async () => {
		const a = [...texts('all/a/'), file('all/a/onnx/model.onnx')];
		const b = [...texts('all/b/'), file('all/b/onnx/model_quantized.onnx')];
		expect(modelFolders([...a, ...b])).toEqual(['all/a/', 'all/b/']);
		expect(await misfit([...a, ...b])).toEqual({ code: 'unsupported', reason: 'several', what: 'a, b' });
		expect(taken([...a, ...b])?.path).toBe('onnx/model.onnx');
		// One of them lies deeper: it belongs to the other.
		expect(taken([...texts('m/'), file('m/onnx/model.onnx'), ...texts('m/old/'), file('m/old/onnx/model_quantized.onnx')])?.path).toBe(
			'onnx/model.onnx'
		);
	});

	it('may lie flat, as downloads do, and are then called by their graph', async () => {
		const flat = [...texts(''), file('model_quantized.onnx')];
		expect(await misfit(flat)).toBeUndefined();
		expect(pickedFiles(flat).name).toBe('model_quantized.onnx');
	});

	it('tell what they are read with', async () => {
		const told: [number, boolean][] = [];
		await pickedFiles(repo, (...args) => told.push(args)).read('tokenizer.json');
		expect(told).toEqual([[2000, true]]);
	});
});

describe('what cannot be opened', () => {
	const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 135525743\n';
	it.each([
		['only a graph', [file('model.onnx')], 'missing', 'config.json'],
		['no tokenizer', [texts('m/')[0]!, file('m/onnx/model.onnx')], 'missing', 'tokenizer.json'],
		['only weights', [...texts('m/'), file('m/model.safetensors')], 'format', 'model.safetensors'],
		['nothing to run', texts('m/'), 'missing', 'onnx/model.onnx'],
		['16 bits', [...texts('m/'), file('m/onnx/model_q4f16.onnx')], 'half', 'model_q4f16.onnx'],
		['a clone without git-lfs', [...texts('m/'), file('m/onnx/model.onnx', pointer)], 'pointer', 'onnx/model.onnx']
	])('%s is told', async (_, files, reason, what) => {
		const fault = await misfit(files);
		expect(fault).toEqual({ code: 'unsupported', reason, what });
		for (const locale of ['en', 'zh'] as const) expect(explain(fault!, locale).text).toContain(what);
	});

	it('has a sentence for every reason, with a place for what it is about', () => {
		for (const [reason, sentence] of Object.entries(reasons)) {
			expect(sentence.zh, reason).not.toBe(sentence.en);
			expect(sentence.en.includes('{what}'), reason).toBe(sentence.zh.includes('{what}'));
		}
	});

	it('names a file that is there no more', async () => {
		const moved = pickedFiles([heavy('config.json', 9)]);
		await expect(moved.read('config.json')).rejects.toMatchObject({ reason: 'gone', what: 'config.json' });
	});
});

describe('the graph of a reader', () => {
	const open = async (change: object, path = 'onnx/model.onnx') => new WasmGraph(await ortWasm(), bytes(path), { ...config, ...change });

	it('is refused when config.json has another vocabulary', async () => {
		await expect(open({ vocabulary: 400 }).then((graph) => graph.run([1, 2], null, new Float32Array(400)))).rejects.toMatchObject({
			code: 'unsupported',
			reason: 'vocabulary'
		});
	});

	it('asks for the file of its weights when that was not picked', async () => {
		// The laboratory graph has its weights in the other graph's file.
		await expect(open({}, 'onnx/model_lab.onnx')).rejects.toMatchObject({ reason: 'weights', what: 'model_quantized.onnx' });
	});

	it('reads a prompt in pieces to the same logits', async () => {
		const ids = Array.from({ length: 300 }, (_, i) => (i === 0 ? 1 : 300 + ((i * 37) % 200)));
		const { contextLength, eos } = config;
		const lengths: number[] = [];
		const graph = await graphs['wasm']!('onnx/model.onnx');
		const run = graph.run.bind(graph);
		graph.run = (piece, past, into) => {
			lengths.push(piece.length);
			return run(piece, past, into);
		};
		const pieces = await new Engine(graph, { contextLength, eos, stepwise: false }).logits(ids);
		const steps = await new Engine(await graphs['wasm']!('onnx/model.onnx'), { contextLength, eos, stepwise: true }).logits(ids);
		expect(lengths).toEqual([128, 128, 44]);
		expect(distance(pieces, steps)).toBeLessThan(1e-3);
	});

	it('stops between two pieces, and keeps what it has read', async () => {
		const ids = Array.from({ length: 300 }, (_, i) => (i === 0 ? 1 : 300 + ((i * 37) % 200)));
		const { contextLength, eos } = config;
		for (const stepwise of [true, false]) {
			const engine = new Engine(await graphs['wasm']!('onnx/model.onnx'), { contextLength, eos, stepwise });
			const stop = new AbortController();
			let turns = 0;
			const turn = () => {
				if (++turns === 2) stop.abort();
				return Promise.resolve();
			};
			await expect(engine.logits(ids, { signal: stop.signal, turn })).rejects.toMatchObject({ code: 'cancelled' });
			expect(turns).toBe(2);
			const whole = await new Engine(await graphs['wasm']!('onnx/model.onnx'), { contextLength, eos, stepwise }).logits(ids);
			expect(distance(await engine.logits(ids), whole)).toBeLessThan(stepwise ? 1e-12 : 1e-3);
		}
	});

	it('is read token by token when it quantizes as it runs', () => {
		const words = (text: string) => new TextEncoder().encode(text);
		expect(quantizesAsItRuns(words('..DDynamicQuantizeLinear..'))).toBe(true);
		expect(quantizesAsItRuns(words('DynamicQuantiz DequantizeLinear'))).toBe(false);
		expect(quantizesAsItRuns(bytes('onnx/model_quantized.onnx'))).toBe(false);
	});
});

describe('config.json', () => {
	it('may name its numbers as GPT-2 does', () => {
		const json = { vocab_size: 50257, n_layer: 12, n_head: 12, n_embd: 768, n_positions: 1024, bos_token_id: 50256, eos_token_id: 50256 };
		expect(readConfig(JSON.stringify(json), 'gpt2', () => false)).toMatchObject({
			layers: 12,
			heads: 12,
			kvHeads: 12,
			headDim: 64,
			contextLength: 1024,
			eos: [50256]
		});
	});

	it('may have no ends of text, or several', () => {
		const ends = (eos: unknown) =>
			readConfig(JSON.stringify({ ...(JSON.parse(CONFIG) as object), eos_token_id: eos, bos_token_id: null }), 'm', () => false);
		expect([ends(null), ends(undefined), ends([2, 7]), ends(0)].map((c) => c.eos)).toEqual([[], [], [2, 7], [0]]);
		expect(ends(null).bos).toBeNull();
		expect(() => readConfig('null', 'm', () => false)).toThrow(RuntimeError);
	});
});

describe('the answers that are kept', () => {
	const answer = (floats: number) => ({ written: [{ id: 1, logits: new Float32Array(floats) }] });

	it('are the latest that fit, and what is shown', () => {
		const all = ['a', 'b', 'c', 'd'].map((key) => [key, answer(100)] as const);
		const kept = (limit: object, ...shown: string[]) => [...latest(all, { answers: 9, bytes: 1e6, ...limit }, new Set(shown)).keys()];
		expect(kept({})).toEqual(['a', 'b', 'c', 'd']);
		expect(kept({ answers: 2 })).toEqual(['c', 'd']);
		expect(kept({ bytes: 900 })).toEqual(['c', 'd']);
		expect(kept({ bytes: 900 }, 'a')).toEqual(['a', 'c', 'd']);
		expect(kept({ bytes: 10 }, 'd')).toEqual(['d']);
	});

	it('weigh a shared buffer once', () => {
		const all = new Float32Array(100);
		expect(bytesIn([all.subarray(0, 50), all.subarray(50), { rows: [[all]], tokens: Array(2000).fill({ text: 'a' }) }])).toBe(400);
	});
});
