/** Values of captions and notes as text. */
import { int, many, n, share, type Values } from '#kit/text/values.ts';
import { fixed } from '#kit/text/format.ts';

export { int, n, share, type Values };
export const tokens = (v: Values, key: string): string => many(v, key, 'token');
export const bits = (v: Values): string => fixed(n(v, 'entropyBits'), 2);
export const engine: Readonly<Record<string, string>> = { hf: 'Hugging Face', vllm: 'vLLM', llamacpp: 'llama.cpp' };
/** A sum of all probabilities misses 1 by what rounding leaves. */
export const whole = (mass: number): number => (Math.abs(1 - mass) < 1e-9 ? 1 : mass);
