/** Types of the figure's words, so that both languages have the same keys. */
import type { Kind } from '#maths/masks/settings.ts';
import type { RuleId } from '#maths/masks/expr.ts';
import { number, percent } from '#kit/text/format.ts';

export type Values = Readonly<Record<string, string | number>>;
/** What is said where a rule holds, and where it does not. */
export type RuleWords = Readonly<Record<RuleId, readonly [(v: Values) => string, (v: Values) => string]>>;
/** Name, and what the rule is for. */
export type KindWords = Readonly<Record<Kind, readonly [string, string]>>;

export const n = (v: Values, key: string): number => Number(v[key] ?? 0);
export const int = (v: Values, key: string): string => number(n(v, key));
export const share = (v: Values, key: string): string => percent(n(v, key));
/** A query by its position, and by its token where there is one. */
export const named = (v: Values): string => (v.token === '' || v.token === undefined ? String(v.at) : `${v.at} “${v.token}”`);
