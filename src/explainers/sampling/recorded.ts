/** What the page shows before (or without) a running model: one answer recorded with the shipped model, whole vocabulary, labelled so. */
import { customData, type SamplingData, type TokenText } from './data.ts';
import type { SamplingParams } from './params.ts';
import json from './recorded.json';

/** Logits as little-endian float32 in base64: every digit that the model gave. */
function decode(base64: string): Float32Array {
	const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
	return new Float32Array(bytes.buffer);
}

const tokens: (TokenText | undefined)[] = [];
for (const [id, token] of Object.entries(json.tokens)) tokens[Number(id)] = token;

const opening: SamplingData = {
	origin: 'recorded',
	model: json.model,
	prompt: json.prompt,
	promptIds: json.promptIds,
	written: [],
	next: decode(json.logits),
	tokens,
	eos: json.eos
};

export function recorded(p: SamplingParams): SamplingData {
	return p.source === 'custom' ? customData(p) : opening;
}
