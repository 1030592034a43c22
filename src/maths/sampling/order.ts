/** Lists longer than this are put roughly in order first, which makes of the merging below a few steps around the middles. */
const MANY = 4096;

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
	const given = among ?? Array.from({ length: values.length }, (_, id) => id);
	const ids = given.length > MANY ? roughly(values, given) : given.slice();
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
			// Only what some of the right half comes before has to move.
			let first = middle - 1;
			while (first > start && precedes(values[b]!, b, values[ids[first - 1]!]!, ids[first - 1]!)) first--;
			const moving = middle - first;
			for (let i = 0; i < moving; i++) left[i] = ids[first + i]!;
			let i = 0;
			let j = middle;
			for (let at = first; i < moving; at++) {
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

/**
 * The ids by the leading 32 bits of their values, in as many even steps as there are ids: a counting sort. The bits of a double grow with it
 * (backwards below 0), nearly as its logarithm does, so that the small probabilities of a long tail do not share one step.
 */
function roughly(values: ArrayLike<number>, ids: readonly number[]): number[] {
	const n = ids.length;
	const view = new DataView(new ArrayBuffer(8));
	const keys = new Int32Array(n);
	let high = -0x80000000;
	let low = 0x7fffffff;
	for (let i = 0; i < n; i++) {
		const x = values[ids[i]!]!;
		view.setFloat64(0, x === 0 ? 0 : x); // -0 equals 0
		const bits = view.getInt32(0);
		const key = bits < 0 ? -0x80000000 - bits - 1 : bits;
		keys[i] = key;
		// What is cut would stretch the steps over nothing.
		if (key > high) high = key;
		if (key < low && x !== -Infinity) low = key;
	}
	low = Math.min(low, high);
	const scale = (n - 1) / Math.max(1, high - low);
	const steps = new Int32Array(n + 1);
	for (let i = 0; i < n; i++) {
		const step = Math.floor((high - Math.max(low, keys[i]!)) * scale);
		keys[i] = step;
		steps[step + 1]!++;
	}
	for (let step = 0; step < n; step++) steps[step + 1]! += steps[step]!;
	const out = new Array<number>(n).fill(0);
	for (let i = 0; i < n; i++) out[steps[keys[i]!]!++] = ids[i]!;
	return out;
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
