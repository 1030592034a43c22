import { softmax } from '../softmax.ts';
import { ranking } from './order.ts';

/** Logits with what processors ask of them, each computed at most once. */
export class Distribution {
	/** (vocab), -Infinity where cut. */
	readonly logits: Float64Array;
	/** The id of the largest logit, ties to the lowest. */
	readonly best: number;
	/** How many ids are not cut. */
	readonly size: number;
	readonly #hint: readonly number[] | undefined;
	#probs: Float64Array | undefined;
	#order: readonly number[] | undefined;

	/** `hint`: the order of the logits that these were made from, which speeds up the sort and changes nothing else. */
	constructor(logits: Float64Array, hint?: readonly number[]) {
		let best = 0;
		let size = 0;
		for (let id = 0; id < logits.length; id++) {
			if (logits[id]! > -Infinity) size++;
			if (logits[id]! > logits[best]!) best = id;
		}
		this.logits = logits;
		this.best = best;
		this.size = size;
		this.#hint = hint;
	}

	/** (vocab), exactly 0 where cut. */
	get probs(): Float64Array {
		return (this.#probs ??= softmax(this.logits));
	}

	/** The ids that are not cut, in descending order of logit, ties by id. */
	get order(): readonly number[] {
		return (this.#order ??= ranking(this.logits, this.#hint ?? Array.from(this.logits.keys()), -Infinity));
	}

	/** The order if it is known already: the hint for what is made from these logits. */
	get known(): readonly number[] | undefined {
		return this.#order ?? this.#hint;
	}
}
