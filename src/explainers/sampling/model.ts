import { entropyBits } from '#maths/entropy.ts';
import { log } from '#maths/log.ts';
import { beamFacts, beamFrames } from './beams.ts';
import { runChain, type Chain, type Stage } from '#maths/sampling/chain.ts';
import { drawCdf, drawGumbel } from '#maths/sampling/draw.ts';
import { nucleusSize, perplexity, rankOf, surpriseBits } from '#maths/sampling/facts.ts';
import { ignored, type ProcessorName } from '#maths/sampling/settings.ts';
import { uniform } from '#maths/rng.ts';
import type { Caption, Facts, Frame, Model, Problem } from '#kit/model.ts';
import { labelOf, type SamplingData } from './data.ts';
import { params, settingsOf, type SamplingParams } from './params.ts';

export interface SamplingFrame extends Frame {
	readonly processor: 'softmax' | ProcessorName | 'draw' | 'token' | 'beams';
	/** (vocab), exactly 0 where cut. */
	readonly probs: Float64Array;
	/** Ids that are not cut, ascending. */
	readonly kept: readonly number[];
	/** The stage of the chain that the frame shows; the draw shows what the last stage left. */
	readonly stage: Stage;
	/** The distribution that enters the stage, (vocab). */
	readonly before: Float64Array;
	readonly chain: Chain;
	readonly tokens: SamplingData['tokens'];
	/** Where the coin was thrown: 0 is the first written token. */
	readonly position: number;
	/** The token that the text goes on with here: the drawn one, or the reader's. */
	readonly id: number;
	/** 1,000 draws and the like: how often each id was drawn, (vocab), or nothing. */
	readonly counts?: Uint32Array;
	readonly tree?: import('./beams.ts').Tree;
}

/** Chains of parameters that were asked for: frames, facts and the picture of one state share one run. */
const known = new WeakMap<SamplingParams, { readonly data: SamplingData; readonly position: number; readonly chain: Chain }>();

/** The chain at one position of the text. Mirostat carries a state from token to token, so its past is run through first. */
function chainAt(p: SamplingParams, data: SamplingData, position: number): Chain {
	const hit = known.get(p);
	if (hit?.data === data && hit.position === position) return hit.chain;
	const settings = settingsOf(p);
	const output = data.origin === 'custom' ? p.history : data.written.map((token) => token.id);
	const at = Math.min(position, data.next === null ? data.written.length - 1 : data.written.length);
	const run = (i: number, mu: number | undefined): Chain => {
		const logits = i < data.written.length ? data.written[i]!.logits : data.next!;
		const context = { prompt: data.promptIds, output: data.origin === 'custom' ? output : output.slice(0, i), position: i };
		return runChain(logits, mu === undefined ? context : { ...context, mu }, settings);
	};
	let mu: number | undefined;
	if (p.mirostat !== '0') for (let i = 0; i < at; i++) mu = run(i, mu).next.mu;
	const chain = run(at, mu);
	known.set(p, { data, position, chain });
	return chain;
}

/** How many tokens are left in play for the draw that the step picture shows. */
export function survivors(p: SamplingParams, data: SamplingData): number {
	return chainAt(p, data, p.at).stages.at(-1)!.kept.length;
}

/** How often each token comes up in `draws` independent draws from the final distribution: draw i has the coins of seed + i. */
function countDraws(p: SamplingParams, chain: Chain, position: number): Uint32Array | undefined {
	if (p.draws === 0) return undefined;
	const { logits, probs, kept } = chain.stages.at(-1)!;
	const counts = new Uint32Array(probs.length);
	const order = [...kept].sort((a, b) => probs[b]! - probs[a]! || a - b);
	for (let i = 0; i < p.draws; i++) {
		if (p.draw === 'gumbel') {
			const some = order.map((id) => logits[id]!);
			const coins = order.map((id) => uniform(p.seed, position, (i + 1) * 1_000_003 + id));
			counts[order[drawGumbel(some, coins).id]!]! += 1;
		} else counts[drawCdf(probs, uniform(p.seed, position, (i + 1) * 1_000_003), order).id]! += 1;
	}
	return counts;
}

const stageCaption = (stage: Stage, chain: Chain, tokens: SamplingData['tokens']): Caption => {
	const { info, processor, kept, cut } = stage;
	const names: Record<string, string> = {};
	for (const key of ['id', 'crossing', 'least'] as const) {
		if (info[key] !== undefined && info[key] >= 0) names[`${key}Token`] = labelOf(tokens, info[key]);
	}
	const key = processor === 'temperature' && info.greedy === 1 ? 'greedy' : processor;
	const values = { ...info, ...names, kept: kept.length, cut: cut.length, keptMass: stage.keptMass, entropyBits: entropyBits(stage.probs) };
	return { key, values: { ...values, conventions: chain.conventions } };
};

