/** What the figure shows before a model runs: the default model's own answer to the opening prompt, over its whole vocabulary. */
import { initialParams } from '#kit/params/schema.ts';
import { shippedModel } from '#kit/runtime/site-models.ts';
import type { Speaker } from '#kit/runtime/speaker.ts';
import { params } from './params.ts';

/** Tokens whose names go along: more than any picture can show. */
const NAMED = 160;

export async function record(open: (model: string) => Promise<Speaker>): Promise<unknown> {
	const initial = initialParams(params);
	const model = shippedModel(initial.model);
	const speaker = await open(model);
	const promptIds = await speaker.encode(initial.prompt);
	const logits = await speaker.nextLogits(promptIds);
	const best = [...logits.keys()].sort((a, b) => logits[b]! - logits[a]! || a - b).slice(0, NAMED);
	const tokens = Object.fromEntries(best.sort((a, b) => a - b).map((id) => [id, speaker.tokens[id]!]));
	const raw = new Uint8Array(logits.buffer, logits.byteOffset, logits.byteLength);
	const base64 = btoa(Array.from(raw, (byte) => String.fromCharCode(byte)).join(''));
	return { model, prompt: initial.prompt, promptIds, eos: speaker.config.eos, logits: base64, tokens };
}
