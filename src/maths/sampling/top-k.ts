import { Distribution } from './distribution.ts';
import { kthLargest } from './kth-largest.ts';
import { leastKept, type Processor } from './processor.ts';
import { resolveOrder } from './settings.ts';

/**
 * Keep the k best. Hugging Face (TopKLogitsWarper) and vLLM cut what is BELOW the k-th largest logit, so ties with it survive;
 * llama.cpp sorts and keeps exactly k, and has no minimum here (llama_sampler_top_k_impl). info: k, threshold (the k-th logit),
 * tied (survivors beyond k).
 */
export const topK: Processor = (logits, _context, s, d = new Distribution(logits)) => {
	const exact = resolveOrder(s.order).conventions === 'llamacpp';
	const k = Math.min(d.size, Math.max(Math.floor(s.topK), exact ? 1 : leastKept(s, d)));
	const threshold = kthLargest(logits, k);
	const above = logits.reduce((n, x) => (x > threshold ? n + 1 : n), 0);
	const level = logits.reduce((n, x) => (x === threshold ? n + 1 : n), 0);
	let room = exact ? k - above : level;
	const kept = logits.map((x) => (x > threshold || (x === threshold && room-- > 0) ? x : -Infinity));
	return { logits: kept, info: { k, threshold, tied: exact ? 0 : above + level - k } };
};