function drawCaption(
	chain: Chain,
	p: SamplingParams,
	tokens: SamplingData['tokens'],
	id: number,
	counts: Uint32Array | undefined
): Caption {
	const { draw } = chain;
	const final = chain.stages.at(-1)!;
	const forced = id !== draw.id;
	const values = {
		token: labelOf(tokens, id),
		drawn: labelOf(tokens, draw.id),
		probability: final.probs[id]!,
		kept: final.kept.length,
		zero: final.probs.length - final.kept.length,
		u: draw.u ?? 0,
		low: draw.low ?? 0,
		high: draw.high ?? 0,
		score: draw.scores?.[draw.id] ?? 0,
		draws: p.draws,
		share: counts === undefined || p.draws === 0 ? 0 : counts[id]! / p.draws
	};
	if (forced) return { key: 'picked', values };
	if (final.kept.length === 1) return { key: 'drawOnly', values };
	return { key: counts !== undefined ? 'draws' : draw.method === 'gumbel' ? 'drawGumbel' : 'draw', values };
}

/** The number that stands beside a processor's name over its column. */
function markValue(processor: Stage['processor'], p: SamplingParams): string | number | undefined {
	const values: Partial<Record<Stage['processor'], string | number>> = {
		temperature: p.temperature,
		'top-k': p.topK,
		'top-p': p.topP,
		'min-p': p.minP,
		typical: p.typicalP,
		epsilon: p.epsilonCutoff,
		eta: p.etaCutoff,
		'top-h': p.topH,
		tfs: p.tfs,
		'top-a': p.topA,
		'top-n-sigma': p.topNSigma,
		xtc: p.xtcThreshold,
		dry: p.dryMultiplier,
		mirostat: Number(p.mirostat)
	};
	return values[processor];
}

/** Mode step: one frame a stage of the chain at position `at`, and the draw. */
function stepFrames(p: SamplingParams, data: SamplingData): SamplingFrame[] {
	const chain = chainAt(p, data, p.at);
	const position = Math.min(p.at, data.next === null ? data.written.length - 1 : data.written.length);
	const id = p.picks.find(([i, token]) => i === position && token < chain.stages[0]!.probs.length)?.[1] ?? chain.draw.id;
	const counts = countDraws(p, chain, position);
	const shared = { chain, tokens: data.tokens, position, id, ...(counts === undefined ? {} : { counts }) };
	const frames = chain.stages.map((stage, i): SamplingFrame => {
		const value = markValue(stage.processor, p);
		return {
			...shared,
			processor: stage.processor,
			probs: stage.probs,
			kept: stage.kept,
			stage,
			before: (chain.stages[i - 1] ?? stage).probs,
			caption: stageCaption(stage, chain, data.tokens),
			mark: { key: stage.processor, ...(value === undefined ? {} : { value }) }
		};
	});
	const last = frames.at(-1)!;
	const draw: SamplingFrame = {
		...last,
		processor: 'draw',
		before: last.probs,
		caption: drawCaption(chain, p, data.tokens, id, counts),
		mark: { key: 'draw' }
	};
	return [...frames, draw];
}

/** Mode text: one frame a written token, each with the distribution that it was drawn from. */
function textFrames(p: SamplingParams, data: SamplingData): SamplingFrame[] {
	const written = data.written.slice(0, p.maxTokens);
	if (written.length === 0) return stepFrames({ ...p, at: 0 }, data).slice(-1);
	const settings = settingsOf(p);
	let mu: number | undefined;
	return written.map(({ id, logits, forced }, position): SamplingFrame => {
		const output = written.slice(0, position).map((token) => token.id);
		const context = { prompt: data.promptIds, output, position };
		const chain = runChain(logits, mu === undefined ? context : { ...context, mu }, settings);
		mu = chain.next.mu;
		const stage = chain.stages.at(-1)!;
		const raw = chain.stages[0]!.probs;
		const values = {
			position: position + 1,
			token: labelOf(data.tokens, id),
			probability: stage.probs[id] ?? 0,
			raw: raw[id] ?? 0,
			rank: rankOf(raw, id) + 1,
			entropyBits: entropyBits(stage.probs),
			surpriseBits: surpriseBits(raw[id] ?? 0),
			kept: stage.kept.length,
			u: chain.draw.u ?? 0
		};
		return {
			processor: 'token',
			probs: stage.probs,
			kept: stage.kept,
			stage,
			before: raw,
			chain,
			tokens: data.tokens,
			position,
			id,
			caption: { key: forced ? 'tokenPicked' : 'token', values },
			mark: { key: 'token', value: labelOf(data.tokens, id) }
		};
	});
}

