/**
 * The tokens that would complete an n-gram that `ids` already holds: whatever followed an earlier occurrence of the last n - 1 tokens.
 * n = 1 bans every token seen. NoRepeatNGramLogitsProcessor. Not ordered, without repetition.
 */
export function repeatedNgrams(ids: readonly number[], n: number): ReadonlySet<number> {
	const banned = new Set<number>();
	const tail = ids.length - (n - 1);
	if (n < 1 || tail < 0) return banned;
	for (let start = 0; start + n <= ids.length; start++) {
		let same = true;
		for (let i = 0; same && i < n - 1; i++) same = ids[start + i] === ids[tail + i];
		if (same) banned.add(ids[start + n - 1]!);
	}
	return banned;
}
