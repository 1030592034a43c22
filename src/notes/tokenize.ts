/** Words of a text for the search: Latin words whole and by their parts, Chinese by pairs of characters, which needs no dictionary. */

const HAN = /\p{Script=Han}/u;
const RUN = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}\p{M}])+/gu;

/** "PagedAttention" also as "paged" and "attention"; "KV" and "GQA" stay whole. */
function humps(word: string): string[] {
	const parts = word.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').split(' ');
	return parts.length > 1 ? [word, ...parts] : [word];
}

/** Chinese characters two by two; one that stands alone by itself. */
function pairs(run: string): string[] {
	const characters = [...run];
	return characters.length === 1 ? [run] : characters.slice(1).map((character, i) => `${characters[i] ?? ''}${character}`);
}

const split = (text: string, chinese: (run: string) => string[]): string[] =>
	(text.normalize('NFKC').match(RUN) ?? []).flatMap((run) => (HAN.test(run) ? chinese(run) : humps(run))).map((word) => word.toLowerCase());

/** The words that a reader looks for. */
export const wordsOf = (query: string): string[] => split(query, pairs);

/** The words under which a text is found: the last character of a run also alone, so that every character begins some word. */
export const termsOf = (text: string): string[] => split(text, (run) => [...new Set([...pairs(run), [...run].at(-1) ?? ''])]);
