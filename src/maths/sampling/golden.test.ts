/** Every golden case of tests/golden/samplers.json, by the name of what it runs; a name without an entry here fails. */
import { describe, expect, it } from 'vitest';
import golden from '../../../tests/golden/samplers.json' with { type: 'json' };
import { hamming } from '../beam/beam.ts';
import { log2 } from '../log2.ts';
import { softmax } from '../softmax.ts';
import { runChain, type Context } from './chain.ts';
import { contrastive } from './contrastive.ts';
import { Distribution } from './distribution.ts';
import { drawGumbel } from './draw.ts';
import { matchLengths } from './dry.ts';
import { dynamicTemperature } from './dynamic-temperature.ts';
import { encoderRepetition } from './encoder-repetition.ts';
import { mirostat1, mirostat2, nextMu } from './mirostat.ts';
import { quadratic } from './quadratic.ts';
import { defaultSettings, type Settings } from './settings.ts';

/** Every parameter that some case has; the function of a case reads only its own. */
interface Params {
	temperature: number;
	k: number;
	p: number;
	min_tokens_to_keep?: number;
	min_p: number;
	typical_p: number;
	epsilon: number;
	top_h: number;
	z: number;
	a: number;
	n: number;
	std: 'population' | 'sample';
	threshold: number;
	probability: number;
	mu: number;
	tau: number;
	eta: number;
	selected: number;
	variant: 'llamacpp' | 'paper_code';
	penalty: number;
	encoder_input_ids: number[];
	presence_penalty: number;
	frequency_penalty: number;
	repetition_penalty: number;
	ngram_size: number;
	multiplier: number;
	base: number;
	allowed_length: number;
	sequence_breakers: number[];
	min_temp: number;
	max_temp: number;
	exponent: number;
	smoothing_factor: number;
	smoothing_curve: number;
	order: string[];
	uniform: number[];
	candidate_probs: number[];
	candidate_hidden: number[][];
	context_hidden: number[][];
	alpha: number;
	previous_group_tokens: number[];
	diversity_penalty: number;
}

interface Case {
	id: string;
	name: string;
	params: Params;
	logits: number[];
	input_ids?: number[];
	kept?: number[];
	processed_logits?: (number | null)[];
	probs?: number[];
	kept_llamacpp_count?: number;
	match_lengths: Record<string, number>;
	temperature_used: number;
	selected: number;
	scores: number[];
	penalty: number[];
	k_used?: number;
	k_real?: number;
	s_hat?: number;
	observed_surprise_bits: number;
	mu_next: number;
	entropy_nats?: number;
	eta?: number;
	sigma?: number;
	threshold?: number;
}
type Told = 'entropy_nats' | 'eta' | 'sigma' | 'threshold';

/** What a case's function answers: the logits, and checks of its own on whatever else the case tells. */
type Answer = { logits?: ArrayLike<number>; check?: () => void };

const near = (got: number | undefined, want: number) => expect(got).toBeCloseTo(want, 9);

/** The last stage of a chain with these settings; `info` names numbers of the caption and of the case that must agree. */
function chain(c: Case, settings: Partial<Settings>, info: Record<string, Told> = {}, context: Partial<Context> = {}): Answer {
	const s = { ...defaultSettings, ...settings };
	const stages = runChain(c.logits, { prompt: [], output: c.input_ids ?? [], position: 0, ...context }, s).stages;
	const last = stages.at(-1)!;
	return {
		logits: last.logits,
		check: () => {
			for (const [ours, theirs] of Object.entries(info)) if (c[theirs] !== undefined) near(last.info[ours], c[theirs]);
		}
	};
}

