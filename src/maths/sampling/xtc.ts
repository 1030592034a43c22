import { uniform } from '../rng.ts';
import { COIN } from './coins.ts';
import { Distribution } from './distribution.ts';
import { leastKept, type Processor } from './processor.ts';
import { resolveOrder } from './settings.ts';

/**
 * Exclude top choices: with the given probability, of the tokens with p >= threshold cut all but the LEAST likely; there must be two.
 *
 * llama.cpp llama_sample_xtc_apply: a threshold above 0.5 switches it off, and so does a cut that would leave fewer than
 * minTokensToKeep. text-generation-webui also refuses to cut newline or EOS, which only a tokenizer could tell here. info: probability,
 * threshold, coin (its own, from seed and position), triggered 0/1, disabled 0/1, above (tokens with p >= threshold), least (id of the
 * least likely of them, -1 without any).
 */
export const xtc: Processor = (logits, context, s, d = new Distribution(logits)) => {
	const coin = uniform(s.seed, context.position, COIN.xtc);
	const below = d.order.findIndex((id) => d.probs[id]! < s.xtcThreshold);
	const above = below < 0 ? d.size : below;
	const least = above > 0 ? d.order[above - 1]! : -1;
	const left = d.size - (above - 1);
	const disabled = resolveOrder(s.order).conventions === 'llamacpp' && s.xtcThreshold > 0.5;
	const triggered = !disabled && coin <= s.xtcProbability && above >= 2 && left >= leastKept(s, d);
	const info = {
		probability: s.xtcProbability,
		threshold: s.xtcThreshold,
		coin,
		triggered: triggered ? 1 : 0,
		disabled: disabled ? 1 : 0,
		above,
		least
	};
	if (!triggered) return { logits: logits.slice(), info };
	const out = logits.slice();
	for (const id of d.order.slice(0, above - 1)) out[id] = -Infinity;
	return { logits: out, info };
};
