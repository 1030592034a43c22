import { entropy } from '../entropy.ts';
import { log } from '../log.ts';
import { Distribution } from './distribution.ts';
import { keepWhere, leastKept, SLACK, type Processor } from './processor.ts';
import { resolveOrder } from './settings.ts';

/**
 * Locally typical sampling: keep the tokens whose surprise -ln p lies nearest to the entropy H until they hold the mass; the most
 * likely token may go.
 *
 * Meister et al. 2022; TypicalLogitsWarper: stops at the first cumulative >= mass and keeps whatever is no farther than that token.
 * llama.cpp stops at cumulative > mass and keeps no ties (llama_sampler_typical_apply). info: mass (asked for), entropy (nats),
 * threshold (|-ln p - H| of the crossing token), crossing (its id), reached (mass up to it).
 */
export const typical: Processor = (logits, _context, s, d = new Distribution(logits)) => {
	const strict = resolveOrder(s.order).conventions === 'llamacpp';
	const h = entropy(d.probs);
	// A probability that underflows to 0 still has its surprise, max - x + ln sum; ln p_max is the same shift for all.
	const best = d.best;
	const shift = logits[best]! - log(d.probs[best]!);
	const distance = logits.map((x) => Math.abs(shift - x - h));
	const order = [...d.order].sort((a, b) => distance[a]! - distance[b]! || a - b);
	let n = 0;
	let reached = 0;
	while (n < order.length && (n === 0 || (strict ? reached <= s.typicalP + SLACK : reached < s.typicalP - SLACK))) {
		reached += d.probs[order[n]!]!;
		n++;
	}
	const crossing = order[n - 1]!;
	const threshold = distance[crossing]!;
	const first = new Set(order.slice(0, Math.max(n, leastKept(s, d))));
	const keep = (id: number) => first.has(id) || (!strict && distance[id]! <= threshold);
	return { logits: keepWhere(logits, keep), info: { mass: s.typicalP, entropy: h, threshold, crossing, reached } };
};
