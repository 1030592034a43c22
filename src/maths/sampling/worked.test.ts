/** The worked examples of the reference sheet (the survivors table of its section 2.4), and each engine's own conventions. */
import { describe, expect, it } from 'vitest';
import { softmax } from '../softmax.ts';
import { runChain, type Context } from './chain.ts';
import {
	FOREIGN,
	ORDERS,
	PROCESSORS,
	activeProcessors,
	defaultSettings,
	ignored,
	isSet,
	resolveOrder,
	type Conventions,
	type Settings
} from './settings.ts';

const BASE = [2, 1, 0.5, 0, -1, -2];

function run(settings: Partial<Settings>, logits: ArrayLike<number> = BASE, context: Partial<Context> = {}) {
	return runChain(logits, { prompt: [], output: [], position: 0, ...context }, { ...defaultSettings, ...settings });
}
const kept = (...args: Parameters<typeof run>) => run(...args).stages.at(-1)!.kept;
const last = (...args: Parameters<typeof run>) => run(...args).stages.at(-1)!;

describe('survivors of the base vector', () => {
	it.each<[Partial<Settings>, number[]]>([
		[{ topK: 3 }, [0, 1, 2]],
		[{ topP: 0.5 }, [0]],
		[{ topP: 0.8 }, [0, 1, 2]],
		[{ topP: 0.9 }, [0, 1, 2, 3]],
		[{ topP: 0.95 }, [0, 1, 2, 3]],
		[{ topP: 0 }, [0]],
		[{ minP: 0.05 }, [0, 1, 2, 3]],
		[{ minP: 0.1 }, [0, 1, 2, 3]],
		[{ minP: 0.3 }, [0, 1]],
		[{ typicalP: 0.2 }, [1]],
		[{ typicalP: 0.5 }, [0, 1]],
		[{ typicalP: 0.9 }, [0, 1, 2, 3]],
		[{ epsilonCutoff: 0.05 }, [0, 1, 2, 3]],
		[{ epsilonCutoff: 0.1 }, [0, 1, 2]],
		[{ etaCutoff: 0.05 }, [0, 1, 2, 3]],
		[{ etaCutoff: 0.3 }, [0, 1]],
		[{ topH: 0.4 }, [0]],
		[{ topH: 0.8 }, [0, 1, 2]],
		[{ topH: 1 }, [0, 1, 2, 3, 4, 5]],
		[{ tfs: 0.5 }, [0]],
		[{ tfs: 0.9 }, [0, 1]],
		[{ tfs: 0.95 }, [0, 1, 2, 3]],
		[{ topA: 0.2 }, [0, 1, 2, 3]],
		[{ topA: 0.5 }, [0, 1]],
		[{ topNSigma: 1 }, [0, 1]],
		[{ xtcProbability: 1, xtcThreshold: 0.1 }, [2, 3, 4, 5]],
		[{ xtcProbability: 1, xtcThreshold: 0.2 }, [1, 2, 3, 4, 5]],
		[{ xtcProbability: 1, xtcThreshold: 0.3 }, [0, 1, 2, 3, 4, 5]],
		[{ mirostat: 2, mirostatMu: 4 }, [0, 1, 2, 3]],
		[{ mirostat: 2, mirostatMu: 2.5 }, [0, 1]],
		[{ mirostat: 2, mirostatMu: 0.5 }, [0]],
		[{ mirostat: 1, mirostatMu: 3 }, [0, 1, 2]]
	])('%o keeps %o', (settings, want) => expect(kept(settings)).toEqual(want));

	it('the same four settings leave 3, 2 and 1 survivors in three engines', () => {
		const s = { temperature: 2, topK: 5, topP: 0.72, minP: 0.45 };
		expect(kept({ ...s, order: 'hf' })).toEqual([0, 1, 2]);
		expect(kept({ ...s, order: 'vllm' })).toEqual([0, 1]);
		expect(kept({ ...s, order: 'llamacpp' })).toEqual([0]);
	});
});

