/** D3's enter, update and exit as a pure function: two lists of marks in, the marks at a moment between them out. */

/** Anything with an identity and numbers that say where it is. */
export interface Mark {
	readonly id: string;
}

export interface Edges<M extends Mark> {
	/** Where a mark that is only in `to` comes from, e.g. the same place without height. */
	readonly enter: (mark: M) => M;
	/** Where a mark that is only in `from` goes to. */
	readonly exit: (mark: M) => M;
}

function mix<M extends Mark>(a: M, b: M, k: number): M {
	const out = { ...b } as unknown as Record<string, unknown>;
	const from = a as unknown as Record<string, unknown>;
	for (const key of Object.keys(out)) {
		const x = from[key];
		const y = out[key];
		if (typeof x === 'number' && typeof y === 'number') out[key] = x * (1 - k) + y * k;
	}
	return out as unknown as M;
}

/** Marks at k in 0..1, in the order of `to` with what leaves behind. At the ends the very lists: between(a, b, 1) is b. */
export function between<M extends Mark>(from: readonly M[], to: readonly M[], k: number, edges: Edges<M>): readonly M[] {
	if (k <= 0) return from;
	if (k >= 1) return to;
	const before = new Map(from.map((m) => [m.id, m]));
	const after = new Set(to.map((m) => m.id));
	const staying = to.map((m) => mix(before.get(m.id) ?? edges.enter(m), m, k));
	const leaving = from.filter((m) => !after.has(m.id)).map((m) => mix(m, edges.exit(m), k));
	return [...leaving, ...staying];
}
