/** The projection matrices of one attention layer, without biases and norms. */
import type { KvShape } from './shape.ts';

export interface Projection {
	readonly name: string;
	/** Numbers that go in and come out: the matrix is (out, in). */
	readonly in: number;
	readonly out: number;
}

/** Names as in the papers: W_DQ, W_UQ, W_DKV, W_UK, W_UV and W_KR of DeepSeek-V2, equations 9 to 19; `W_UQ` holds its RoPE part too. */
export function projections({ hidden, heads, kvHeads, headDim, latent }: KvShape): readonly Projection[] {
	const width = heads * headDim;
	const out = { name: 'W_O', in: width, out: hidden };
	if (latent === null) {
		const kv = kvHeads * headDim;
		return [{ name: 'W_Q', in: hidden, out: width }, { name: 'W_K', in: hidden, out: kv }, { name: 'W_V', in: hidden, out: kv }, out];
	}
	const { queryRank, kvRank, ropeDim } = latent;
	const query = heads * (headDim + ropeDim);
	return [
		...(queryRank === 0
			? [{ name: 'W_Q', in: hidden, out: query }]
			: [
					{ name: 'W_DQ', in: hidden, out: queryRank },
					{ name: 'W_UQ', in: queryRank, out: query }
				]),
		{ name: 'W_DKV', in: hidden, out: kvRank },
		{ name: 'W_KR', in: hidden, out: ropeDim },
		{ name: 'W_UK', in: kvRank, out: width },
		{ name: 'W_UV', in: kvRank, out: width },
		out
	];
}

/** Weights of one attention layer. */
export function attentionWeights(shape: KvShape): number {
	return projections(shape).reduce((sum, p) => sum + p.in * p.out, 0);
}
