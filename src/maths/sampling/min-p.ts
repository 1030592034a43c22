import { Distribution } from './distribution.ts';
import { keepAbove, leastKept, type Processor } from './processor.ts';

/**
 * Keep p_i >= m * p_max: the bar falls when the model is unsure.
 *
 * Nguyen et al. 2024; MinPLogitsWarper; llama.cpp asks the same of logits, x_i >= x_max + ln m. info: share (m), max (p_max),
 * threshold (m * p_max).
 */
export const minP: Processor = (logits, _context, s, d = new Distribution(logits)) => {
	const max = d.probs[d.best]!;
	const threshold = s.minP * max;
	return { logits: keepAbove(d, threshold, leastKept(s, d)), info: { share: s.minP, max, threshold } };
};
