/** Which of a figure's answers are kept: as many of the latest as fit. */

/** Bytes of the arrays of numbers in an answer, each buffer once: the rest of it is small. */
export function bytesIn(value: unknown, seen = new Set<unknown>()): number {
	if (typeof value !== 'object' || value === null) return 0;
	const one = ArrayBuffer.isView(value) ? value.buffer : value;
	if (seen.has(one)) return 0;
	seen.add(one);
	if (one instanceof ArrayBuffer) return one.byteLength;
	// Lists of numbers or words hold no arrays; the names of 49,152 tokens would be a long way to nothing.
	if (Array.isArray(one) && one.length > 1000) return 0;
	return Object.values(one).reduce((sum: number, part) => sum + bytesIn(part, seen), 0);
}

/** The last of `all` (oldest first) within the limits; what is `shown` stays whatever it weighs. */
export function latest<D>(
	all: readonly (readonly [key: string, answer: D])[],
	limit: { readonly answers: number; readonly bytes: number },
	shown: ReadonlySet<string | undefined>
): ReadonlyMap<string, D> {
	const kept: (readonly [string, D])[] = [];
	const seen = new Set<unknown>();
	let bytes = 0;
	for (const [key, answer] of [...all].reverse()) {
		bytes += bytesIn(answer, seen);
		if (shown.has(key) || (kept.length < limit.answers && bytes <= limit.bytes)) kept.push([key, answer]);
	}
	return new Map(kept.reverse());
}
