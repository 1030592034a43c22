import type { Facts } from '#kit/model.ts';
import { globalRule } from '#maths/masks/global-rule.ts';
import { rowAt } from '#maths/masks/mask.ts';
import { windowReach } from '#maths/masks/receptive-field.ts';
import { size } from '#maths/masks/runs.ts';
import { tiles } from '#maths/masks/tiles.ts';
import type { MaskData } from './data.ts';
import type { MaskParams } from './params.ts';
import { solved } from './settings-of.ts';

/** Bytes of one score of a kernel that writes the whole matrix to memory in half precision. */
const SCORE_BYTES = 2;
const EDGE = 128;

/** The numbers of the figure. Counts are of the cells that are drawn, not of formulas. */
export function facts(p: MaskParams, data: MaskData): Facts {
	const { mask, kinds, reached } = solved(p, data);
	const { settings: s } = mask;
	const cells = s.q * s.kv;
	const last = s.q - 1;
	const kept = size(mask.row(last));
	const whole = size(rowAt(globalRule(mask.rule), s, s.qOffset + last));
	const stack = kinds.reduce((sum, kind) => sum + (kind === 'G' ? whole : kept), 0);
	const reach = size(reached.at(-1)!);
	const unbounded =
		p.pattern === 'uniform' && s.kind === 'sliding-window' && s.or === 'none' && s.and === 'none' ? windowReach(p.layers, s.window) : 0;
	const tile = tiles(mask, EDGE);
	const empty = mask.emptyRows;
	return {
		liveCells: {
			value: mask.liveCells,
			unit: 'count',
			source: 'counted: the cells of the mask that are 1',
			note: { key: empty > 0 ? 'empty' : 'cells', values: { cells, q: s.q, kv: s.kv, empty } }
		},
		liveShare: { value: mask.liveCells / cells, unit: 'share', source: 'live cells over q × kv' },
		kvKept: {
			value: kept,
			unit: 'tokens',
			source: 'counted: keys that the last query reads in a layer with this rule',
			note: { key: 'kept', values: { kv: s.kv } }
		},
		kvKeptStack: {
			value: stack,
			unit: 'tokens',
			source:
				'counted: the same over all layers; global layers drop the window (layer_types of the models’ configs in Hugging Face transformers)',
			note: { key: 'stack', values: { layers: p.layers, globals: kinds.filter((kind) => kind === 'G').length, all: whole * p.layers } }
		},
		receptiveField: {
			value: reach,
			unit: 'tokens',
			source: 'computed: positions that reach the last query through all layers',
			note: { key: unbounded > reach ? 'reachBeyond' : 'reach', values: { layers: p.layers, unbounded } }
		},
		scoreFlops: {
			value: 2 * p.headDim * p.heads * mask.liveCells,
			unit: 'count',
			source: 'one multiply and one add per head dimension and live cell; QKᵀ alone, one layer',
			note: { key: 'flops', values: { heads: p.heads, headDim: p.headDim, dense: 2 * p.headDim * p.heads * cells } }
		},
		scoreBytes: {
			value: SCORE_BYTES * p.heads * cells,
			unit: 'bytes',
			source: 'two bytes per score and head when a kernel writes the whole q × kv matrix; FlashAttention (Dao et al. 2022) never does',
			note: { key: 'bytes', values: { heads: p.heads, live: SCORE_BYTES * p.heads * mask.liveCells } }
		},
		liveTiles: {
			value: tile.computed,
			unit: 'count',
			source: 'tiles of 128 × 128 with at least one live cell, as FlexAttention’s BlockMask keeps them',
			note: { key: 'tiles', values: { total: tile.total, full: tile.full } }
		}
	};
}
