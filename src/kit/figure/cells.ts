/** What Cells.svelte is told and tells. */
export interface Tone {
	/** A CSS colour, usually a token: var(--kept). */
	readonly fill: string;
	readonly alpha?: number;
	/** A dot instead of a filled cell, or a stroke through it: what doubles the colour. */
	readonly shape?: 'dot' | 'slash';
}
export interface Cell {
	readonly row: number;
	readonly col: number;
}
/** Above this many cells single marks are too small to tell apart and too many for the page. */
export const MOST_MARKS = 2500;
/** Tiles on a side of the picture that servers and files show of a bigger matrix. */
export const TILES = 96;