const CASES: Record<string, (c: Case) => Answer> = {
	none: (c) => chain(c, {}),
	temperature: (c) => chain(c, { temperature: c.params.temperature }),
	top_k: (c) => ({
		logits: chain(c, { topK: c.params.k }).logits!,
		check: () => {
			if (c.kept_llamacpp_count === undefined) return;
			const exact = chain(c, { topK: c.params.k, order: 'llamacpp' }).logits!;
			expect(Array.from(exact).filter((x) => x > -Infinity)).toHaveLength(c.kept_llamacpp_count);
		}
	}),
	top_p: (c) => chain(c, { topP: c.params.p, minTokensToKeep: c.params.min_tokens_to_keep ?? 1 }),
	min_p: (c) => chain(c, { minP: c.params.min_p }),
	typical: (c) => chain(c, { typicalP: c.params.typical_p }, { entropy: 'entropy_nats' }),
	epsilon_cutoff: (c) => chain(c, { epsilonCutoff: c.params.epsilon }),
	eta_cutoff: (c) => chain(c, { etaCutoff: c.params.epsilon }, { entropy: 'entropy_nats', threshold: 'eta' }),
	top_h: (c) => chain(c, { topH: c.params.top_h }),
	tfs: (c) => chain(c, { tfs: c.params.z }),
	top_a: (c) => chain(c, { topA: c.params.a }),
	top_n_sigma: (c) => chain(c, { topNSigma: c.params.n, sigma: c.params.std }, { sigma: 'sigma', threshold: 'threshold' }),
	xtc: (c) => chain(c, { xtcThreshold: c.params.threshold, xtcProbability: c.params.probability }),
	mirostat_v2: (c) => mirostat(c, mirostat2(new Distribution(Float64Array.from(c.logits)), c.params.mu)),
	mirostat_v1: (c) => {
		const rule = c.params.variant === 'paper_code' ? 'authors' : 'llamacpp';
		return mirostat(c, mirostat1(new Distribution(Float64Array.from(c.logits)), c.params.mu, rule), rule);
	},
	repetition_penalty: (c) => chain(c, { repetitionPenalty: c.params.penalty }),
	encoder_repetition_penalty: (c) => ({ logits: encoderRepetition(c.logits, c.params.encoder_input_ids, c.params.penalty) }),
	presence_frequency: (c) => chain(c, { presencePenalty: c.params.presence_penalty, frequencyPenalty: c.params.frequency_penalty }),
	penalties_combined: (c) =>
		chain(c, {
			repetitionPenalty: c.params.repetition_penalty,
			presencePenalty: c.params.presence_penalty,
			frequencyPenalty: c.params.frequency_penalty,
			order: 'llamacpp'
		}),
	no_repeat_ngram: (c) => chain(c, { noRepeatNgram: c.params.ngram_size }),
	dry: (c) => {
		const { multiplier, base, allowed_length, sequence_breakers } = c.params;
		const breakers = new Set(sequence_breakers);
		const long = [...matchLengths(c.input_ids!, breakers)].filter(([, n]) => n >= allowed_length);
		expect(Object.fromEntries(long)).toEqual(c.match_lengths);
		const settings = { dryMultiplier: multiplier, dryBase: base, dryAllowedLength: allowed_length };
		expect(chain(c, { ...settings, order: 'llamacpp' }, {}, { breakers }).logits).toEqual(chain(c, settings, {}, { breakers }).logits);
		return chain(c, settings, {}, { breakers });
	},
	dynamic_temperature: (c) => {
		const { min_temp: min, max_temp: max, exponent } = c.params;
		const { logits, temperature } = dynamicTemperature(c.logits, { min, max, exponent });
		return { logits, check: () => near(temperature, c.temperature_used) };
	},
	quadratic_smoothing: (c) => ({ logits: quadratic(c.logits, c.params.smoothing_factor, c.params.smoothing_curve) }),
	chain: (c) => {
		const order = c.params.order.map((name) => name.replaceAll('_', '-')).join(',');
		const s = { temperature: c.params.temperature, topK: c.params.k, topP: c.params.p, minP: c.params.min_p };
		expect(chain(c, { ...s, order: 'llamacpp' }).logits).toEqual(chain(c, { ...s, order }).logits);
		return chain(c, { ...s, order });
	},
	gumbel_max: (c) => {
		const { id, scores } = drawGumbel(c.logits, c.params.uniform);
		return {
			check: () => {
				expect(id).toBe(c.selected);
				scores.forEach((score, i) => near(score, c.scores[i]!));
				near(softmax(c.logits)[1], c.probs![1]!);
			}
		};
	},
	greedy: (c) => {
		const s = { ...defaultSettings, temperature: 0 };
		const { stages, draw } = runChain(c.logits, { prompt: [], output: [], position: 0 }, s);
		expect(draw.id).toBe(c.selected);
		expect([...stages.at(-1)!.probs]).toEqual(c.probs);
		return {};
	},
	contrastive_search: (c) => {
		const { selected, penalty, scores } = contrastive(
			c.params.candidate_probs,
			c.params.candidate_hidden,
			c.params.context_hidden,
			c.params.alpha
		);
		expect(selected).toBe(c.selected);
		scores.forEach((x, i) => near(x, c.scores[i]!));
		penalty.forEach((x, i) => near(x, c.penalty[i]!));
		return {};
	},
	diverse_beam_hamming: (c) => {
		const penalty = hamming(c.params.previous_group_tokens, c.logits.length, c.params.diversity_penalty);
		return { logits: c.logits.map((x, i) => x - penalty[i]!) };
	}
};

function mirostat(c: Case, result: { logits: Float64Array; info: Record<string, number> }, rule = 'llamacpp'): Answer {
	const { mu, tau, eta, selected } = c.params;
	return {
		logits: result.logits,
		check: () => {
			if (c.k_used !== undefined) expect(result.info['k']).toBe(c.k_used);
			if (c.k_real !== undefined) near(result.info['kReal'], c.k_real);
			if (c.s_hat !== undefined) near(result.info['zipf'], c.s_hat);
			const surprise = -log2(softmax(rule === 'authors' ? c.logits : result.logits)[selected]!);
			near(surprise, c.observed_surprise_bits);
			near(nextMu(mu, surprise, { ...defaultSettings, mirostatTau: tau, mirostatEta: eta }), c.mu_next);
		}
	};
}

describe('golden samplers', () => {
	it.each(golden as unknown as Case[])('$id', (c) => {
		const run = CASES[c.name];
		if (run === undefined) throw new Error(`no implementation for the golden case ${c.name}`);
		const { logits, check } = run(c);
		check?.();
		if (logits === undefined) return;
		const kept = Array.from(logits).flatMap((x, id) => (x > -Infinity ? [id] : []));
		// Fragile ones stand on a boundary, where the SLACK of processor.ts gives the answer of exact arithmetic.
		if (c.kept) expect(kept).toEqual(c.kept);
		c.processed_logits?.forEach((x, i) => (x === null ? expect(logits[i]).toBe(-Infinity) : near(logits[i], x)));
		const probs = softmax(logits);
		c.probs?.forEach((p, i) => (p === 0 ? expect(probs[i]).toBe(0) : near(probs[i], p)));
	});
});
