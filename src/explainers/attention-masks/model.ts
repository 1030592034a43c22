import type { Caption, Frame, Model, Problem } from '#kit/model.ts';
import { evaluate } from '#maths/masks/evaluate.ts';
import { explain } from '#maths/masks/explain.ts';
import { alibiSlopes } from '#maths/masks/alibi.ts';
import type { LayerKind } from '#maths/masks/layer-patterns.ts';
import { rowsOf, rowText, type Mask } from '#maths/masks/mask.ts';
import { complement, size, type Runs } from '#maths/masks/runs.ts';
import { isCross } from '#maths/masks/settings.ts';
import { soundParents } from '#maths/masks/tree.ts';
import { weights } from '#maths/masks/weights.ts';
import { labelOf, type MaskData } from './data.ts';
import { facts } from './facts.ts';
import { params, type MaskParams } from './params.ts';
import { solved } from './settings-of.ts';

export type Phase = 'whole' | 'row' | 'decode' | 'layer';

export interface MaskFrame extends Frame {
	readonly phase: Phase;
	/** The query that is looked at, 0 <= row < q. */
	readonly row: number;
	readonly mask: Mask;
	/** What reaches the last query: entry l through l layers from the top, entry 0 the query itself. */
	readonly reached: readonly Runs[];
	/** How many layers this frame has gone down. */
	readonly depth: number;
	readonly kinds: readonly LayerKind[];
	/** ALiBi's slope of the head that is shown; 0 without ALiBi. */
	readonly slope: number;
	readonly data: MaskData;
	readonly layer: number;
	readonly head: number;
}

/** At most so many queries, and layers, are steps of their own; the first and the last always are. */
const MOST_ROWS = 48;
const MOST_LAYERS = 24;

function sample(n: number, most: number): readonly number[] {
	if (n <= most) return Array.from({ length: n }, (_, i) => i);
	return [...new Set(Array.from({ length: most }, (_, i) => Math.round((i * (n - 1)) / (most - 1))))];
}

/** Runs as a reader writes them, in absolute positions: "0–1, 4–7". Long lists are cut. */
export function rangeText(runs: Runs, offset: number): string {
	const parts: string[] = [];
	for (let i = 0; i < runs.length && parts.length < 4; i += 2) {
		const [a, b] = [runs[i]! + offset, runs[i + 1]! - 1 + offset];
		parts.push(a === b ? String(a) : `${a}–${b}`);
	}
	return parts.join(', ') + (runs.length > 8 ? ', …' : '');
}

/** What rules and sentences need to know of a cell or a row: positions and the settings' numbers. */
export function valuesOf(mask: Mask, position: number, key: number): Readonly<Record<string, string | number>> {
	const { settings: s } = mask;
	const numbers = Object.fromEntries(Object.entries(s).filter(([, v]) => typeof v === 'number' || typeof v === 'string')) as Record<
		string,
		number | string
	>;
	return { ...numbers, radius: s.radius ?? s.halfWindow, at: position, key, distance: position - key };
}

const tokenAt = (data: MaskData, at: number): string => (data.origin === 'live' ? labelOf(data.tokens[at]) : '');

/** One query: what it reads, and why the nearest key that it does not read is hidden. */
function rowCaption(mask: Mask, data: MaskData, row: number): Caption {
	const { settings: s } = mask;
	const position = s.qOffset + row;
	const runs = mask.row(row);
	const own = position - s.kvOffset;
	const hidden = complement(runs, 0, s.kv);
	const behind = isCross(s.kind) ? hidden : complement(runs, 0, Math.max(0, Math.min(s.kv, own)));
	const nearest = behind.length > 0 ? behind.at(-1)! - 1 : (hidden[0] ?? -1);
	const reason = nearest < 0 ? undefined : explain(mask.rule, position, s.kvOffset + nearest);
	const base = { ...valuesOf(mask, position, s.kvOffset + Math.max(0, nearest)), token: tokenAt(data, row), kv: s.kv };
	const values = {
		...base,
		seen: size(runs),
		keys: rangeText(runs, s.kvOffset),
		rules: reason?.rules.join(' ') ?? '',
		hidden: size(hidden)
	};
	return { key: runs.length === 0 ? 'rowEmpty' : nearest < 0 ? 'rowAll' : 'row', values };
}

/** Whether a new token leaves all earlier rows as they are, so that their keys and values can be cached. */
function canDecode(mask: Mask): boolean {
	const { q, kv, qOffset, kvOffset } = mask.settings;
	if (isCross(mask.settings.kind)) return false;
	for (let row = 0; row < q - 1; row++) if (evaluate(mask.rule, qOffset + row, kvOffset + kv - 1)) return false;
	return true;
}

