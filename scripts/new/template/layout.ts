/** Where the columns stand. Pure geometry: no page, no clock. */
import type { Mark } from '#kit/player/between.ts';

export interface Column extends Mark {
	/** How many squares it has. */
	readonly value: number;
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** The first `columns` of `n` columns in a picture of `width` by `height` pixels, standing on its lower edge. */
export function staircase(columns: number, n: number, width: number, height: number): Column[] {
	const slot = width / n;
	const unit = height / n;
	const gap = Math.min(4, slot * 0.2);
	return Array.from({ length: columns }, (_, i) => ({
		id: `column ${i + 1}`,
		value: i + 1,
		x: i * slot + gap / 2,
		y: height - (i + 1) * unit,
		width: slot - gap,
		height: (i + 1) * unit
	}));
}
