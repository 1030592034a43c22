/** Memories (keys and values) of texts read before: the next text starts from the one it shares most with. */
import type { Graph, Kv } from './graph.ts';

interface Entry {
	readonly ids: readonly number[];
	readonly kv: Kv;
}

/** How many of the first ids are the same. */
export function commonPrefix(a: readonly number[], b: readonly number[]): number {
	const end = Math.min(a.length, b.length);
	let n = 0;
	while (n < end && a[n] === b[n]) n++;
	return n;
}

/** Least recently used goes first, by number and by bytes. Owns what it holds: take() and keep() hand the ownership over. */
export class Memories {
	readonly #graph: Graph;
	readonly #limit: { readonly entries: number; readonly bytes: number };
	#entries: Entry[] = [];

	constructor(graph: Graph, limit = { entries: 16, bytes: 128 * 2 ** 20 }) {
		this.#graph = graph;
		this.#limit = limit;
	}

	/**
	 * A memory of the longest known beginning of `ids` that leaves at least one id to read (the graph answers only to something read).
	 * The caller owns it and gives it back with keep() or graph.release(). Null: nothing is known.
	 */
	take(ids: readonly number[]): Kv | null {
		let best: Entry | undefined;
		let shared = 0;
		for (const entry of this.#entries) {
			const n = Math.min(commonPrefix(entry.ids, ids), ids.length - 1);
			if (n > shared) [best, shared] = [entry, n];
		}
		if (!best) return null;
		this.#entries.splice(this.#entries.indexOf(best), 1);
		if (best.kv.length === shared) return best.kv;
		// The longer text stays known: a rewind is often followed by a way back.
		this.#entries.push(best);
		return this.#graph.truncate(best.kv, shared);
	}

	/** Keeps the memory of `ids`. Of two texts of which one begins the other, only the longer stays: a cut of it gives the same. */
	keep(ids: readonly number[], kv: Kv): void {
		const entries = this.#entries;
		if (entries.some((e) => e.ids.length >= ids.length && commonPrefix(e.ids, ids) === ids.length)) return this.#graph.release(kv);
		this.#entries = entries.filter((e) => commonPrefix(e.ids, ids) < e.ids.length);
		for (const e of entries) if (!this.#entries.includes(e)) this.#graph.release(e.kv);
		this.#entries.push({ ids: [...ids], kv });
		let bytes = this.#entries.reduce((sum, e) => sum + e.kv.bytes, 0);
		while (this.#entries.length > this.#limit.entries || (bytes > this.#limit.bytes && this.#entries.length > 1)) {
			const { kv: oldest } = this.#entries.shift()!;
			bytes -= oldest.bytes;
			this.#graph.release(oldest);
		}
	}

	clear(): void {
		for (const { kv } of this.#entries.splice(0)) this.#graph.release(kv);
	}
}
