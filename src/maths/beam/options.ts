export interface BeamOptions {
	/** Width, 1 to 8; 1 is greedy search. */
	readonly beams: number;
	/** Finished sequences are ranked by sum of log-probabilities / generated length ^ lengthPenalty: above 0 favours LONG ones. */
	readonly lengthPenalty: number;
	/** true: stop when `beams` are finished; false: when the best running one, at its present length, cannot win; never: nor at full length. */
	readonly earlyStopping: boolean | 'never';
	/** Hamming diversity: above 0, every beam is a group of its own that pays this for each earlier group that chose the same token. */
	readonly diversity: number;
	readonly maxNewTokens: number;
	/** Ids that end a sequence; they count as generated. */
	readonly eos: readonly number[];
}

export const defaultBeamOptions: BeamOptions = {
	beams: 4,
	lengthPenalty: 1,
	earlyStopping: false,
	diversity: 0,
	maxNewTokens: 16,
	eos: []
};
