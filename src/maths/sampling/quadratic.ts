/**
 * Quadratic smoothing: with d = x - max, x' = max - k f d^2 + s f d^3, k = (3 - c) / 2, s = (c - 1) / 2; the best logit stays, what is
 * far from it falls faster. text-generation-webui's QuadraticSamplingLogitsWarper. logits: (vocab); factor f, curve c.
 */
export function quadratic(logits: ArrayLike<number>, factor: number, curve: number): Float64Array {
	const max = Array.from(logits).reduce((a, b) => Math.max(a, b), -Infinity);
	const k = (3 - curve) / 2;
	const s = (curve - 1) / 2;
	return Float64Array.from(logits, (x) => {
		const d = x - max;
		return x === -Infinity ? x : max - k * factor * d * d + s * factor * d * d * d;
	});
}
