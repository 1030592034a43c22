import { Distribution } from './distribution.ts';
import { keepAbove, leastKept, type Processor } from './processor.ts';

/**
 * Keep p_i >= a * p_max^2: as min-p, with a bar that falls faster when the model is unsure; the best token always survives.
 *
 * text-generation-webui's TopALogitsWarper. info: a, max (p_max), threshold.
 */
export const topA: Processor = (logits, _context, s, d = new Distribution(logits)) => {
	const max = d.probs[d.best]!;
	const threshold = s.topA * max * max;
	return { logits: keepAbove(d, threshold, leastKept(s, d)), info: { a: s.topA, max, threshold } };
};
