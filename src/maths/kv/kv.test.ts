import { describe, expect, it } from 'vitest';
import goldenKv from '../../../tests/golden/kv.json';
import mla from '../../../tests/golden/mla.json';
import goldenModels from '../../../tests/golden/models.json';
import roofline from '../../../tests/golden/kv-roofline.json';
import { findGpu, ridge } from '../data/gpus.ts';
import { findModel, models } from '../data/models.ts';
import { slug } from '../data/slug.ts';
import { bytesBeyondWindow, bytesPerSequence, bytesPerToken, cachedNumbers, keptTokens, mhaNumbers } from './bytes.ts';
import { decodeFloorMs, decodeIntensity } from './decode.ts';
import { room } from './fit.ts';
import { canSplit, copies, kvHeadsPerGpu, numbersPerGpu } from './parallel.ts';
import { attentionWeights, projections } from './projections.ts';
import { shapeOf, sharing, type KvShape } from './shape.ts';

const named = (name: string) => findModel(slug(name))!;
const shape = (name: string) => shapeOf(named(name));

describe('model configurations', () => {
	it('are those of the reference, in its order', () =>
		expect(models.map(({ name }) => name)).toEqual(goldenModels.map(({ name }) => name)));
	it.each(goldenModels.map((m) => [m.name, m] as const))('%s', (name, m) => {
		const { local, experts, latent, ...model } = named(name);
		expect(model).toMatchObject({
			...{ layers: m.layers, hidden: m.hidden, heads: m.heads, kvHeads: m.kv_heads, ffn: m.ffn, vocabulary: m.vocab, tied: m.tied },
			...{ context: m.context, parameters: m.params_computed, activeParameters: m.active_computed, headDim: m.head_dim ?? m.mla.v }
		});
		expect(local?.window ?? null).toBe(m.window);
		expect(local?.layers ?? 0).toBe(m.local_layers);
		expect(local?.kind === 'chunked').toBe(m.attention.includes('chunked'));
		expect([experts?.total ?? 0, experts?.perToken ?? 0, experts?.shared ?? 0, experts?.ffn ?? null]).toEqual([
			...[m.experts, m.experts_per_token, m.shared_experts, m.moe_ffn]
		]);
		expect(experts === null ? null : experts.denseLayers).toBe(m.experts === 0 ? null : (m.dense_layers ?? 0));
		expect(latent && [latent.queryRank, latent.kvRank, latent.ropeDim]).toEqual(m.mla && [m.mla.q, m.mla.kv, m.mla.rope]);
		expect(model.source.length).toBeGreaterThan(10);
		expect(m.attention.toLowerCase()).toContain(sharing(shapeOf(named(name))));
	});
	it('have slugs as links spell them', () => {
		expect(findModel('llama-3.1-405b')?.name).toBe('Llama-3.1-405B');
		expect(findModel('mistral-small-3-3.1-24b')?.layers).toBe(40);
		expect(new Set(models.map((m) => m.slug)).size).toBe(48);
		expect(findModel('nothing')).toBeUndefined();
	});
});

describe('bytes of the cache', () => {
	it.each(goldenKv.map((k) => [k.model, k] as const))('%s', (name, k) => {
		const s = shape(name);
		const bits = k.dtype_bytes * 8;
		expect(bytesPerToken(s, bits)).toBe(k.bytes_per_token_all_layers);
		expect(bytesBeyondWindow(s, bits)).toBe(k.bytes_per_token_beyond_window);
		for (const [tokens, bytes] of Object.entries(k.seq_bytes)) expect(bytesPerSequence(s, Number(tokens), bits)).toBe(bytes);
		expect((s.layers * mhaNumbers(s) * bits) / 8).toBe(k.mha_equivalent_bytes_per_token);
		expect(mhaNumbers(s) / cachedNumbers(s)).toBeCloseTo(k.saving_vs_mha, 12);
	});
	it.each(mla.filter((c) => c.kind === 'kv_bytes_per_token').map((c) => [c.id, c] as const))('%s', (_, c) => {
		const p = c.params as unknown as Record<string, number>;
		const latent = p['kv_lora_rank'] === undefined ? null : { queryRank: 0, kvRank: p['kv_lora_rank'], ropeDim: p['qk_rope_head_dim']! };
		const s: KvShape = {
			...{ layers: p['layers']!, hidden: 1, heads: p['heads'] ?? p['kv_heads']!, kvHeads: p['kv_heads'] ?? 1 },
			...{ headDim: p['head_dim'] ?? p['v_head_dim']!, latent, window: 0, localLayers: 0 }
		};
		expect(cachedNumbers(s) * s.layers).toBe(c.elements);
		expect(bytesPerToken(s, p['bytes']! * 8)).toBe(c.bytes_per_token);
		if (c.gqa_equivalent_groups !== undefined) expect(cachedNumbers(s) / (2 * s.headDim)).toBe(c.gqa_equivalent_groups);
		if (c.ratio_vs_mha !== undefined) expect(mhaNumbers(s) / cachedNumbers(s)).toBeCloseTo(c.ratio_vs_mha, 9);
	});
	it('grow linearly once the windows are full, and nothing is kept of nothing', () => {
		for (const m of models) {
			const s = shapeOf(m);
			const far = s.window + 1000;
			const step = bytesPerSequence(s, far + 1, 16) - bytesPerSequence(s, far, 16);
			expect(step).toBe(bytesBeyondWindow(s, 16));
			expect(bytesPerSequence(s, far + 500, 16)).toBe(bytesPerSequence(s, far, 16) + 500 * step);
			expect(bytesPerSequence(s, 0, 16)).toBe(0);
			expect(bytesPerSequence(s, 1, 16)).toBe(bytesPerToken(s, 16));
		}
		expect(keptTokens({ ...shape('Llama-3-8B'), localLayers: 32 }, 7)).toBe(7 * 32);
	});
	it('halve with half the bits', () => expect(bytesPerToken(shape('Llama-3-8B'), 4) * 4).toBe(131_072));
});

