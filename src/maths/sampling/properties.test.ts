/** What holds for any logits and any settings, on seeded random ones. */
import { describe, expect, it } from 'vitest';
import { stream } from '../rng.ts';
import { softmax } from '../softmax.ts';
import { runChain } from './chain.ts';
import { cdfLine, drawCdf, drawGumbel } from './draw.ts';
import { nucleusSize, perplexity, rankOf, surpriseBits } from './facts.ts';
import { byProbability } from './order.ts';
import { PROCESSORS, defaultSettings, type Settings } from './settings.ts';

const random = stream(20);
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
const between = (min: number, max: number) => min + random() * (max - min);

/** Logits of many kinds: smooth, tied, constant, spiked, partly -Infinity. */
function someLogits(vocab = Math.round(2 ** between(1, 12))): Float64Array {
	const kind = pick(['normal', 'tied', 'constant', 'spike', 'cut', 'huge']);
	const out = Float64Array.from({ length: vocab }, () => {
		if (kind === 'tied') return Math.floor(between(-3, 4));
		if (kind === 'constant') return 0.1;
		if (kind === 'huge') return between(-1, 1) * 1e300;
		return (between(-1, 1) + between(-1, 1) + between(-1, 1)) * 4;
	});
	if (kind === 'spike') out[Math.floor(random() * vocab)] = 40;
	if (kind === 'cut') for (let i = 1; i < vocab; i++) if (random() < 0.5) out[i] = -Infinity;
	return out;
}

/** The ends of every range, and something between. */
function someSettings(): Settings {
	const some = (off: number, ...others: number[]) => (random() < 0.6 ? off : pick(others));
	return {
		...defaultSettings,
		temperature: some(1, 0, 1e-9, 1e-3, 0.5, 2, 10),
		topK: some(0, 1, 5, 4096, 1e9),
		topP: some(1, 0, 1e-9, 0.5, 0.999999),
		minP: some(0, 1e-9, 0.1, 1),
		typicalP: some(1, 0, 0.2, 0.99),
		epsilonCutoff: some(0, 1e-9, 0.01, 1),
		etaCutoff: some(0, 1e-9, 0.01, 1),
		topH: some(0, 1e-9, 0.5, 1),
		tfs: some(1, 0, 0.5, 0.99),
		topA: some(0, 1e-9, 0.3, 1),
		topNSigma: some(0, 1e-9, 1, 100),
		sigma: pick(['population', 'sample']),
		xtcProbability: some(0, 0.5, 1),
		xtcThreshold: pick([0, 0.1, 0.5, 1]),
		repetitionPenalty: some(1, 0, 1e-300, 0.5, 2, 1e300),
		presencePenalty: some(0, -1e308, -2, 2, 1e308),
		frequencyPenalty: some(0, -1e308, -2, 2, 1e308),
		noRepeatNgram: some(0, 1, 2, 20),
		dryMultiplier: some(0, -5, 0.8, 1e308),
		dryBase: pick([0, 0.5, 1, 1.75, 1e300]),
		dryAllowedLength: pick([0, 1, 2, 100]),
		mirostat: pick([0, 0, 1, 2]),
		mirostatTau: pick([0, 5, 1e6]),
		mirostatEta: pick([0, 0.1, 1e6]),
		mirostatMu: pick([null, -1e6, 0, 3, 1e6]),
		minTokensToKeep: pick([0, 1, 1, 3, 1e9]),
		order: pick(['hf', 'vllm', 'llamacpp', [...PROCESSORS].reverse().join(','), 'top-k', '']),
		draw: pick(['cdf', 'gumbel']),
		seed: Math.floor(between(0, 2 ** 32))
	};
}

const plain = { prompt: [], output: [], position: 0 };