describe('what engines do differently', () => {
	const tied = [2, 1, 1, 1, 0];
	it('top-k: ties with the k-th survive in Hugging Face and vLLM, llama.cpp keeps exactly k', () => {
		expect(kept({ topK: 2 }, tied)).toEqual([0, 1, 2, 3]);
		expect(last({ topK: 2 }, tied).info).toMatchObject({ k: 2, tied: 2, threshold: 1 });
		expect(kept({ topK: 2, order: 'vllm' }, tied)).toEqual([0, 1, 2, 3]);
		expect(kept({ topK: 2, order: 'llamacpp' }, tied)).toEqual([0, 1]);
		expect(kept({ topK: 1, minTokensToKeep: 3 })).toEqual([0, 1, 2]);
		expect(kept({ topK: 1, minTokensToKeep: 3, order: 'llamacpp' })).toEqual([0]);
	});

	it('typical: llama.cpp keeps no ties', () => {
		expect(kept({ typicalP: 0.1 }, [0, 0, 0])).toEqual([0, 1, 2]);
		expect(kept({ typicalP: 0.1, order: 'llamacpp' }, [0, 0, 0])).toEqual([0]);
		// Exactly half of the mass: Hugging Face has reached it, llama.cpp must exceed it.
		expect(kept({ typicalP: 0.5, order: 'llamacpp' }, [0, 0])).toEqual([0, 1]);
	});

	it('presence and frequency: output only, but in llama.cpp the last 64 of everything', () => {
		const context = { prompt: [0, 0], output: [1, 1] };
		const s = { presencePenalty: 0.5, frequencyPenalty: 0.25 };
		for (const order of ['hf', 'vllm']) expect([...last({ ...s, order }, BASE, context).logits]).toEqual([2, 0, 0.5, 0, -1, -2]);
		expect([...last({ ...s, order: 'llamacpp' }, BASE, context).logits]).toEqual([1, 0, 0.5, 0, -1, -2]);
		const long = { prompt: [0, ...Array<number>(63).fill(2)], output: [2] };
		expect(last({ ...s, order: 'llamacpp' }, BASE, long).logits[0]).toBe(2);
		expect(last({ repetitionPenalty: 2, order: 'llamacpp' }, BASE, long).logits[0]).toBe(2);
		expect(last({ repetitionPenalty: 2, order: 'hf' }, BASE, long).logits[0]).toBe(1);
	});

	it('repetition counts each token once, prompt included; 0 never moves', () => {
		const got = last({ repetitionPenalty: 1.2 }, BASE, { prompt: [0, 1], output: [1, 4, 3] }).logits;
		expect([...got]).toEqual([2 / 1.2, 1 / 1.2, 0.5, 0, -1.2, -2]);
	});

	it('sigma: the parameter decides, but llama.cpp always divides by N and skips what is cut', () => {
		const logits = [2, 0.75, 0.6, -0.2, -1, -1.2];
		const s = { topNSigma: 1.05 };
		expect(kept({ ...s, sigma: 'sample' }, logits)).toEqual([0, 1]);
		expect(kept({ ...s, sigma: 'population' }, logits)).toEqual([0]);
		expect(kept({ ...s, sigma: 'sample', order: 'llamacpp' }, logits)).toEqual([0]);
		const cut = [3, 1, -Infinity];
		expect(last({ ...s, sigma: 'population' }, cut).info['sigma']).toBe(1);
		expect(last({ ...s, sigma: 'sample' }, cut).info['sigma']).toBeCloseTo(Math.sqrt(7 / 3), 14);
	});

	it('XTC: llama.cpp switches it off above a threshold of 0.5', () => {
		const s = { xtcProbability: 1, xtcThreshold: 0.51 };
		expect(last({ ...s, order: 'llamacpp' }).info).toMatchObject({ disabled: 1, triggered: 0 });
		expect(last(s).info).toMatchObject({ disabled: 0, triggered: 0, above: 1 });
		expect(kept({ xtcProbability: 1, xtcThreshold: 0.1, minTokensToKeep: 5 })).toHaveLength(6);
	});

	it('greedy: T = 0 anywhere, below 1e-5 in vLLM; ties go to the lowest id', () => {
		expect(last({ temperature: 0 }, [0, 3, 3, 3]).info).toEqual({ temperature: 0, greedy: 1, id: 1, tied: 2 });
		expect(run({ temperature: 0 }, [0, 3, 3]).draw).toMatchObject({ id: 1, probability: 1 });
		expect(kept({ temperature: 9e-6, order: 'vllm' })).toEqual([0]);
		expect(kept({ temperature: 9e-6, order: 'hf' })).toHaveLength(6);
		expect(kept({ temperature: 1e-320 })).toHaveLength(6);
		expect(run({ temperature: 0, typicalP: 0.2, order: 'llamacpp' }).draw.id).toBe(1);
	});

	it("mirostat in llama.cpp's order replaces all but the temperature, and what it pushes aside is told", () => {
		const s = { ...defaultSettings, order: 'llamacpp', mirostat: 2 as const, topK: 3, temperature: 2 };
		expect(activeProcessors(s)).toEqual(['temperature', 'mirostat']);
		expect(ignored(s)).toEqual(['top-k']);
		expect(activeProcessors({ ...s, order: 'hf' })).toEqual(['temperature', 'top-k', 'mirostat']);
	});

	it('DRY: the last 64 tokens and base >= 1 in llama.cpp, the whole context elsewhere', () => {
		const context = { prompt: [0, 1, 2, ...Array<number>(64).fill(5), 0, 1], output: [] };
		const s = { dryMultiplier: 1, dryBase: 2 };
		expect(last(s, BASE, context).logits[2]).toBe(0.5 - 1);
		expect(last({ ...s, order: 'llamacpp' }, BASE, context).logits[2]).toBe(0.5);
		const near = { prompt: [0, 1, 2, 0, 1], output: [] };
		expect(last({ ...s, dryBase: 0.5, dryAllowedLength: 1 }, BASE, near).logits[2]).toBe(0);
		expect(last({ ...s, dryBase: 0.5, dryAllowedLength: 1, order: 'llamacpp' }, BASE, near).logits[2]).toBe(0.5);
		expect(last({ ...s, dryBase: 4, dryAllowedLength: 0 }, BASE, { prompt: Array<number>(600).fill(1), output: [] }).info['longest']).toBe(
			50
		);
	});

	it('DRY worked: a b c c b c y a b c with m 0.8, b 1.75, a 2', () => {
		const stage = last({ dryMultiplier: 0.8 }, BASE, { prompt: [0, 1, 2, 2, 1, 2, 3, 0, 1, 2], output: [] });
		expect([...stage.logits]).toEqual([2, 1, 0.5 - 0.8 * 1.75, -0.8, -1, -2]);
		expect(stage.info).toMatchObject({ penalised: 2, longest: 3, id: 2 });
	});

	it('no-repeat-ngram bans; a ban of everything is lifted', () => {
		const output = [0, 1, 2, 0, 1];
		expect(kept({ noRepeatNgram: 2 }, BASE, { output })).toEqual([0, 1, 3, 4, 5]);
		expect(kept({ noRepeatNgram: 1 }, BASE, { output })).toEqual([3, 4, 5]);
		expect(kept({ noRepeatNgram: 9 }, BASE, { output })).toHaveLength(6);
		expect(last({ noRepeatNgram: 1 }, [1, 2], { output: [0, 1] }).info).toMatchObject({ lifted: 1, banned: 0 });
	});
});

