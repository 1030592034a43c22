import type { BarsScene } from './bars.ts';

/** Rows of bars with their words at the left, on a phone above. */
export function barsLayout(width: number, rows: number) {
	const phone = width < 560;
	const labelW = phone ? 0 : 236;
	const rowH = phone ? 46 : 34;
	const top = 40;
	const bar = { x: labelW, w: width - labelW - (phone ? 0 : 84), h: 18 };
	return { phone, labelW, rowH, top, bar, height: top + rows * rowH + (phone ? 82 : 44) };
}
/** The most rows that a chart of the view has. */
export const ROWS: Readonly<Record<'recipes' | 'activations', number>> = { recipes: 7, activations: 6 };
export type { BarsScene };
