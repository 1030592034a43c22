/** What a chain needs to know besides the logits. All ids are vocabulary indices; an id that the vocabulary lacks is passed over. */
export interface Context {
	readonly prompt: readonly number[];
	readonly output: readonly number[];
	/** Index of the token to draw: the first counter of the coins, so that the same seed gives the same text. */
	readonly position: number;
	/** Mirostat's state, bits; absent at the start. */
	readonly mu?: number;
	/** DRY's sequence breakers. */
	readonly breakers?: ReadonlySet<number>;
}
