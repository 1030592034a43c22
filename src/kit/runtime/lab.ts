/** The laboratory graph: a whole text at once, nothing kept, attentions as outputs and a bias as input. */
import { RuntimeError } from './protocol.ts';
import type { TensorInfo } from './graph.ts';

/** Sizes as in LabResult. */
export interface LabGraph {
	run(ids: readonly number[], bias: Float32Array): Promise<{ readonly attentions: Float32Array[]; readonly logits: Float32Array }>;
	close(): Promise<void>;
}

/** What a reader hides with -Infinity is hidden with this: far below any score, and a row with nothing left has no NaN. */
export const hidden = -1e30;

export interface LabFeed {
	readonly name: string;
	readonly type: 'float32' | 'int64';
	readonly data: Float32Array | BigInt64Array;
	readonly dims: readonly number[];
}

/** What a laboratory graph is fed for `ids` (T): all positions, an empty memory where it declares one, the bias (T, T) in the rank it declares. */
export function labFeeds(inputs: readonly TensorInfo[], ids: readonly number[], bias: Float32Array): LabFeed[] {
	const T = ids.length;
	const long = (name: string, values: Iterable<number>): LabFeed => ({
		name,
		type: 'int64',
		data: BigInt64Array.from(values, BigInt),
		dims: [1, T]
	});
	return inputs.map(({ name, dims }) => {
		if (name === 'input_ids') return long(name, ids);
		if (name === 'attention_mask')
			return long(
				name,
				ids.map(() => 1)
			);
		if (name === 'position_ids') return long(name, ids.keys());
		if (name === 'attention_bias') {
			const data = bias.map((b) => Math.max(b, hidden));
			return { name, type: 'float32', data, dims: [...dims.slice(2).map(() => 1), T, T] };
		}
		const past = dims.map((d, i) => (typeof d === 'number' ? d : i === 0 ? 1 : 0));
		if (name.startsWith('past_key_values.')) return { name, type: 'float32', data: new Float32Array(0), dims: past };
		throw new RuntimeError({ code: 'unsupported', detail: `the laboratory graph asks for ${name}` });
	});
}
