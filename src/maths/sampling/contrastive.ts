/** Cosine of the angle between two vectors (dim). */
function cosine(a: readonly number[], b: readonly number[]): number {
	let dot = 0;
	let aa = 0;
	let bb = 0;
	for (let i = 0; i < a.length; i++) {
		dot += a[i]! * b[i]!;
		aa += a[i]! * a[i]!;
		bb += b[i]! * b[i]!;
	}
	return dot / Math.sqrt(aa * bb);
}

/**
 * Contrastive search: of the k most likely tokens v take the best (1 - alpha) p(v) - alpha max_j cos(h_v, h_j), h_j the hidden states
 * of the context. Su et al. 2022; `_ranking_fast` of transformers-community/contrastive-search. probs: (k), candidates: (k, dim),
 * context: (length, dim). Ties go to the first.
 */
export function contrastive(
	probs: readonly number[],
	candidates: readonly (readonly number[])[],
	context: readonly (readonly number[])[],
	alpha: number
): { selected: number; penalty: readonly number[]; scores: readonly number[] } {
	const penalty = candidates.map((v) => Math.max(...context.map((h) => cosine(v, h))));
	const scores = probs.map((p, i) => (1 - alpha) * p - alpha * penalty[i]!);
	return { selected: scores.reduce((best, score, i) => (score > scores[best]! ? i : best), 0), penalty, scores };
}
