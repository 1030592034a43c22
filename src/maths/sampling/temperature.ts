import { Distribution } from './distribution.ts';
import { keepWhere, type Processor } from './processor.ts';
import { resolveOrder } from './settings.ts';

/**
 * x_i / T; T = 0 is greedy: only the best logit is left, ties go to the lowest id.
 *
 * Hugging Face refuses T = 0 (do_sample=False is its greedy), llama.cpp takes the best for T <= 0 (llama_sampler_temp_impl), vLLM for
 * T < 1e-5. info: temperature, greedy 0/1, id (of the best) and tied (others with the same logit) when greedy.
 */
export const temperature: Processor = (logits, _context, s, d = new Distribution(logits)) => {
	const t = s.temperature;
	const greedy = !(t > 0) || (t < 1e-5 && resolveOrder(s.order).conventions === 'vllm');
	const id = d.best;
	if (greedy) {
		const tied = logits.reduce((n, x) => (x === logits[id] ? n + 1 : n), -1);
		return { logits: keepWhere(logits, (other) => other === id), info: { temperature: t, greedy: 1, id, tied } };
	}
	const info = { temperature: t, greedy: 0 };
	const heated = new Float64Array(logits.length);
	let overflows = false;
	for (let i = 0; i < logits.length; i++) {
		const y = logits[i]! / t;
		heated[i] = y;
		overflows ||= !Number.isFinite(y) && logits[i] !== -Infinity;
	}
	if (!overflows) return { logits: heated, info };
	// So cold that the division overflows: the same distribution, measured from the best logit.
	const max = logits[id]!;
	return { logits: logits.map((x) => (x === -Infinity ? x : Math.max(-Number.MAX_VALUE, (x - max) / t))), info };
};
