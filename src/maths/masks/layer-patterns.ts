/** Which layers of a model keep the local rule (L), a chunk (C) or see everything before them (G). */
export const PATTERNS = ['uniform', 'gemma2', 'gemma3', 'gpt-oss', 'olmo3', 'cohere2', 'llama4'] as const;
export type Pattern = (typeof PATTERNS)[number];
export type LayerKind = 'L' | 'C' | 'G';

/** Every how many layers one is global: the last of each group (Hugging Face configs; layer 0 is local in all of them). */
const GROUP: Readonly<Record<Exclude<Pattern, 'uniform'>, number>> = {
	gemma2: 2,
	gemma3: 6,
	'gpt-oss': 2,
	olmo3: 4,
	cohere2: 4,
	llama4: 4
};

/** The kind of each layer, (layers): global where (i + 1) is a multiple of the group's length. `uniform` is local throughout. */
export function layerPattern(pattern: Pattern, layers: number): readonly LayerKind[] {
	const local: LayerKind = pattern === 'llama4' ? 'C' : 'L';
	return Array.from({ length: layers }, (_, i) => (pattern !== 'uniform' && (i + 1) % GROUP[pattern] === 0 ? 'G' : local));
}
