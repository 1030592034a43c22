/** Where things stand in the picture of a step: a row of the timeline and a panel for each drawn rank, and the bars below. */
import { optimizerState } from '#maths/memory/recipes.ts';
import { layerActivationBytes } from '#maths/memory/activations.ts';
import type { Config } from './config.ts';
import { operations } from './plan.ts';
import { drawnRanks, partsOf, type DrawnRank } from './ranks.ts';

export interface Box {
	readonly x: number;
	readonly y: number;
	readonly w: number;
	readonly h: number;
}
export const KINDS = ['parameters', 'gradients', 'optimizer', 'activations'] as const;
export type Kind = (typeof KINDS)[number];

export interface KindRow {
	readonly kind: Kind;
	readonly y: number;
	readonly h: number;
}
export interface StepLayout {
	readonly phone: boolean;
	readonly drawn: readonly DrawnRank[];
	readonly parts: number;
	readonly timeline: Box & { readonly rowH: number; readonly gap: number; readonly slots: number };
	readonly panels: readonly (Box & { readonly rank: DrawnRank })[];
	/** Rows of a panel, relative to its top. */
	readonly rows: readonly KindRow[];
	/** Whether activations are drawn lower than their bytes deserve. */
	readonly cut: boolean;
	readonly memory: Box;
	readonly stages: Box & { readonly step: number };
	readonly wire: Box;
	readonly pcie: Box | undefined;
	readonly height: number;
}

const GAP = 3;
/** Cells of a unit inside a panel: (x, w) relative to the panel. */
export function columnOf(panelW: number, units: number, unit: number): { readonly x: number; readonly w: number } {
	const w = (panelW - (units - 1) * GAP) / units;
	return { x: unit * (w + GAP), w };
}

/** Heights of the rows: as many pixels as the kind has bytes per parameter, so that equal areas are equal bytes. */
function rowsOf(c: Config, phone: boolean): { rows: KindRow[]; cut: boolean; height: number } {
	const per = {
		parameters: c.bytes.parameters,
		gradients: c.bytes.gradients,
		optimizer: optimizerState(c.bytes),
		activations: (c.layers * layerActivationBytes(c.shape, { tp: 1, sequenceParallel: false, recompute: c.recompute })) / c.parameters
	};
	const scale = Math.min(5.5, 100 / (per.parameters + per.gradients + per.optimizer));
	const most = 40;
	let y = phone ? 36 : 22;
	const rows: KindRow[] = [];
	for (const kind of KINDS) {
		if (per[kind] === 0) continue;
		const h = Math.min(kind === 'activations' ? most : Infinity, Math.max(kind === 'activations' ? 3 : 2, per[kind] * scale));
		rows.push({ kind, y, h });
		y += h + (phone ? 22 : 7);
	}
	return { rows, cut: per.activations * scale > most, height: y - (phone ? 22 : 7) };
}

export function stepLayout(width: number, c: Config): StepLayout {
	const phone = width < 560;
	const drawn = drawnRanks(c);
	const rowH = phone ? 15 : 20;
	const gap = phone ? 3 : 4;
	const labelW = phone ? 34 : 92;
	const slots = operations(c).length - 2;
	const timeline = { x: labelW, y: 24, w: width - labelW, h: drawn.length * (rowH + gap) - gap, rowH, gap, slots };
	const { rows, cut, height: panelH } = rowsOf(c, phone);
	const columns = phone ? Math.min(2, drawn.length) : Math.max(2, drawn.length);
	const between = phone ? 16 : 18;
	const left = phone ? 0 : labelW;
	const panelW = (width - left - (columns - 1) * between) / columns;
	const top = timeline.y + timeline.h + 26;
	const panels = drawn.map((rank, i) => ({
		rank,
		x: left + (i % columns) * (panelW + between),
		y: top + Math.floor(i / columns) * (panelH + 22),
		w: panelW,
		h: panelH
	}));
	const bottom = Math.max(...panels.map((p) => p.y + p.h));
	const memory = { x: 0, y: bottom + 52, w: width, h: 22 };
	const step = phone ? 20 : 22;
	const half = phone ? width : (width - 40) / 2;
	const stages = { x: 0, y: memory.y + memory.h + (phone ? 94 : 84), w: half, h: 4 * step, step };
	const wireY = phone ? stages.y + stages.h + 44 : stages.y;
	const wire = { x: phone ? 0 : half + 40, y: wireY, w: half, h: 18 };
	const pcie = c.offload === 'none' ? undefined : { ...wire, y: wireY + 66, h: 12 };
	const end = Math.max(stages.y + stages.h, wire.y + wire.h + 26, pcie === undefined ? 0 : pcie.y + pcie.h + 12);
	return { phone, drawn, parts: partsOf(drawn), timeline, panels, rows, cut, memory, stages, wire, pcie, height: Math.ceil(end) + 4 };
}

/** Where the bar of a memory of `capacity` ends: a little beyond it, or as far as three of them. */
export function memoryDomain(capacity: number, most: number): number {
	return Math.max(capacity * 1.12, Math.min(most * 1.04, capacity * 3));
}
