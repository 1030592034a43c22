/** The second counter of `uniform(seed, position, index)`: which coin of a position it is. */
export const COIN = {
	/** Inverse CDF. */
	draw: 0,
	/** Whether XTC acts. */
	xtc: 1,
	/** Gumbel noise of token id: gumbel + id, so that a token keeps its noise whatever the settings. */
	gumbel: 2
} as const;
