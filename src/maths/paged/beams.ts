/** parents[j]: the beam that the j-th candidate continues. Beams are places 0 .. width - 1, each with a block table. */
type Parents = readonly number[];

/**
 * The place of each candidate: a beam that is continued keeps its place (its first child stays), further children take the places of the beams that
 * nobody continues, lowest first.
 */
export function placeBeams(parents: Parents, width: number): readonly number[] {
	const dead = Array.from({ length: width }, (_, beam) => beam).filter((beam) => !parents.includes(beam));
	const taken = new Set<number>();
	return parents.map((parent) => {
		if (taken.has(parent)) return dead.shift() ?? parent;
		taken.add(parent);
		return parent;
	});
}

/** Which beams die, and which are forked: pairs of the beam that is continued and the place of its further child. */
export function chooseBeams(
	parents: Parents,
	width: number
): { readonly dead: readonly number[]; readonly forks: readonly (readonly [number, number])[] } {
	const places = placeBeams(parents, width);
	const dead = Array.from({ length: width }, (_, beam) => beam).filter((beam) => !parents.includes(beam));
	return { dead, forks: places.flatMap((place, j) => (place === parents[j] ? [] : [[parents[j]!, place] as const])) };
}
