import type { Mask } from './mask.ts';

export interface Tiles {
	readonly total: number;
	/** Tiles with at least one live cell: what a block-sparse kernel computes. */
	readonly computed: number;
	/** Tiles that are live throughout: computed without asking the mask. */
	readonly full: number;
}

/** Counts `edge` x `edge` tiles of a mask, as FlexAttention's BlockMask does (128 by default); tiles at the border may be smaller. */
export function tiles(mask: Mask, edge = 128): Tiles {
	const { q, kv } = mask.settings;
	const across = Math.ceil(kv / edge);
	let computed = 0;
	let full = 0;
	for (let top = 0; top < q; top += edge) {
		const live = new Float64Array(across);
		const bottom = Math.min(q, top + edge);
		for (let row = top; row < bottom; row++) {
			const runs = mask.row(row);
			for (let i = 0; i < runs.length; i += 2) {
				const end = runs[i + 1]!;
				for (let at = runs[i]!; at < end;) {
					const tile = Math.floor(at / edge);
					const next = Math.min(end, (tile + 1) * edge);
					live[tile] = live[tile]! + next - at;
					at = next;
				}
			}
		}
		live.forEach((cells, tile) => {
			if (cells > 0) computed += 1;
			if (cells === (bottom - top) * (Math.min(kv, (tile + 1) * edge) - tile * edge)) full += 1;
		});
	}
	return { total: across * Math.ceil(q / edge), computed, full };
}