describe('any chain', () => {
	it('keeps its promises whatever the settings', () => {
		for (let round = 0; round < 1500; round++) {
			const logits = someLogits(round % 10 === 0 ? undefined : Math.round(2 ** between(1, 8)));
			const copy = logits.slice();
			const s = someSettings();
			const ids = Array.from({ length: Math.floor(between(0, 90)) }, () => Math.floor(between(-1, Math.min(12, logits.length + 2))));
			const context = { prompt: ids.slice(0, 20), output: ids.slice(20), position: round, breakers: new Set([1]) };
			const { stages, draw } = runChain(logits, context, s);
			expect(logits).toEqual(copy);
			stages.forEach((stage, i) => {
				const sum = stage.probs.reduce((a, b) => a + b, 0);
				if (Math.abs(sum - 1) > 1e-12) throw new Error(`round ${round}: ${stage.processor} sums to ${sum}`);
				expect(stage.kept.length).toBeGreaterThan(0);
				expect(Object.values(stage.info).every(Number.isFinite), `${stage.processor} ${JSON.stringify(stage.info)}`).toBe(true);
				const alive = new Set(stage.kept);
				const ghost = stage.probs.findIndex((p, id) => !alive.has(id) && (p !== 0 || stage.logits[id] !== -Infinity));
				if (ghost >= 0) throw new Error(`round ${round}: ${stage.processor} ${JSON.stringify(s)}: the cut token ${ghost} has probability`);
				if (i === 0) return;
				const before = stages[i - 1]!;
				expect([...stage.kept, ...stage.cut].sort((a, b) => a - b)).toEqual(before.kept);
				expect(stage.keptMass).toBeGreaterThanOrEqual(0);
				expect(stage.keptMass).toBeLessThanOrEqual(1);
				const keeps = ['top-p', 'min-p', 'typical', 'epsilon', 'eta', 'tfs', 'top-a', 'xtc'];
				if (keeps.includes(stage.processor))
					expect(stage.kept.length).toBeGreaterThanOrEqual(Math.min(before.kept.length, s.minTokensToKeep));
			});
			expect(draw.probability).toBeGreaterThan(0);
			expect(stages.at(-1)!.probs[draw.id]).toBe(draw.probability);
			if (draw.method === 'cdf') expect(draw.u! >= draw.low! && draw.u! < draw.high!).toBe(true);
			if (round % 20 === 0) {
				const again = runChain(logits, context, s);
				expect(again.stages).toEqual(stages);
				expect(again.draw).toEqual(draw);
			}
		}
	}, 60_000);

	it('temperature keeps the order', () => {
		for (let round = 0; round < 200; round++) {
			const logits = someLogits(64);
			const stage = runChain(logits, plain, { ...defaultSettings, temperature: between(0.05, 10) }).stages.at(-1)!;
			for (const a of [0, 7, 31])
				for (const b of [3, 50]) if (logits[a]! > logits[b]!) expect(stage.logits[a]! > stage.logits[b]!).toBe(true);
		}
	});

	it('top-p keeps at least p, and one token fewer would not', () => {
		for (let round = 0; round < 500; round++) {
			const topP = between(0.01, 0.99);
			const stage = runChain(someLogits(), plain, { ...defaultSettings, topP }).stages.at(-1)!;
			const raw = runChain(stage.logits, plain, defaultSettings).stages[0]!;
			expect(stage.keptMass).toBeGreaterThanOrEqual(topP - 1e-11);
			const least = Math.min(...stage.kept.map((id) => raw.probs[id]!)) * stage.keptMass;
			if (stage.kept.length > 1) expect(stage.keptMass - least).toBeLessThan(topP + 1e-11);
		}
	});

	it('ten equal tokens and top-p 0.1 to 0.9 leave one to nine', () => {
		for (let n = 1; n <= 9; n++)
			expect(runChain(Array(10).fill(0), plain, { ...defaultSettings, topP: n / 10 }).stages.at(-1)!.kept).toHaveLength(n);
	});
});

/** Chi-square of counts against probabilities, cells of fewer than 5 expected joined; and the degrees of freedom. */
function chiSquare(counts: ArrayLike<number>, probs: ArrayLike<number>, total: number) {
	let chi = 0;
	let cells = 0;
	let rest = { expected: 0, seen: 0 };
	for (let i = 0; i < probs.length; i++) {
		const expected = probs[i]! * total;
		if (expected === 0) expect(counts[i]).toBe(0);
		else if (expected < 5) rest = { expected: rest.expected + expected, seen: rest.seen + counts[i]! };
		else {
			chi += (counts[i]! - expected) ** 2 / expected;
			cells++;
		}
	}
	if (rest.expected > 0) {
		chi += (rest.seen - rest.expected) ** 2 / rest.expected;
		cells++;
	}
	return { chi, limit: cells - 1 + 5 * Math.sqrt(2 * (cells - 1)) + 10 };
}