function frames(p: MaskParams, data: MaskData): readonly MaskFrame[] {
	const { mask, kinds, reached: all } = solved(p, data);
	const { settings: s } = mask;
	const last = s.q - 1;
	const live = data.origin === 'live' && p.source === 'model';
	const head = Math.min(p.head, (live ? data.heads : p.heads) - 1);
	const layer = live ? Math.min(p.layer, data.layers - 1) : 0;
	const slope = p.alibi && !live ? (alibiSlopes(p.heads)[head] ?? 0) : 0;
	const shared = { mask, kinds, reached: all, slope, data, layer, head };
	const cells = s.q * s.kv;
	const count = { ...valuesOf(mask, last + s.qOffset, 0), live: mask.liveCells, cells, share: mask.liveCells / cells, pattern: p.pattern };
	const start: MaskFrame = {
		...shared,
		phase: 'whole',
		row: last,
		depth: 0,
		caption: { key: 'whole', values: count },
		mark: { key: 'whole' }
	};
	const rows = sample(s.q, MOST_ROWS).map((row): MaskFrame => ({
		...shared,
		phase: 'row',
		row,
		depth: 0,
		caption: rowCaption(mask, data, row),
		mark: { key: 'query', value: s.qOffset + row }
	}));
	const seen = size(mask.row(last));
	const decodeValues = { ...count, seen, kv: s.kv, unread: s.kv - seen, keys: rangeText(mask.row(last), s.kvOffset) };
	const decode: MaskFrame = {
		...shared,
		phase: 'decode',
		row: last,
		depth: 0,
		caption: { key: isCross(s.kind) ? 'decodeCross' : canDecode(mask) ? 'decode' : 'decodeNot', values: decodeValues },
		mark: { key: 'decode' }
	};
	const layers = sample(p.layers, MOST_LAYERS).map((i): MaskFrame => {
		const depth = i + 1;
		const kind = kinds[p.layers - depth]!;
		const reach = size(all[depth]!);
		const values = {
			...count,
			depth,
			layers: p.layers,
			layer: p.layers - depth,
			reach,
			gained: reach - size(all[depth - 1]!),
			keys: rangeText(all[depth]!, s.kvOffset),
			kv: s.kv
		};
		const key = kind === 'G' ? 'layerGlobal' : 'layer';
		return {
			...shared,
			phase: 'layer',
			row: last,
			depth,
			caption: { key, values },
			mark: { key: 'layer', value: depth }
		};
	});
	return [start, ...rows, decode, ...layers];
}

/** The attention that a row's query gives: the model's own where it has answered, else equal scores with ALiBi's bias. (kv) */
export function rowWeights(frame: MaskFrame, row: number): ArrayLike<number> {
	const { mask, data, layer, head } = frame;
	const { settings: s } = mask;
	if (data.origin === 'live') {
		const T = data.tokens.length;
		return data.attentions[layer]!.subarray((head * T + row) * T, (head * T + row + 1) * T);
	}
	return weights(mask.row(row), s.kv, s.qOffset + row - s.kvOffset, frame.slope);
}

/** Trees need parents before children, heads and layers that exist. */
function check(p: MaskParams): Problem | undefined {
	const uses = (kind: string): boolean => p.kind === kind || p.or === kind || p.and === kind;
	const sound = soundParents(p.parents);
	const wrong = p.parents.findIndex((parent, i) => parent >= 0 && sound[i] !== parent);
	if (uses('tree') && wrong >= 0) return { key: 'parents', values: { node: wrong, parent: p.parents[wrong]! }, fix: { parents: sound } };
	if (p.source === 'rule' && p.head >= p.heads)
		return { key: 'head', values: { head: p.head, heads: p.heads }, fix: { head: p.heads - 1 } };
	return undefined;
}

export const model: Model<typeof params, MaskFrame, MaskData> = {
	params,
	frames,
	facts,
	check,
	toJSON: (frame) => ({
		phase: frame.phase,
		query: frame.mask.settings.qOffset + frame.row,
		mask: rowsOf(frame.mask).map((runs) => rowText(runs, frame.mask.settings.kv)),
		weights: Array.from(rowWeights(frame, frame.row)),
		depth: frame.depth,
		reached: frame.reached.map((runs) => runs.map((column) => column + frame.mask.settings.kvOffset)),
		slope: frame.slope
	})
};
