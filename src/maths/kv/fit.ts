/** How many sequences find room beside the weights. All sizes in bytes, of one GPU. */
export interface Room {
	/** Left for the cache when the weights are loaded; negative when they do not fit. */
	readonly free: number;
	/** Whole sequences that fit into it. */
	readonly sequences: number;
}

export function room(memory: number, weights: number, sequence: number): Room {
	const free = memory - weights;
	return { free, sequences: Math.max(0, Math.floor(free / sequence)) };
}
