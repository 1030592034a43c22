import { entropy } from '../entropy.ts';
import { exp } from '../exp.ts';
import { Distribution } from './distribution.ts';
import { keepLikely, leastKept, type Processor } from './processor.ts';

/**
 * Keep p >= min(epsilon, sqrt(epsilon) e^-H): the bar falls when the entropy H (nats) is high; the best token always survives.
 *
 * Hewitt et al. 2022; EtaLogitsWarper (its code: the class docstring prints another formula). info: epsilon, entropy (nats), threshold.
 */
export const eta: Processor = (logits, _context, s, d = new Distribution(logits)) => {
	const h = entropy(d.probs);
	const threshold = Math.min(s.etaCutoff, Math.sqrt(s.etaCutoff) * exp(-h));
	return { logits: keepLikely(d, threshold, leastKept(s, d)), info: { epsilon: s.etaCutoff, entropy: h, threshold } };
};
