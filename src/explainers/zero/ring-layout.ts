/** Where the chunks of a ring stand: a column for each rank, a row for each chunk. */
export function ringLayout(width: number, ranks: number) {
	const phone = width < 560;
	const gap = phone ? 6 : ranks > 5 ? 16 : 24;
	const labelW = phone ? 0 : 64;
	const w = Math.min(150, (width - labelW - (ranks - 1) * gap) / ranks);
	const left = labelW + (width - labelW - ranks * w - (ranks - 1) * gap) / 2;
	const rowH = 40;
	const top = 34;
	const bottom = top + ranks * rowH;
	const x = (rank: number): number => left + rank * (w + gap);
	const y = (chunk: number): number => top + chunk * rowH;
	/** A way from cell to cell; from the last rank it leads back under the columns to the first. */
	const way = (src: number, dst: number, chunk: number, t: number): { readonly x: number; readonly y: number } => {
		const at = x(src) + (x(dst) - x(src)) * t;
		const back = dst < src && ranks > 2;
		return { x: at, y: y(chunk) + (back ? Math.sin(Math.PI * t) * (bottom + 10 - y(chunk)) : Math.sin(Math.PI * t) * -8) };
	};
	const bar = { x: 0, y: bottom + 66, w: width, h: 16 };
	return { phone, w, gap, rowH, top, bottom, x, y, way, bar, height: bar.y + bar.h + 34 };
}
