/** The heads of the model in the page, grouped by the KV head that they share; one frame a layer. */
import { kvHeadOf } from '#maths/attention/kv-head-of.ts';
import type { HeadData } from './data.ts';
import { resolve } from './config.ts';
import { groupsOf } from './frames-heads.ts';
import type { HeadFrame } from './model.ts';
import type { HeadParams } from './params.ts';

export interface LiveScene {
	readonly kind: 'live';
	readonly layer: number;
	readonly layers: number;
	readonly heads: number;
	readonly kvHeads: number;
	readonly tokens: readonly string[];
	/** Whose attention it is, over which text, and whether it was computed now or recorded. */
	readonly model: string;
	readonly prompt: string;
	readonly origin: HeadData['origin'];
	/** (heads)(T, T) */
	readonly maps: readonly (readonly (readonly number[])[])[];
	/** How differently two heads attend, from 0 (alike) to 1 (nowhere the same): mean over pairs of one group, and of two groups. */
	readonly within: number;
	readonly between: number;
}

/** Half the sum of absolute differences of two rows of probabilities, averaged over the rows that have a choice. */
function distance(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number {
	const rows = a.slice(1).map((row, i) => row.reduce((sum, x, j) => sum + Math.abs(x - b[i + 1]![j]!), 0) / 2);
	return rows.reduce((sum, x) => sum + x, 0) / Math.max(1, rows.length);
}

function mean(list: readonly number[]): number {
	return list.length === 0 ? 0 : list.reduce((sum, x) => sum + x, 0) / list.length;
}

function sceneOf(data: HeadData, layer: number): LiveScene {
	const T = data.tokens.length;
	const flat = data.attentions[layer]!;
	const maps = Array.from({ length: data.heads }, (_, h) =>
		Array.from({ length: T }, (__, i) => Array.from({ length: T }, (___, j) => flat[(h * T + i) * T + j] ?? 0))
	);
	const pairs = maps.flatMap((a, i) =>
		maps.slice(i + 1).map((b, j) => ({
			same: kvHeadOf(i, data.heads, data.kvHeads) === kvHeadOf(i + 1 + j, data.heads, data.kvHeads),
			distance: distance(a, b)
		}))
	);
	const of = (same: boolean): number => mean(pairs.filter((pair) => pair.same === same).map((pair) => pair.distance));
	const { heads, kvHeads, tokens, model, prompt, origin } = data;
	return {
		kind: 'live',
		layer,
		layers: data.attentions.length,
		heads,
		kvHeads,
		tokens,
		model,
		prompt,
		origin,
		maps,
		within: of(true),
		between: of(false)
	};
}

export function liveFrames(p: HeadParams, data: HeadData): readonly HeadFrame[] {
	const { shape } = resolve(p);
	return data.attentions.map((_, layer) => {
		const scene = sceneOf(data, layer);
		const { heads, kvHeads, layers, within, between } = scene;
		const values = {
			layer: layer + 1,
			layers,
			heads,
			kvHeads,
			copies: heads / kvHeads,
			within,
			between,
			tokens: scene.tokens.length,
			left: data.left
		};
		return { scene, groups: groupsOf(shape), shape, caption: { key: 'live', values }, mark: { key: 'layer', value: layer + 1 } };
	});
}
