/** Asks a language model what a mask does to it. The page's model and the commands' model answer the same questions. */
import { predicate } from '#maths/masks/kinds.ts';
import { buildMask, type Mask } from '#maths/masks/mask.ts';
import { softmax } from '#maths/softmax.ts';
import type { Speaker } from '#kit/runtime/speaker.ts';
import { NOTHING, type MaskData } from './data.ts';
import { READS, type MaskParams } from './params.ts';
import { MOST_TOKENS, ruleOf, settingsOf, withSelf } from './settings-of.ts';

/** What of the parameters the answer depends on: the same key, the same answer. */
export function questionKey(p: MaskParams): string {
	if (p.source === 'rule') return 'rule';
	const kinds = [p.kind, p.or, p.and].filter((kind) => kind !== 'none');
	return JSON.stringify([p.model, p.prompt, p.kind, p.or, p.and, kinds.flatMap((kind) => READS[kind].map((name) => p[name]))]);
}

/** Cells of a mask (T, T) whose key comes after their query. */
function beyondTriangle(mask: Mask, T: number): number {
	let cells = 0;
	for (let row = 0; row < T; row++) {
		const runs = mask.row(row);
		for (let i = 0; i < runs.length; i += 2) cells += Math.max(0, runs[i + 1]! - Math.max(row + 1, runs[i]!));
	}
	return cells;
}

/** The attention and the next token with the mask, and the next token without it. @throws RuntimeError as the runtime does. */
export async function ask(p: MaskParams, speaker: Speaker, signal?: AbortSignal): Promise<MaskData> {
	if (p.source === 'rule') return NOTHING;
	const options = signal === undefined ? {} : { signal };
	const all = await speaker.encode(p.prompt, options);
	const ids = all.slice(0, Math.min(MOST_TOKENS, speaker.config.contextLength));
	const T = ids.length;
	if (T === 0) return NOTHING;
	const settings = settingsOf(p, T);
	const rule = ruleOf(p, settings);
	const given = buildMask(settings, withSelf(rule));
	const bias = new Float32Array(T * T).fill(-Infinity);
	for (let row = 0; row < T; row++) {
		const runs = given.row(row);
		for (let i = 0; i < runs.length; i += 2) bias.fill(0, row * T + runs[i]!, row * T + runs[i + 1]!);
	}
	const free = await speaker.lab(ids, options);
	const masked = await speaker.lab(ids, { ...options, bias });
	const V = speaker.config.vocabulary;
	const next = (logits: Float32Array): Float64Array => softmax(logits.subarray((T - 1) * V, T * V));
	return {
		origin: 'live',
		tokens: ids.map((id) => speaker.tokens[id] ?? { text: `#${id}` }),
		layers: speaker.config.layers,
		heads: speaker.config.heads,
		attentions: masked.attentions,
		before: next(free.logits),
		after: next(masked.logits),
		names: speaker.tokens,
		beyond: beyondTriangle(buildMask(settings, predicate(settings)), T),
		empty: buildMask(settings, rule).emptyRows,
		dropped: all.length - T
	};
}
