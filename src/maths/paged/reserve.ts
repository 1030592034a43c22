export const POLICIES = ['paged', 'contiguous-max', 'contiguous-pow2', 'contiguous-oracle'] as const;
export type Policy = (typeof POLICIES)[number];

/** The smallest power of two that is at least n (n >= 1); 25 -> 32. */
export function powerOfTwo(n: number): number {
	let power = 1;
	while (power < n) power *= 2;
	return power;
}

/**
 * Slots that a contiguous policy sets aside for one sequence when it starts, after the three Orca variants of the PagedAttention paper
 * (section 6.1): Max reserves the greatest length of the model, Pow2 the prompt and the output rounded up to a power of two, Oracle the
 * true length, which nobody knows beforehand. Pow2 is capped at maxLen, beyond which no sequence can grow.
 */
export function reserve(policy: Exclude<Policy, 'paged'>, prompt: number, output: number, maxLen: number): number {
	if (policy === 'contiguous-max') return maxLen;
	if (policy === 'contiguous-oracle') return prompt + output;
	return Math.max(prompt + output, Math.min(maxLen, prompt + powerOfTwo(output)));
}
