/** Slots done as soon as possible in the order they have, every operation lasting one slot. */
import { F0, F1, FREE, I0, I1, W1, type Slots } from './v-squeeze.ts';

/** Rows of the same operations, without the W unless `weights`; rows end with their last operation. */
export function eager(rows: readonly Slots[], weights: boolean): Slots[] {
	const p = rows.length;
	const ends = rows.map(() => [F0, F1, I1, I0, W1].map((): number[] => []));
	const free = rows.map(() => 0);
	const out = rows.map((): number[] => []);
	const last = Math.max(...rows.map(({ length }) => length));
	for (let t = 0; t < last; t++) {
		for (let s = 0; s < p; s++) {
			const type = rows[s]![t] ?? FREE;
			if (type === FREE) continue;
			const mine = ends[s]![type]!;
			const i = mine.length;
			let start = free[s]!;
			if ((type === F0 || type === I1) && s > 0) start = Math.max(start, ends[s - 1]![type]![i]!);
			if ((type === F1 || type === I0) && s + 1 < p) start = Math.max(start, ends[s + 1]![type]![i]!);
			if (type > F0 && type < W1) start = Math.max(start, ends[s]![type - 1]![i]!);
			mine.push(start + 1);
			free[s] = start + 1;
			if (type === W1 && !weights) continue;
			const row = out[s]!;
			while (row.length < start) row.push(FREE);
			row[start] = type;
		}
	}
	return out.map((row) => Int8Array.from(row));
}
