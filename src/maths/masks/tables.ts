/** Lists of the settings as one value per position: (n). */

/** The document of each position; what the lengths do not fill is one document more. */
export function documentIds(lengths: readonly number[], n: number): readonly number[] {
	const out: number[] = [];
	lengths.forEach((length, id) => {
		for (let i = 0; i < length && out.length < n; i++) out.push(id);
	});
	while (out.length < n) out.push(lengths.length);
	return out;
}

/** 1 for a real token, 0 for padding. `left` padding tokens come first where no list is given. */
export function realTokens(padding: readonly number[], left: number, n: number): readonly number[] {
	return Array.from({ length: n }, (_, i) => (padding.length > 0 ? (padding[i] ?? 1) : i < left ? 0 : 1)).map((x) => (x === 0 ? 0 : 1));
}

/**
 * The image of each position, -1 for text. An image starts where an image token follows another kind of token, so that two images without
 * text between them are one (Hugging Face transformers, gemma3, get_block_sequence_ids_for_mask).
 */
export function imageBlocks(tokenType: readonly number[], n: number): readonly number[] {
	let block = -1;
	return Array.from({ length: n }, (_, i) => {
		if (tokenType[i] !== 1) return -1;
		if (i === 0 || tokenType[i - 1] !== 1) block += 1;
		return block;
	});
}

/** 1 at the given positions. */
export function flags(positions: readonly number[], n: number): readonly number[] {
	const set = new Set(positions);
	return Array.from({ length: n }, (_, i) => (set.has(i) ? 1 : 0));
}

/** For each key of images of `length` tokens, that image's value; keys beyond the last image read as the last. */
export function perImageToken(values: readonly number[], length: number, n: number): readonly number[] {
	return Array.from({ length: n }, (_, i) => values[Math.min(values.length - 1, Math.floor(i / length))] ?? 0);
}
