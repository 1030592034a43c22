import { entropy } from '../entropy.ts';
import { log } from '../log.ts';
import { Distribution } from './distribution.ts';
import { keepFirst, SLACK, type Processor } from './processor.ts';

/** How many of the best tokens the rule looks at (TopHLogitsWarper). */
const BEST = 100;

/**
 * Walk down from the most likely token while the entropy gathered, the sum of -p ln p, stays within the share h of all of it; the
 * first token is always kept. Only the best 100 tokens count, renormalised, and nothing beyond them survives.
 *
 * TopHLogitsWarper of transformers 5 (which knows no minTokensToKeep). info: share (h), entropy (nats, of the
 * best 100), threshold (h * entropy), reached (entropy of what is kept).
 */
export const topH: Processor = (logits, _context, s, d = new Distribution(logits)) => {
	const best = d.order.slice(0, BEST).map((id) => d.probs[id]!);
	const mass = best.reduce((sum, p) => sum + p, 0);
	const probs = best.map((p) => p / mass);
	const h = entropy(probs);
	const threshold = s.topH * h;
	let n = 0;
	let reached = 0;
	for (const p of probs) {
		const next = reached + (p > 0 ? -p * log(p) : 0);
		if (n > 0 && next > threshold + SLACK) break;
		reached = next;
		n++;
	}
	return { logits: keepFirst(d, n), info: { share: s.topH, entropy: h, threshold, reached } };
};
