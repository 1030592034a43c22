/** `length` tokens in a row that nobody else has unless they name the same id. An id of a token of its own has length 1. */
export interface Piece {
	readonly id: number | string;
	readonly length: number;
}

/**
 * What the tokens of a sequence are, without listing them: pieces, and after their end the sequence's own output.
 * Two ranges of tokens are equal exactly when their keys are.
 */
export interface Content {
	readonly pieces: readonly Piece[];
	/** Absent where the output has no name that stays true, e.g. in beams, which change owners: such blocks are never cached. */
	readonly own?: number | string;
}

/** The content of explicit token ids; the array may grow while the sequence does. */
export function contentOf(tokens: readonly number[], own: number | string = 'own'): Content {
	return {
		get pieces() {
			return tokens.map((id) => ({ id: `t${id}`, length: 1 }));
		},
		own
	};
}

/** A name for the tokens start..end-1, or undefined where they have none. */
export function rangeKey(content: Content, start: number, end: number): string | undefined {
	const parts: string[] = [];
	let at = 0;
	for (const { id, length } of content.pieces) {
		const from = Math.max(start, at);
		const to = Math.min(end, at + length);
		if (from < to) parts.push(`${id}:${from - at}+${to - from}`);
		at += length;
		if (at >= end) return parts.join(',');
	}
	const from = Math.max(start, at);
	if (content.own === undefined) return undefined;
	if (from < end) parts.push(`${content.own}:${from - at}+${end - from}`);
	return parts.join(',');
}