describe('orders', () => {
	it('each preset places every processor exactly once', () => {
		for (const order of Object.values(ORDERS)) expect([...order].sort()).toEqual([...PROCESSORS].sort());
	});

	it('a preset restricted to what the engine has is the order of the engine', () => {
		const own = (name: Conventions) => ORDERS[name].filter((p) => !FOREIGN[name].has(p)).join(' ');
		expect(own('hf')).toBe('penalties temperature top-h top-k top-p min-p typical epsilon eta');
		expect(own('vllm')).toBe('penalties temperature min-p top-k top-p');
		expect(own('llamacpp')).toBe('penalties dry top-n-sigma top-k typical top-p min-p xtc temperature mirostat');
	});

	it('a list of names runs in that order, by Hugging Face conventions; what it leaves out is told', () => {
		expect(resolveOrder(' top-p, Temperature,top-p,nonsense')).toEqual({ conventions: 'hf', processors: ['top-p', 'temperature'] });
		const s = { ...defaultSettings, topK: 2, topP: 0.5, temperature: 2, order: 'top-p,temperature' };
		expect(run(s).stages.map((stage) => stage.processor)).toEqual(['softmax', 'top-p', 'temperature']);
		expect(ignored(s)).toEqual(['top-k']);
		expect(resolveOrder('constructor').processors).toEqual([]);
	});

	it('nothing is set by default', () => {
		expect(PROCESSORS.filter((name) => isSet(name, defaultSettings))).toEqual([]);
		expect(run({}).stages).toHaveLength(1);
	});
});

describe('stages', () => {
	it('tell who is cut, who is kept, and the mass of the distribution that enters', () => {
		const { stages } = run({ temperature: 2, topK: 3, topP: 0.6 });
		expect(stages.map((stage) => [stage.processor, stage.kept.length, stage.cut])).toEqual([
			['softmax', 6, []],
			['temperature', 6, []],
			['top-k', 3, [3, 4, 5]],
			['top-p', 2, [2]]
		]);
		const heated = softmax(BASE.map((x) => x / 2));
		expect(stages[2]!.keptMass).toBeCloseTo(heated[0]! + heated[1]! + heated[2]!, 14);
		expect(stages[3]!.keptMass).toBeCloseTo(1 - stages[2]!.probs[2]!, 14);
		expect(stages[3]!.info).toMatchObject({ p: 0.6, crossing: 1 });
	});

	it('mirostat carries its state: surprise on the truncated distribution moves mu', () => {
		const first = run({ mirostat: 2, mirostatTau: 2, mirostatMu: 4, seed: 3 });
		const p = first.stages.at(-1)!.probs[first.draw.id]!;
		expect(first.next.surpriseBits).toBeCloseTo(-Math.log2(p), 12);
		expect(first.next.mu).toBeCloseTo(4 - 0.1 * (-Math.log2(p) - 2), 12);
		const second = run({ mirostat: 2, mirostatTau: 2, mirostatMu: 4, seed: 3 }, BASE, { mu: first.next.mu! });
		expect(second.stages.at(-1)!.info['mu']).toBe(first.next.mu);
		expect(run({ mirostat: 2, mirostatTau: 3 }).stages.at(-1)!.info['mu']).toBe(6);
		expect(run({}).next).toEqual({});
	});

	it('refuse logits that are no logits', () => {
		for (const bad of [[], [NaN, 1], [Infinity, 1], [-Infinity, -Infinity]]) expect(() => run({}, bad)).toThrow(RangeError);
	});
});
