import { rankOf } from '#maths/sampling/facts.ts';
import { softmax } from '#maths/softmax.ts';
import type { WrittenToken } from './data.ts';

export interface RawShare {
	readonly share: number;
	/** 1 for the most likely. */
	readonly rank: number;
}

/** Two numbers a token instead of its whole distribution: a text of 200 is asked for them at every step of its reader. */
const known = new WeakMap<WrittenToken, RawShare>();

/** What the model itself, before any setting, gave a token that was written: its probability and its rank. */
export function rawShare(token: WrittenToken): RawShare {
	let found = known.get(token);
	if (found === undefined) {
		const probs = softmax(token.logits);
		known.set(token, (found = { share: probs[token.id] ?? 0, rank: rankOf(probs, token.id) + 1 }));
	}
	return found;
}
