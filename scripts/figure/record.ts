/** Records what the sampling figure shows before a model runs: the shipped model's own answer to the opening prompt. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { initialParams } from '#kit/params/schema.ts';
import { params } from '#explainers/sampling/params.ts';
import { openSpeaker } from '#kit/runtime/speaker.server.ts';

/** Tokens whose names go along: more than any picture can show. */
const NAMED = 160;

export async function recordOpening(root: string): Promise<void> {
	const { model, prompt } = initialParams(params);
	const speaker = await openSpeaker(root, model);
	const promptIds = await speaker.encode(prompt);
	const logits = await speaker.nextLogits(promptIds);
	const best = [...logits.keys()].sort((a, b) => logits[b]! - logits[a]!).slice(0, NAMED);
	const tokens = Object.fromEntries(best.sort((a, b) => a - b).map((id) => [id, speaker.tokens[id]!]));
	const base64 = Buffer.from(logits.buffer, logits.byteOffset, logits.byteLength).toString('base64');
	const json = { model, prompt, promptIds, eos: speaker.config.eos, logits: base64, tokens };
	writeFileSync(path.join(root, 'src/explainers/sampling/recorded.json'), `${JSON.stringify(json)}\n`);
}
