import { and, cmp, k, or, q, rule, type Bool } from '#maths/masks/expr.ts';
import { predicate } from '#maths/masks/kinds.ts';
import { layerPattern, type LayerKind } from '#maths/masks/layer-patterns.ts';
import { buildMask, type Mask } from '#maths/masks/mask.ts';
import { receptiveField } from '#maths/masks/receptive-field.ts';
import type { Runs } from '#maths/masks/runs.ts';
import { resolve, type MaskSettings } from '#maths/masks/settings.ts';
import type { MaskData } from './data.ts';
import type { MaskParams } from './params.ts';

/** How many tokens of the reader's text are looked at: the picture stays readable and the model quick. */
export const MOST_TOKENS = 96;

/** What the parameters mean: sizes filled in, or the reader's text as queries and keys. */
export function settingsOf(p: MaskParams, tokens?: number): MaskSettings {
	if (tokens === undefined) return resolve(p, { q: p.q, kv: p.kv, qOffset: p.qOffset, kvOffset: p.kvOffset });
	return resolve(p, { q: tokens, kv: tokens, qOffset: 0, kvOffset: 0 });
}

/** The rule that is drawn. The page's model keeps its causal triangle whatever is chosen: it was trained with it. */
export function ruleOf(p: MaskParams, settings: MaskSettings): Bool {
	const chosen = predicate(settings);
	const has = (e: Bool): boolean => (e.op === 'and' ? e.of.some(has) : e.op === 'rule' && e.id === 'causal');
	return p.source === 'model' && !has(chosen) ? and(chosen, rule('causal', cmp(k, '<=', q))) : chosen;
}

/** A chosen rule under which no query is left without a key: what the model is given. */
export const withSelf = (rule: Bool): Bool => or(rule, cmp(k, '==', q));

interface Solved {
	readonly tokens: number | undefined;
	readonly mask: Mask;
	readonly kinds: readonly LayerKind[];
	/** What reaches the last query through 0, 1, … layers from the top. */
	readonly reached: readonly Runs[];
}
const known = new WeakMap<MaskParams, Solved>();

/** The mask of a state and what reaches its last query, solved once for frames, facts and code. */
export function solved(p: MaskParams, data: MaskData): Solved {
	const tokens = p.source === 'model' && data.origin === 'live' ? data.tokens.length : undefined;
	const found = known.get(p);
	if (found !== undefined && found.tokens === tokens) return found;
	const settings = settingsOf(p, tokens);
	const mask = buildMask(settings, ruleOf(p, settings));
	const kinds = layerPattern(p.pattern, p.layers);
	const fresh = { tokens, mask, kinds, reached: receptiveField(mask, settings.q - 1, kinds) };
	known.set(p, fresh);
	return fresh;
}

export const maskOf = (p: MaskParams, data: MaskData): Mask => solved(p, data).mask;
