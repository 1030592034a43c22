/** What the page shows before (or without) a running model: the shipped model's attention over the opening text, labelled as recorded. */
import type { HeadData } from './data.ts';
import json from './recorded.json';

/** The stored lower triangles (heads, rows, columns up to the row) as full squares, zeros above. */
function squares(flat: readonly number[], heads: number, T: number): Float64Array {
	const full = new Float64Array(heads * T * T);
	let at = 0;
	for (let h = 0; h < heads; h++) {
		for (let i = 0; i < T; i++) for (let j = 0; j <= i; j++) full[(h * T + i) * T + j] = flat[at++] ?? 0;
	}
	return full;
}

const opening: HeadData = {
	origin: 'recorded',
	...{ model: json.model, prompt: json.prompt, heads: json.heads, kvHeads: json.kvHeads, left: json.left },
	tokens: json.tokens,
	attentions: json.attentions.map((flat) => squares(flat, json.heads, json.tokens.length))
};

export function recorded(): HeadData {
	return opening;
}
