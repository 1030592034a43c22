import { logSoftmax, softmax } from '../softmax.ts';
import { dot } from './sdpa.ts';

/** d p_i / d z_j = p_i (delta_ij - p_j), (n) -> (n, n). */
export function softmaxJacobian(z: readonly number[]): number[][] {
	const p = [...softmax(z)];
	return p.map((pi, i) => p.map((pj, j) => pi * ((i === j ? 1 : 0) - pj)));
}

/** The gradient at the logits for a gradient g at the probabilities, without the matrix: p (g - <g, p>). */
export function softmaxBackward(z: readonly number[], g: readonly number[]): number[] {
	const p = [...softmax(z)];
	const mean = dot(g, p);
	return p.map((x, i) => x * (g[i]! - mean));
}

/** -ln p_target in nats, and its gradient p - onehot(target). */
export function crossEntropy(logits: readonly number[], target: number): { loss: number; grad: number[] } {
	return { loss: -logSoftmax(logits)[target]!, grad: [...softmax(logits)].map((p, i) => p - (i === target ? 1 : 0)) };
}