describe('accelerators and decode bounds', () => {
	/** A case of any kind; the keys of the other kinds are missing. */
	interface Case {
		readonly case?: string;
		readonly gpu?: string;
		readonly model: string;
		readonly batch: number;
		readonly context: number;
		readonly bytes: number;
		readonly ms: Readonly<Record<string, number>>;
		readonly bf16_dense_flops: number;
		readonly hbm_bytes_per_s: number;
		readonly memory_GB: number;
		readonly fp8_dense_flops: number | null;
		readonly ridge_flop_per_byte: number;
		readonly flop_per_byte_bf16: number;
	}
	const cases = roofline as unknown as readonly Case[];
	it.each(cases.filter((r) => 'gpu' in r).map((r) => [r.gpu ?? '', r] as const))('%s', (name, r) => {
		const g = findGpu(slug(name))!;
		expect([g.bf16Flops, g.bytesPerSecond, g.memoryBytes, g.fp8Flops]).toEqual([
			...[r.bf16_dense_flops, r.hbm_bytes_per_s, r.memory_GB * 1e9, r.fp8_dense_flops]
		]);
		expect(ridge(g)).toBeCloseTo(r.ridge_flop_per_byte, 9);
	});
	it.each(cases.filter((r) => r.case === 'decode step lower bound').map((r) => [`${r.model} ${r.batch} ${r.context}`, r] as const))(
		'floor of %s',
		(_, r) => {
			const m = named(r.model);
			const bytes = m.parameters! * 2 + r.batch * bytesPerSequence(shapeOf(m), r.context, 16);
			expect(bytes).toBe(r.bytes);
			for (const [name, ms] of Object.entries(r.ms)) expect(decodeFloorMs(bytes, findGpu(slug(name))!.bytesPerSecond)).toBeCloseTo(ms, 9);
		}
	);
	it.each(cases.filter((r) => r.case === 'decode attention intensity').map((r) => [r.model, r] as const))('intensity of %s', (name, r) => {
		const s = shape(name.startsWith('DeepSeek-V3') ? 'DeepSeek-V3-671B' : name);
		expect(decodeIntensity(s, 16)).toBeCloseTo(r.flop_per_byte_bf16, 9);
		expect(decodeIntensity(s, 8)).toBeCloseTo(2 * r.flop_per_byte_bf16, 9);
	});
	it('counts whole sequences only, and none where the weights do not fit', () => {
		expect(room(100, 40, 25)).toEqual({ free: 60, sequences: 2 });
		expect(room(100, 40, 20).sequences).toBe(3);
		expect(room(100, 140, 20)).toEqual({ free: -40, sequences: 0 });
	});
});

describe('tensor parallelism', () => {
	it('deals KV heads, then copies them', () => {
		expect([1, 2, 4, 8, 16, 64].map((tp) => kvHeadsPerGpu(8, tp))).toEqual([8, 4, 2, 1, 1, 1]);
		expect([1, 8, 16, 64].map((tp) => copies(shape('Llama-3-70B'), tp))).toEqual([1, 1, 2, 8]);
		expect(numbersPerGpu(shape('Llama-3-70B'), 8)).toBe(2 * 128);
	});
	it('keeps a whole latent on every GPU', () => {
		expect(numbersPerGpu(shape('DeepSeek-V3-671B'), 8)).toBe(576);
		expect(copies(shape('DeepSeek-V3-671B'), 8)).toBe(8);
	});
	it('knows what cannot be dealt', () => {
		expect(canSplit(shape('SmolLM2-360M'), 3)).toBe(false);
		expect(canSplit(shape('SmolLM2-360M'), 15)).toBe(true);
		expect(canSplit(shape('Llama-3-8B'), 3)).toBe(false);
		expect(canSplit(shape('Llama-3-8B'), 16)).toBe(true);
		expect(canSplit(shape('DeepSeek-V3-671B'), 128)).toBe(true);
	});
});

describe('projections', () => {
	it('of Llama-3-8B: 2 x 4096 x 4096 + 2 x 4096 x 1024', () => expect(attentionWeights(shape('Llama-3-8B'))).toBe(41_943_040));
	it('of DeepSeek-V3', () => {
		// config_671B.json: 7168 x 1536 + 1536 x 24576 + 7168 x 576 + 512 x 32768 + 16384 x 7168
		expect(attentionWeights(shape('DeepSeek-V3-671B'))).toBe(7168 * 1536 + 1536 * 24576 + 7168 * 576 + 512 * 32768 + 16384 * 7168);
	});
	it('of DeepSeek-V2-Lite have no compressed query', () => {
		expect(projections(shape('DeepSeek-V2-Lite-16B')).map((p) => p.name)).toEqual(['W_Q', 'W_DKV', 'W_KR', 'W_UK', 'W_UV', 'W_O']);
		expect(projections(shape('DeepSeek-V3-671B'))[0]).toEqual({ name: 'W_DQ', in: 7168, out: 1536 });
	});
});
