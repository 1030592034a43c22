import { log } from '../log.ts';
import { pow } from '../pow.ts';
import { finite, type Processor } from './processor.ts';
import { resolveOrder } from './settings.ts';

/** text-generation-webui extends a match to at most 50 tokens. */
const LONGEST = 50;
/** llama.cpp looks at the last 64 tokens, and caps the exponent so that base^n stays a float32. */
const WINDOW = 64;
const LN_FLOAT_MAX = 88.7228391;

/**
 * For each token that followed an earlier occurrence of the end of `ids`: the longest end that it followed. A match stops in front of
 * a sequence breaker, and a breaker is never penalised.
 */
export function matchLengths(ids: readonly number[], breakers: ReadonlySet<number>, longest = Infinity): Map<number, number> {
	const lengths = new Map<number, number>();
	const last = ids.length - 1;
	for (let end = 0; end < last; end++) {
		const next = ids[end + 1]!;
		if (breakers.has(next)) continue;
		let n = 0;
		while (n < longest && n <= end && ids[end - n] === ids[last - n] && !breakers.has(ids[last - n]!)) n++;
		if (n > (lengths.get(next) ?? -1)) lengths.set(next, n);
	}
	return lengths;
}

/**
 * DRY: a token that would lengthen a repetition of L >= allowed tokens loses multiplier * base^(L - allowed).
 *
 * p-e-w, text-generation-webui PR 5677 (DRYLogitsProcessor: the whole context, L from 1 to 50); llama.cpp llama_sampler_dry_apply: the
 * last 64 tokens, base >= 1, and with allowed = 0 also L = 0. info: penalised (tokens), longest (L of the longest), id (its token, -1
 * without any), penalty (the largest), window (0 = all).
 */
export const dry: Processor = (logits, { prompt, output, breakers = new Set<number>() }, s) => {
	const llamacpp = resolveOrder(s.order).conventions === 'llamacpp';
	const out = logits.slice();
	const all = [...prompt, ...output];
	const ids = llamacpp ? all.slice(-WINDOW) : all;
	const info = { penalised: 0, longest: 0, id: -1, penalty: 0, window: llamacpp ? WINDOW : 0 };
	if (llamacpp && (s.dryBase < 1 || ids.length <= s.dryAllowedLength)) return { logits: out, info };
	const maxExponent = llamacpp && s.dryBase > 1.000001 ? Math.floor(LN_FLOAT_MAX / log(s.dryBase)) : Infinity;
	for (const [id, length] of matchLengths(ids, breakers, llamacpp ? Infinity : LONGEST)) {
		const x = logits[id];
		if (x === undefined || x === -Infinity || length < Math.max(s.dryAllowedLength, llamacpp ? 0 : 1)) continue;
		const exponent = Math.min(length - s.dryAllowedLength, maxExponent);
		const penalty = finite(s.dryMultiplier * (s.dryBase > 0 ? pow(s.dryBase, exponent) : exponent === 0 ? 1 : 0));
		out[id] = finite(x - penalty);
		info.penalised++;
		if (length > info.longest || info.id < 0) Object.assign(info, { longest: length, id });
		info.penalty = Math.max(info.penalty, penalty);
	}
	return { logits: out, info };
};
