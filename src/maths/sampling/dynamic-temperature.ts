import { entropy } from '../entropy.ts';
import { log } from '../log.ts';
import { pow } from '../pow.ts';
import { softmax } from '../softmax.ts';

/**
 * T = Tmin + (Tmax - Tmin) (H / ln N)^exponent: hotter where the model is unsure; N counts the tokens that are left.
 * llama.cpp llama_sampler_temp_ext_apply. logits: (vocab); at most one token left: Tmax. Returns the heated logits and T.
 */
export function dynamicTemperature(logits: ArrayLike<number>, range: { min: number; max: number; exponent: number }) {
	const n = Array.from(logits).filter((x) => x > -Infinity).length;
	const share = n > 1 ? Math.min(1, entropy(softmax(logits)) / log(n)) : 1;
	const temperature = range.min + (range.max - range.min) * (share > 0 ? pow(share, range.exponent) : 0);
	return { logits: Float64Array.from(logits, (x) => x / temperature), temperature };
}
