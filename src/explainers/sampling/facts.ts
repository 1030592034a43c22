import { log } from '#maths/log.ts';
import type { Chain, Stage } from '#maths/sampling/chain.ts';
import { nucleusSize, perplexity } from '#maths/sampling/facts.ts';
import type { Facts } from '#kit/model.ts';
import { beamFacts } from './beams.ts';
import { chainAt } from './chain-at.ts';
import type { SamplingData } from './data.ts';
import { textFrames } from './frames.ts';
import type { SamplingParams } from './params.ts';
import { rawShare } from './raw-share.ts';

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

/** The numbers that a reader quotes; each is defined in its source. */
export function facts(p: SamplingParams, data: SamplingData): Facts {
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
			value: final.entropyBits,
			unit: 'bits',
			source: SOURCE.entropy,
			note: { key: 'rawEntropy', values: { bits: raw.entropyBits } }
		},
		top1Probability: {
			value: final.probs[final.ranked[0]!]!,
			unit: 'share',
			source: SOURCE.top,
			note: { key: 'rawTop', values: { share: raw.probs[raw.ranked[0]!]! } }
		},
		nucleusSize: {
			value: nucleusSize(nucleusOf.probs, p.topP, nucleusOf.ranked),
			unit: 'count',
			source: SOURCE.nucleus,
			note: { key: 'nucleus', values: { p: p.topP } }
		}
	};
	if (frames.length === 0 || frames[0]!.processor !== 'token') return common;
	const logProbs = frames.map((_, i) => log(rawShare(data.written[i]!).share));
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