/** The distribution before anything is cut: what enters the first stage that cuts, or the last one when none does. */
function beforeCutting(chain: Chain): Stage {
	const first = chain.stages.findIndex((stage) => stage.cut.length > 0);
	return chain.stages[first < 0 ? chain.stages.length - 1 : Math.max(0, first - 1)]!;
}

const SOURCE = {
	entropy: 'Shannon 1948: H = −Σ p log₂ p, of the distribution that is drawn from',
	nucleus: 'Holtzman et al. 2019 (arXiv 1904.09751): the smallest set with mass ≥ p',
	kept: 'definition: tokens with a probability above 0 at the draw',
	mass: 'definition: what the kept tokens weighed before anything was cut',
	top: 'definition: max p at the draw',
	perplexity: 'definition: exp(−mean ln p) of the written tokens under the raw distribution of the model'
};

function facts(p: SamplingParams, data: SamplingData): Facts {
	if (p.mode === 'beams' && p.source === 'model' && data.beams !== undefined) return beamFacts(p, data);
	const frames = p.mode === 'text' && p.source === 'model' ? textFrames(p, data) : [];
	const chain = frames.at(-1)?.chain ?? chainAt(p, data, p.at);
	const final = chain.stages.at(-1)!;
	const raw = chain.stages[0]!;
	const before = beforeCutting(chain);
	const keptMass =
		final.kept.length === before.kept.length
			? 1
			: Math.min(
					1,
					final.kept.reduce((sum, id) => sum + before.probs[id]!, 0)
				);
	const enters = chain.stages.findIndex((stage) => stage.processor === 'top-p');
	const nucleusOf = enters < 0 ? before : chain.stages[enters - 1]!;
	const common: Facts = {
		keptTokens: {
			value: final.kept.length,
			unit: 'count',
			source: SOURCE.kept,
			note: { key: 'ofVocabulary', values: { n: final.probs.length } }
		},
		keptMass: { value: keptMass, unit: 'share', source: SOURCE.mass },
		entropyBits: {
			value: entropyBits(final.probs),
			unit: 'bits',
			source: SOURCE.entropy,
			note: { key: 'rawEntropy', values: { bits: entropyBits(raw.probs) } }
		},
		top1Probability: {
			value: Math.max(...final.probs),
			unit: 'share',
			source: SOURCE.top,
			note: { key: 'rawTop', values: { share: Math.max(...raw.probs) } }
		},
		nucleusSize: {
			value: nucleusSize(nucleusOf.probs, p.topP),
			unit: 'count',
			source: SOURCE.nucleus,
			note: { key: 'nucleus', values: { p: p.topP } }
		}
	};
	if (frames.length === 0 || frames[0]!.processor !== 'token') return common;
	const logProbs = frames.map((frame) => log(frame.before[frame.id] ?? 0));
	return {
		...common,
		perplexity: {
			value: perplexity(logProbs),
			unit: 'perplexity',
			source: SOURCE.perplexity,
			note: { key: 'ofTokens', values: { n: frames.length } }
		}
	};
}

export const model: Model<typeof params, SamplingFrame, SamplingData> = {
	params,
	frames(p, data) {
		if (p.source === 'custom') return stepFrames(p, data);
		if (p.mode === 'beams' && data.beams !== undefined) return beamFrames(p, data);
		return p.mode === 'text' ? textFrames(p, data) : stepFrames(p, data);
	},
	facts,
	check(p): Problem | undefined {
		if (p.source === 'custom' && p.mode !== 'step') return { key: 'customMode', values: {}, fix: { mode: 'step' } };
		const unused = p.order.includes(',') ? ignored(settingsOf(p)) : [];
		if (unused.length === 0) return undefined;
		return { key: 'notInOrder', values: { names: unused.join(', ') }, fix: { order: [p.order, ...unused].join(',') } };
	},
	toJSON({ processor, probs, kept, stage, chain, id, position, caption, counts, tree }) {
		const { method, u, low, high, probability } = chain.draw;
		return {
			processor,
			probs: [...probs],
			kept,
			info: stage.info,
			caption,
			...(processor === 'draw' || processor === 'token'
				? { draw: { method, id: chain.draw.id, u, low, high, probability }, id, position }
				: {}),
			...(processor === 'draw' && counts !== undefined ? { counts: [...counts] } : {}),
			...(tree === undefined ? {} : { beams: tree.results })
		};
	}
};
