/** Runs of this length are sorted by insertion before they are merged. */
const RUN = 8;

/**
 * Ids in descending order of `values` (probabilities or logits, none NaN), ties by id. `among` names the ids to order, without
 * repetition; all of them without it.
 *
 * A merge sort of our own because every frame asks for it: several times as fast as sort() with a callback, and linear where `among`
 * is in order already, as it nearly always is behind the first processor.
 */
export function byProbability(values: ArrayLike<number>, among?: readonly number[]): number[] {
	const ids = among === undefined ? Array.from({ length: values.length }, (_, id) => id) : among.slice();
	const n = ids.length;
	for (let start = 0; start < n; start += RUN) {
		for (let i = start + 1; i < Math.min(start + RUN, n); i++) {
			const id = ids[i]!;
			const x = values[id]!;
			let at = i;
			for (; at > start && precedes(x, id, values[ids[at - 1]!]!, ids[at - 1]!); at--) ids[at] = ids[at - 1]!;
			ids[at] = id;
		}
	}
	const left: number[] = [];
	for (let width = RUN; width < n; width *= 2) {
		for (let start = 0; start + width < n; start += 2 * width) {
			const middle = start + width;
			const end = Math.min(middle + width, n);
			const a = ids[middle - 1]!;
			const b = ids[middle]!;
			if (!precedes(values[b]!, b, values[a]!, a)) continue; // the two halves are in order already
			for (let i = 0; i < width; i++) left[i] = ids[start + i]!;
			let i = 0;
			let j = middle;
			for (let at = start; i < width; at++) {
				const l = left[i]!;
				const r = j < end ? ids[j]! : -1;
				if (r >= 0 && precedes(values[r]!, r, values[l]!, l)) {
					ids[at] = r;
					j++;
				} else {
					ids[at] = l;
					i++;
				}
			}
		}
	}
	return ids;
}

/** The same for ids that are mostly in order: `order` itself, without a copy, where all of it has a value above `floor` and is in order already. */
export function ranking(values: ArrayLike<number>, order: readonly number[], floor: number): readonly number[] {
	const n = order.length;
	for (let i = 0; i < n; i++) {
		const id = order[i]!;
		const before = order[i - 1];
		const fits = values[id]! > floor && (before === undefined || precedes(values[before]!, before, values[id]!, id));
		if (!fits) return byProbability(values, above(values, order, floor));
	}
	return order;
}

/** The ids whose value is above `floor`. A loop: every stage of every change runs it. */
function above(values: ArrayLike<number>, ids: readonly number[], floor: number): number[] {
	const out: number[] = [];
	for (let i = 0; i < ids.length; i++) if (values[ids[i]!]! > floor) out.push(ids[i]!);
	return out;
}

function precedes(x: number, xId: number, y: number, yId: number): boolean {
	return x > y || (x === y && xId < yId);
}
