import { Distribution } from './distribution.ts';
import { keepFirst, leastKept, SLACK, type Processor } from './processor.ts';

/**
 * Tail-free sampling: the tail begins where the sorted probabilities stop curving. With c_i the i-th share of |second difference|,
 * keep the first token and then while c_1 + ... + c_i <= z; the last token of the vocabulary always goes.
 *
 * text-generation-webui's TailFreeLogitsWarper (llama.cpp has removed its own): tokens cut before count as zeros at the end of the
 * list, and a straight line, where its shares are 0 / 0, keeps all but the last. info: z, curvature (sum of |second differences|),
 * reached (the share of it up to the last token kept).
 */
export const tfs: Processor = (logits, _context, s, d = new Distribution(logits)) => {
	const p = d.order.map((id) => d.probs[id]!);
	// Two zeros are enough: those behind them add no curvature.
	for (let cut = logits.length - p.length, i = 0; i < Math.min(2, cut); i++) p.push(0);
	const curve = p.slice(2).map((x, i) => Math.abs(x - p[i + 1]! - (p[i + 1]! - p[i]!)));
	const curvature = curve.reduce((sum, c) => sum + c, 0);
	let n = 1;
	let reached = 0;
	for (const c of curve) {
		const next = reached + (curvature > 0 ? c / curvature : 0);
		if (next > s.tfs + SLACK) break;
		reached = next;
		n++;
	}
	return { logits: keepFirst(d, Math.max(n, leastKept(s, d))), info: { z: s.tfs, curvature, reached } };
};
