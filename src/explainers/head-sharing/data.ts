/** What the page's own language model answered: the attention of every head over a text, live or recorded. */
export interface HeadData {
	readonly origin: 'live' | 'recorded';
	readonly model: string;
	readonly prompt: string;
	/** How each token is shown, (T). */
	readonly tokens: readonly string[];
	readonly heads: number;
	readonly kvHeads: number;
	/** Of each layer the attention, row-major (heads, T, T). */
	readonly attentions: readonly ArrayLike<number>[];
	/** Tokens of the text behind the ones that are drawn. */
	readonly left: number;
}

/** As many tokens as can be drawn and told apart. */
export const MOST_TOKENS = 16;
