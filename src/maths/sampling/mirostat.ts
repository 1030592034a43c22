import { exp } from '../exp.ts';
import { log } from '../log.ts';
import { log2 } from '../log2.ts';
import { pow } from '../pow.ts';
import type { Context } from './context.ts';
import { Distribution } from './distribution.ts';
import { keepFirst, SLACK, type Processor } from './processor.ts';
import type { Settings } from './settings.ts';

/** How many of the best tokens version 1 fits Zipf's law to. */
const FITTED = 100;

/** The state that enters a step, bits: carried over, or the given start, or 2 tau. */
export function muOf(context: Context, s: Settings): number {
	return context.mu ?? s.mirostatMu ?? 2 * s.mirostatTau;
}

/** The state after a token of that surprise (bits) was drawn: mu - eta (S - tau). */
export function nextMu(mu: number, surpriseBits: number, s: Settings): number {
	return mu - s.mirostatEta * (surpriseBits - s.mirostatTau);
}

/**
 * Zipf's exponent of descending probabilities, by least squares through the origin: b_i = ln(p_i / p_{i+1}) on t_i = ln((i+2) / (i+1)).
 * 0 for a flat list; NaN for fewer than two.
 */
export function zipfExponent(sorted: readonly number[], m = FITTED): number {
	let tb = 0;
	let tt = 0;
	for (let i = 0; i + 1 < sorted.length && i < m - 1 && sorted[i + 1]! > 0; i++) {
		const t = log((i + 2) / (i + 1));
		tb += t * log(sorted[i]! / sorted[i + 1]!);
		tt += t * t;
	}
	return tb / tt;
}

/** The real k whose Zipf-distributed top-k has the surprise mu: (e 2^mu / (1 - N^-e))^(1/s), e = s - 1; at e = 0 its limit. */
export function zipfK(s: number, mu: number, vocab: number): number {
	const e = s - 1;
	const ratio = Math.abs(e) < 1e-12 ? 1 / log(vocab) : e / (1 - exp(-e * log(vocab)));
	return pow(ratio * exp(mu * Math.LN2), 1 / s);
}

/** The whole k: llama.cpp truncates, the authors' code (basusourya/mirostat) rounds and adds one; always 1 to n. */
export function wholeK(k: number, n: number, rule: 'llamacpp' | 'authors'): number {
	if (Number.isNaN(k)) return 1;
	return Math.min(n, Math.max(1, rule === 'authors' ? Math.round(k) + 1 : Math.floor(k)));
}

/** Version 1: top-k with the k that the fitted Zipf's law gives for the surprise mu. Basu et al. 2021. */
export function mirostat1(d: Distribution, mu: number, rule: 'llamacpp' | 'authors' = 'llamacpp') {
	const s = zipfExponent(d.order.slice(0, FITTED).map((id) => d.probs[id]!));
	const real = zipfK(s, mu, d.logits.length);
	const k = wholeK(real, d.size, rule);
	return { logits: keepFirst(d, k), info: { version: 1, mu, zipf: s, kReal: real, k } };
}

/** Version 2: keep from the best token on while the surprise -log2 p is within mu; the first always. */
export function mirostat2(d: Distribution, mu: number) {
	const over = d.order.findIndex((id) => -log2(d.probs[id]!) > mu + SLACK);
	const k = Math.max(1, over < 0 ? d.size : over);
	return { logits: keepFirst(d, k), info: { version: 2, mu, k } };
}

/**
 * Mirostat (Basu et al. 2021) as llama.cpp has it: cut so that the surprise is about mu, then let the drawn token move mu; the surprise
 * is measured on the TRUNCATED distribution (the authors' code measures it on the whole one). The chain computes the next mu.
 * info: version, mu, tau, eta, k (tokens kept), and for version 1 zipf (fitted exponent) and kReal; a zipf of NaN (one token) is left out.
 */
export const mirostat: Processor = (logits, context, s, d = new Distribution(logits)) => {
	const mu = muOf(context, s);
	const result = s.mirostat === 1 ? mirostat1(d, mu) : mirostat2(d, mu);
	const finiteInfo = Object.fromEntries(Object.entries(result.info).filter(([, x]) => Number.isFinite(x)));
	return { logits: result.logits, info: { ...finiteInfo, tau: s.mirostatTau, eta: s.mirostatEta } };
};
