/** What the figure is computed from besides its parameters: texts that a language model wrote, live or recorded. */
export interface Text {
	readonly prompt: readonly string[];
	/** The tokens of each sample's continuation. */
	readonly outputs: readonly (readonly string[])[];
}

/** One step of beam search in places (rows) of block tables: who is continued by the child in place i, and the child's token. */
export interface BeamStep {
	readonly parents: readonly number[];
	readonly tokens: readonly string[];
}

export interface PagedData {
	readonly origin: 'live' | 'recorded' | 'none';
	readonly model: string;
	readonly texts: readonly Text[];
	/** Beam search after the first text's prompt. The first step has no parents. */
	readonly beams?: readonly BeamStep[];
}

export const NO_DATA: PagedData = { origin: 'none', model: '', texts: [] };
