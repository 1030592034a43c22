import { repeatedNgrams } from './ngram.ts';
import { finite, type Processor } from './processor.ts';
import { resolveOrder } from './settings.ts';

/** llama.cpp's penalty_last_n. */
const WINDOW = 64;

/** Repetition penalty of CTRL (Keskar et al. 2019): x >= 0 ? x / r : x * r. A logit of exactly 0 never moves. */
export function repetition(x: number, r: number): number {
	return x >= 0 ? x / r : x * r;
}

function countsOf(ids: readonly number[]): Map<number, number> {
	const counts = new Map<number, number>();
	for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
	return counts;
}

/**
 * Repetition, then frequency and presence (OpenAI: x_j - c_j * frequency - (c_j > 0) * presence), then the ban of repeated n-grams.
 *
 * What counts as seen:
 *              repetition         presence, frequency      n-grams
 *   hf         prompt + output    output                   prompt + output
 *   vllm       prompt + output    output                   prompt + output
 *   llamacpp   the last 64 of both, for all three          prompt + output
 * Hugging Face has no presence or frequency penalty of its own: they count the output, as OpenAI and vLLM do. vLLM and llama.cpp have
 * no n-gram ban: it is Hugging Face's. A repetition penalty <= 0, which Hugging Face refuses, does nothing. A ban that would leave no
 * token at all is lifted (Hugging Face would go on to NaN).
 * info: penalised (tokens whose logit moved), banned (tokens cut), lifted 0/1, counted (tokens looked at), window (0 = all).
 */
export const penalties: Processor = (logits, { prompt, output }, s) => {
	const llamacpp = resolveOrder(s.order).conventions === 'llamacpp';
	const all = [...prompt, ...output];
	const recent = llamacpp ? all.slice(-WINDOW) : all;
	const seen = new Set(recent);
	const counts = countsOf(llamacpp ? recent : output);
	const out = logits.slice();
	let penalised = 0;
	for (const id of seen) {
		const x = logits[id];
		if (x === undefined || x === -Infinity) continue;
		const c = counts.get(id) ?? 0;
		const y = s.repetitionPenalty > 0 ? finite(repetition(x, s.repetitionPenalty)) : x;
		out[id] = c > 0 ? finite(y - finite(c * s.frequencyPenalty + s.presencePenalty)) : y;
		if (out[id] !== x) penalised++;
	}
	const banned = [...repeatedNgrams(all, Math.floor(s.noRepeatNgram))].filter((id) => (out[id] ?? -Infinity) > -Infinity);
	const left = out.reduce((n, x) => (x > -Infinity ? n + 1 : n), 0) - banned.length;
	if (left > 0) for (const id of banned) out[id] = -Infinity;
	const info = {
		penalised,
		banned: left > 0 ? banned.length : 0,
		lifted: left > 0 ? 0 : 1,
		counted: recent.length,
		window: llamacpp ? WINDOW : 0
	};
	return { logits: out, info };
};
