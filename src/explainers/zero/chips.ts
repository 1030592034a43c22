/** The pieces that fly from rank to rank while an operation sends: what is drawn in the move between two frames. */
import { columnOf, type StepLayout } from './layout.ts';
import type { Op } from './plan.ts';

export interface Chip {
	readonly id: string;
	readonly kind: 'parameters' | 'gradients' | 'optimizer';
	readonly x: number;
	readonly y: number;
	readonly w: number;
	readonly h: number;
	readonly opacity: number;
}

const ease = (k: number): number => (k <= 0 ? 0 : k >= 1 ? 1 : k * k * (3 - 2 * k));

/** The box of one part of a unit's cell in a panel. */
export function partBox(l: StepLayout, panel: number, kind: string, unit: number, units: number, part: number) {
	const p = l.panels[panel]!;
	const row = l.rows.find((r) => r.kind === kind);
	const column = columnOf(p.w, units, unit);
	const w = column.w / l.parts;
	return { x: p.x + column.x + part * w, y: p.y + (row?.y ?? 0), w, h: row?.h ?? 0 };
}

export function chips(l: StepLayout, op: Op, units: number, stage: number, k: number): readonly Chip[] {
	if (k <= 0 || k >= 1) return [];
	const all = op.unit === undefined ? Array.from({ length: units }, (_, u) => u) : [op.unit];
	const out: Chip[] = [];
	const fly = (kind: Chip['kind'], unit: number, part: number, from: number, to: number, t: number, fromKind: string = kind): void => {
		if (t <= 0 || t >= 1) return;
		const a = partBox(l, from, fromKind, unit, units, part);
		const b = partBox(l, to, kind, unit, units, part);
		const e = ease(t);
		// A flat arc, so that pieces that fly one behind the other can be told apart.
		const lift = from === to ? 0 : Math.sin(Math.PI * e) * -10;
		out.push({
			...{ id: `${kind}.${unit}.${part}.${from}.${to}`, kind, w: a.w, h: a.h + (b.h - a.h) * e },
			...{ x: a.x + (b.x - a.x) * e, y: a.y + (b.y - a.y) * e + lift, opacity: Math.min(1, 4 * Math.min(t, 1 - t)) }
		});
	};
	/** Every two panels of a group that share a copy, or of all ranks. */
	const pairs = (within: boolean, f: (owner: number, other: number, part: number) => void): void => {
		l.drawn.forEach((a, i) => {
			l.drawn.forEach((b, j) => {
				if (i !== j && (!within || a.group === b.group)) f(i, j, a.part);
			});
		});
	};
	for (const unit of all) {
		if (op.kind === 'gather' || op.kind === 'publish') pairs(true, (i, j, part) => fly('parameters', unit, part, i, j, k));
		if (op.kind === 'reduce') {
			const half = stage === 0;
			pairs(!half, (i, j, part) => {
				fly('gradients', unit, part, j, i, half ? k * 2 : k);
				if (half) fly('gradients', unit, part, i, j, k * 2 - 1);
			});
		}
		if (op.kind === 'replicate')
			pairs(false, (i, j, part) => l.drawn[i]!.part === l.drawn[j]!.part && fly('gradients', unit, part, i, j, k));
		if (op.kind === 'update') l.panels.forEach((_, i) => fly('parameters', unit, l.drawn[i]!.part, i, i, k, 'optimizer'));
	}
	return out;
}
