import { repetition } from './penalties.ts';

/**
 * The repetition penalty turned round: tokens of the encoder's input are made more likely, by 1 / penalty.
 * EncoderRepetitionPenaltyLogitsProcessor. logits: (vocab).
 */
export function encoderRepetition(logits: ArrayLike<number>, encoderIds: readonly number[], penalty: number): Float64Array {
	const out = Float64Array.from(logits);
	for (const id of new Set(encoderIds)) if (id in out) out[id] = repetition(out[id]!, 1 / penalty);
	return out;
}
