/** The attention maps of one layer in rows of heads, heads that share a KV head side by side under one bracket. Pure geometry. */
export interface MapPlace {
	readonly head: number;
	readonly kv: number;
	readonly x: number;
	readonly y: number;
}
export interface Bracket {
	readonly kv: number;
	readonly x: number;
	readonly y: number;
	readonly w: number;
}
export interface Maps {
	readonly maps: readonly MapPlace[];
	readonly brackets: readonly Bracket[];
	/** Side of one map and of one cell. */
	readonly side: number;
	readonly cell: number;
	readonly height: number;
}

const GAP = 10;
const TOP = 30;
/** The KV head under its maps. */
const FOOT = 34;

export function mapsOf(heads: number, kvHeads: number, tokens: number, width: number): Maps {
	const copies = heads / kvHeads;
	// As many whole groups in a row as leave maps of a readable size; a group is never torn while it fits.
	const least = width < 520 ? 70 : 150;
	const fit = Math.max(1, Math.floor((width + GAP) / (least + GAP)));
	const columns = copies <= fit ? Math.min(heads, Math.floor(fit / copies) * copies) : fit;
	const side = Math.min(170, (width - (columns - 1) * GAP) / columns);
	const left = Math.max(0, (width - columns * side - (columns - 1) * GAP) / 2);
	const place = (head: number): MapPlace => ({
		...{ head, kv: Math.floor(head / copies) },
		x: left + (head % columns) * (side + GAP),
		y: TOP + Math.floor(head / columns) * (side + TOP + FOOT)
	});
	const maps = Array.from({ length: heads }, (_, head) => place(head));
	const brackets = Array.from({ length: kvHeads }, (_, kv) => {
		const own = maps.filter((map) => map.kv === kv);
		const last = own.filter((map) => map.y === own[0]!.y).at(-1)!;
		return { kv, x: own[0]!.x, y: own[0]!.y + side + 8, w: last.x + side - own[0]!.x };
	});
	const rows = Math.ceil(heads / columns);
	return { maps, brackets, side, cell: side / tokens, height: rows * (side + TOP + FOOT) };
}
