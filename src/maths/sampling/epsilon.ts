import { Distribution } from './distribution.ts';
import { keepLikely, leastKept, type Processor } from './processor.ts';

/**
 * Keep p >= epsilon; the best token always survives. Hewitt et al. 2022; EpsilonLogitsWarper. info: threshold.
 */
export const epsilon: Processor = (logits, _context, s, d = new Distribution(logits)) => ({
	logits: keepLikely(d, s.epsilonCutoff, leastKept(s, d)),
	info: { threshold: s.epsilonCutoff }
});
