import { Distribution } from './distribution.ts';
import { keepFirst, leastKept, SLACK, type Processor } from './processor.ts';

/**
 * Nucleus sampling: walk down from the most likely token and stop behind the one that reaches mass p, which is KEPT.
 *
 * Holtzman et al. 2019; TopPLogitsWarper (which removes from the other end, cumulative <= 1 - p), llama_sampler_top_p_apply, vLLM.
 * p <= 0 leaves one. info: p, crossing (id of the token that reaches p), before and mass (cumulative, without and with it).
 */
export const topP: Processor = (logits, _context, s, d = new Distribution(logits)) => {
	let n = 0;
	let before = 0;
	let mass = 0;
	const { probs, order } = d;
	while (n < d.size && (n === 0 || mass < s.topP - SLACK)) {
		before = mass;
		mass += probs[order[n]!]!;
		n++;
	}
	const info = { p: s.topP, crossing: order[n - 1]!, before, mass };
	return { logits: keepFirst(d, Math.max(n, leastKept(s, d))), info };
};
