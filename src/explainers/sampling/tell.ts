/** What a step says: the key of its caption and the numbers in it, and the number over its column. */
import type { Chain, Stage } from '#maths/sampling/chain.ts';
import type { Caption } from '#kit/model.ts';
import { labelOf, type SamplingData } from './data.ts';
import type { SamplingParams } from './params.ts';

export const stageCaption = (stage: Stage, chain: Chain, tokens: SamplingData['tokens']): Caption => {
	const { info, processor, kept, cut } = stage;
	const names: Record<string, string> = {};
	for (const key of ['id', 'crossing', 'least'] as const) {
		if (info[key] !== undefined && info[key] >= 0) names[`${key}Token`] = labelOf(tokens, info[key]);
	}
	const key = processor === 'temperature' && info.greedy === 1 ? 'greedy' : processor;
	const values = { ...info, ...names, kept: kept.length, cut: cut.length, keptMass: stage.keptMass, entropyBits: stage.entropyBits };
	return { key, values: { ...values, conventions: chain.conventions } };
};

export function drawCaption(
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
export function markValue(processor: Stage['processor'], p: SamplingParams): string | number | undefined {
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
