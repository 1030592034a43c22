/** Values of captions and notes as text. */
import { fixed, number, percent } from '#kit/text/format.ts';

export type Values = Readonly<Record<string, string | number>>;
export const n = (v: Values, key: string): number => Number(v[key] ?? 0);
export const int = (v: Values, key: string): string => number(n(v, key));
export const share = (v: Values, key: string): string => percent(n(v, key));
export const tokens = (v: Values, key: string): string => `${int(v, key)} ${n(v, key) === 1 ? 'token' : 'tokens'}`;
export const bits = (v: Values): string => fixed(n(v, 'entropyBits'), 2);
export const engine: Readonly<Record<string, string>> = { hf: 'Hugging Face', vllm: 'vLLM', llamacpp: 'llama.cpp' };
/** A sum of all probabilities misses 1 by what rounding leaves. */
export const whole = (mass: number): number => (Math.abs(1 - mass) < 1e-9 ? 1 : mass);
