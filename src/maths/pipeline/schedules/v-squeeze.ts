/** Moving operations to earlier free slots without ever holding more than before ("squeezing"). One slot is one operation. */

/** What is in each slot of a device: one of the types below. */
export type Slots = Int8Array;
export const FREE = -1;
export const F0 = 0;
export const F1 = 1;
export const I1 = 2;
export const I0 = 3;
/** A weight gradient, of either chunk. */
export const W1 = 4;

/** What each type adds to the chunks held: a forward stores, a weight gradient releases. */
const HOLDS = [1, 1, 0, 0, -1];

/** The same slots with a W in every free one as soon as an I waits for it, and the rest at the end. */
export function withWeights(slots: Slots): Slots {
	const out: number[] = [];
	let pending = 0;
	for (const type of slots) {
		if (type === I1 || type === I0) pending++;
		const fits = type === FREE && pending > 0;
		if (fits) pending--;
		out.push(fits ? W1 : type);
	}
	for (; pending > 0; pending--) out.push(W1);
	return Int8Array.from(out);
}

/** Chunks held and weight gradients pending after each slot of a device. Without W among the slots, a free slot does a pending one. */
class Held {
	readonly #slots: Slots;
	readonly #implied: boolean;
	readonly #held: Int32Array;
	readonly #pending: Int32Array;
	peak = 0;
	/** Held and pending after the latest step. */
	#now: [number, number] = [0, 0];

	constructor(slots: Slots, implied: boolean) {
		this.#slots = slots;
		this.#implied = implied;
		this.#held = new Int32Array(slots.length);
		this.#pending = new Int32Array(slots.length);
		for (let i = 0; i < slots.length; i++) {
			this.#step(slots[i]!, i === 0 ? 0 : this.#held[i - 1]!, i === 0 ? 0 : this.#pending[i - 1]!);
			this.#held[i] = this.#now[0];
			this.#pending[i] = this.#now[1];
			this.peak = Math.max(this.peak, this.#now[0]);
		}
	}
	#step(type: number, held: number, pending: number): void {
		const releases = type === FREE && this.#implied && pending > 0;
		this.#now[0] = held + (type === FREE ? (releases ? -1 : 0) : HOLDS[type]!);
		this.#now[1] = pending + (type === I1 || type === I0 ? 1 : 0) - (releases ? 1 : 0);
	}

	/** Moves the operation in slot `from` to the free slot `to` before it, unless more than `most` would then be held somewhere. */
	move(from: number, to: number, most: number): boolean {
		const slots = this.#slots;
		const type = slots[from]!;
		slots[to] = type;
		slots[from] = FREE;
		const undo: [number, number][] = [];
		let [held, pending] = to === 0 ? [0, 0] : [this.#held[to - 1]!, this.#pending[to - 1]!];
		for (let i = to; i < slots.length; i++) {
			this.#step(slots[i]!, held, pending);
			[held, pending] = this.#now;
			// From here on nothing differs.
			if (i >= from && held === this.#held[i] && pending === this.#pending[i]) break;
			undo.push([this.#held[i]!, this.#pending[i]!]);
			this.#held[i] = held;
			this.#pending[i] = pending;
			if (held <= most) continue;
			undo.forEach(([h, w], k) => {
				this.#held[to + k] = h;
				this.#pending[to + k] = w;
			});
			slots[to] = FREE;
			slots[from] = type;
			return false;
		}
		return true;
	}
}

/**
 * Each operation in the order of time takes the earliest free slot after what it needs that keeps the peak. With `weights` the W are among
 * the slots; without, only the ramp after the last forward is squeezed. m: microbatches. Linear in operations but for the ramps.
 */
export function squeeze(before: readonly Slots[], m: number, weights: boolean): Slots[] {
	const p = before.length;
	const slots = before.map((row) => row.slice());
	const held = slots.map((row) => new Held(row, !weights));
	const most = Math.max(...held.map(({ peak }) => peak));
	const at = before.map(() => [F0, F1, I1, I0, W1].map(() => new Int32Array(2 * m)));
	const seen = before.map(() => [0, 0, 0, 0, 0]);
	/** When the I of a device are done, in order: W number k follows the k-th. */
	const backwards: number[][] = before.map(() => []);
	let phase = 0;
	const last = Math.max(...before.map(({ length }) => length));
	for (let t = 0; t < last; t++) {
		for (let s = 0; s < p; s++) {
			const type = before[s]![t] ?? FREE;
			if (type === FREE) continue;
			const i = seen[s]![type]!++;
			let fixed = false;
			if (phase === 0 && type === I0 && s === 0) phase = 1;
			if (phase === 1) {
				fixed = true;
				if (type === F0 && i === m - 1) phase = 2;
			} else if (phase === 0 && !weights) fixed = true;
			let slot = t;
			if (!fixed) {
				let needs = -1;
				if ((type === F0 || type === I1) && s > 0) needs = Math.max(needs, at[s - 1]![type]![i]!);
				if ((type === F1 || type === I0) && s + 1 < p) needs = Math.max(needs, at[s + 1]![type]![i]!);
				if (type > F0 && type < W1) needs = Math.max(needs, at[s]![type - 1]![i]!);
				if (type === W1) needs = Math.max(needs, backwards[s]![i]!);
				if (i > 0) needs = Math.max(needs, at[s]![type]![i - 1]!);
				for (let earlier = needs + 1; earlier < t; earlier++) {
					if (slots[s]![earlier] !== FREE || !held[s]!.move(t, earlier, most)) continue;
					slot = earlier;
					break;
				}
			}
			at[s]![type]![i] = slot;
			if (type === I1 || type === I0) {
				const list = backwards[s]!;
				let place = list.length;
				while (place > 0 && list[place - 1]! > slot) place--;
				list.splice(place, 0, slot);
			}
		}
	}
	return slots;
}
