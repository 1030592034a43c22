/** A continuation: which row (running beam), which token, and what it is ranked by. */
export interface Continuation {
	readonly row: number;
	readonly token: number;
	readonly total: number;
}

/**
 * The k best continuations over all rows, best first, ties to the earlier row, then the lower token, without sorting the vocabulary.
 * scores: (rows)(vocab), penalties taken off; base: (rows). A score of -Infinity or NaN is no continuation.
 */
export function bestContinuations(scores: readonly ArrayLike<number>[], base: readonly number[], k: number): Continuation[] {
	const best: Continuation[] = [];
	scores.forEach((row, r) => {
		for (let token = 0; token < row.length; token++) {
			const total = base[r]! + row[token]!;
			if (!(total > -Infinity) || (best.length === k && total <= best[k - 1]!.total)) continue;
			let at = best.length;
			while (at > 0 && best[at - 1]!.total < total) at--;
			best.splice(at, 0, { row: r, token, total });
			if (best.length > k) best.pop();
		}
	});
	return best;
}