describe('draws', () => {
	const logits = [2, 1, 0.5, 0, -1, -2, -Infinity, 1];
	it.each(['cdf', 'gumbel'] as const)('%s: 100,000 draws match the distribution', (draw) => {
		const s = { ...defaultSettings, draw, temperature: 1.3, seed: 11 };
		const { stages } = runChain(logits, plain, s);
		const counts = new Float64Array(logits.length);
		for (let position = 0; position < 100_000; position++) counts[runChain(logits, { ...plain, position }, s).draw.id]!++;
		const { chi, limit } = chiSquare(counts, stages.at(-1)!.probs, 100_000);
		expect(chi).toBeLessThan(limit);
	});

	it('the coin of XTC falls as often as it should, and not with the coin of the draw', () => {
		const s = { ...defaultSettings, xtcProbability: 0.3, xtcThreshold: 0.1 };
		const counts = new Float64Array(4);
		for (let position = 0; position < 20_000; position++) {
			const { stages, draw } = runChain([1, 1], { ...plain, position }, s);
			counts[stages[1]!.info['triggered']! * 2 + (draw.u! < 0.5 ? 1 : 0)]!++;
		}
		const { chi, limit } = chiSquare(counts, [0.35, 0.35, 0.15, 0.15], 20_000);
		expect(chi).toBeLessThan(limit);
	});

	it('inverse CDF walks from the most likely token, ties by id, and never lands on nothing', () => {
		const probs = [0.1, 0, 0.4, 0.1, 0.4];
		expect(drawCdf(probs, 0.39)).toEqual({ id: 2, u: 0.39, low: 0, high: 0.4 });
		expect(drawCdf(probs, 0.41)).toMatchObject({ id: 4, low: 0.4, high: 0.8 });
		expect(drawCdf(probs, 0.85)).toMatchObject({ id: 0, low: 0.8 });
		for (const short of [
			[0.5, 0.4999999, 0, 0],
			[0, 0.3, 0.3, 0.3, 0]
		]) {
			const hit = drawCdf(short, 1 - 2 ** -53);
			expect(short[hit.id]).toBeGreaterThan(0);
			expect(hit.high).toBe(1);
		}
		expect(() => drawCdf([0, 0], 0.5)).toThrow(RangeError);
		expect(() => drawGumbel([-Infinity], [0.5])).toThrow(RangeError);
	});

	it('a line that is laid out once gives the ids of the walk', () => {
		for (let round = 0; round < 60; round++) {
			const probs = softmax(someLogits());
			const among = byProbability(probs);
			const line = cdfLine(probs, among);
			for (const u of [2 ** -53, 1 - 2 ** -53, ...Array.from({ length: 40 }, random)]) expect(line(u)).toBe(drawCdf(probs, u, among).id);
		}
		const short = cdfLine([0, 0.3, 0.3, 0.3, 0], [0, 1, 2, 3, 4]);
		expect(short(1 - 2 ** -53)).toBe(3);
		expect(() => cdfLine([0, 0], [0, 1])).toThrow(RangeError);
	});

	it('a token keeps its Gumbel noise whatever the settings', () => {
		const s = { ...defaultSettings, draw: 'gumbel' as const, seed: 4 };
		const all = runChain(logits, plain, s).draw.scores!;
		const few = runChain(logits, plain, { ...s, topK: 3 }).draw.scores!;
		few.forEach((score, id) => score > -Infinity && expect(score).toBe(all[id]));
	});
});

describe('facts', () => {
	const probs = softmax([2, 1, 0.5, 0, -1, -2]);
	it('nucleus, rank, surprise, perplexity', () => {
		expect([0, 0.5, 0.8, 0.9, 1].map((p) => nucleusSize(probs, p))).toEqual([1, 1, 3, 4, 6]);
		expect(nucleusSize([0.25, 0.25, 0.25, 0.25], 0.75)).toBe(3);
		expect([0, 3, 5].map((id) => rankOf(probs, id))).toEqual([0, 3, 5]);
		expect(rankOf([0.5, 0.5], 1)).toBe(1);
		expect(surpriseBits(0.125)).toBeCloseTo(3, 14);
		expect(surpriseBits(0)).toBe(Infinity);
		expect(perplexity([Math.log(0.25), Math.log(0.25)])).toBeCloseTo(4, 12);
		expect(perplexity([])).toBeNaN();
	});

	it('order: descending, ties by id, with or without a hint', () => {
		const tied = [0.1, 0.3, 0.3, 0.2, 0.1];
		expect(byProbability(tied)).toEqual([1, 2, 3, 0, 4]);
		expect(byProbability(tied, [4, 0, 3])).toEqual([3, 0, 4]);
	});

	it('order a large vocabulary as a small one', () => {
		const V = 49_152;
		const kinds: Record<string, (i: number) => number> = {
			logits: () => (between(-1, 1) + between(-1, 1) + between(-1, 1)) * 8,
			'a long tail': () => Math.exp(between(-740, 0)),
			ties: () => Math.floor(between(-3, 4)),
			'nearly the same': (i) => 1 + ((i * 7919) % 1000) * 2 ** -50,
			'cut ones': () => (random() < 0.5 ? -Infinity : between(-5, 5)),
			'both zeros': (i) => [0, -0, 1, -1][i % 4]!,
			'one kind': () => -Infinity,
			extremes: () => pick([Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324, -5e-324, Infinity, -Infinity, between(-1, 1)])
		};
		for (const [kind, make] of Object.entries(kinds)) {
			const values = Float64Array.from({ length: V }, (_, i) => make(i));
			const expected = Array.from(values.keys()).sort((a, b) => (values[a] === values[b] ? a - b : values[b]! > values[a]! ? 1 : -1));
			expect(byProbability(values), kind).toEqual(expected);
			const among = expected.filter((id) => id % 3 > 0).reverse();
			expect(byProbability(values, among), kind).toEqual(expected.filter((id) => id % 3 > 0));
		}
	});
});
