/** Types of the figure's words, so that both languages have the same keys. */
import { int, n, share, type Values } from '#kit/text/values.ts';
import type { Kind } from '#maths/masks/settings.ts';
import type { RuleId } from '#maths/masks/expr.ts';

/** What is said where a rule holds, and where it does not. */
export type RuleWords = Readonly<Record<RuleId, readonly [(v: Values) => string, (v: Values) => string]>>;
/** Name, and what the rule is for. */
export type KindWords = Readonly<Record<Kind, readonly [string, string]>>;

export { int, n, share, type Values };
/** A query by its position, and by its token where there is one. */
export const named = (v: Values): string => (v.token === '' || v.token === undefined ? String(v.at) : `${v.at} “${v.token}”`);
