/** The values of captions, notes and facts as text: what the words of every figure are made of. */
import { bytes, number, percent } from '#kit/text/format.ts';

export type Values = Readonly<Record<string, string | number>>;

/** A value as a number, 0 where it is missing. */
export const n = (v: Values, key: string): number => Number(v[key] ?? 0);
/** As a word, empty where it is missing. */
export const s = (v: Values, key: string): string => String(v[key] ?? '');
export const int = (v: Values, key: string): string => number(n(v, key));
export const share = (v: Values, key: string): string => percent(n(v, key));
/** Bytes in binary units. */
export const size = (v: Values, key: string): string => bytes(n(v, key));

/** English has two numbers: the word for `count` things. */
export const plural = (count: number, one: string, more = `${one}s`): string => (count === 1 ? one : more);
/** "1 token", "1,024 tokens". */
export const many = (v: Values, key: string, one: string, more?: string): string => `${int(v, key)} ${plural(n(v, key), one, more)}`;
