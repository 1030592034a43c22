import { Distribution } from './distribution.ts';
import { finite, keepWhere, type Processor } from './processor.ts';
import { resolveOrder } from './settings.ts';

/** Standard deviation of logits (n): over those above -Infinity by N; or by N - 1 over all, -Infinity counted as 0. */
export function sigmaOf(logits: ArrayLike<number>, kind: 'population' | 'sample'): number {
	const values = Array.from(logits).flatMap((x) => (x > -Infinity ? [x] : kind === 'sample' ? [0] : []));
	const divisor = kind === 'sample' ? values.length - 1 : values.length;
	if (divisor < 1) return 0;
	// Squares of more than 1e150 overflow: such logits are measured in units of the largest.
	const largest = values.reduce((a, x) => Math.max(a, Math.abs(x)), 0);
	const unit = largest > 1e150 ? largest : 1;
	const mean = values.reduce((sum, x) => sum + x / unit, 0) / values.length;
	const squares = values.reduce((sum, x) => sum + (x / unit - mean) * (x / unit - mean), 0);
	return finite(unit * Math.sqrt(squares / divisor));
}

/**
 * Keep x >= x_max - n sigma, on LOGITS: heat before it changes nothing.
 *
 * Tang et al. 2024. llama.cpp divides by N over the logits that are left (and so does the order `llamacpp`, whatever `sigma` says);
 * text-generation-webui by N - 1 and counts cut logits as 0. info: n, max (best logit), sigma, sample 0/1, threshold.
 */
export const topNSigma: Processor = (logits, _context, s, d = new Distribution(logits)) => {
	const kind = resolveOrder(s.order).conventions === 'llamacpp' ? 'population' : s.sigma;
	const max = logits[d.best]!;
	const sigma = sigmaOf(logits, kind);
	const threshold = finite(max - s.topNSigma * sigma);
	const info = { n: s.topNSigma, max, sigma, sample: kind === 'sample' ? 1 : 0, threshold };
	return { logits: keepWhere(logits, (id) => !(logits[id]! < threshold)), info };
};
