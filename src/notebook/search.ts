/** Full-text search over notes in Chinese and English. */
import MiniSearch from 'minisearch';
import { titleOf, type Note } from './note.ts';

/** Runs of scripts that are written without spaces: Chinese, Japanese, Korean. */
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/u;
const RUNS = new RegExp(`(${CJK.source})|[\\p{L}\\p{N}\\p{M}_]+`, 'gu');

const normal = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Pairs of neighbours: 显存占用 -> 显存, 存占, 占用. No dictionary, so the same in every browser, for new words too. */
const pairs = (run: string): readonly string[] => {
	const signs = [...run];
	return signs.slice(1).map((sign, i) => `${signs[i] ?? ''}${sign}`);
};

/** The terms of a text: words, and single signs and pairs of Chinese. */
export function terms(text: string): string[] {
	return [...normal(text).matchAll(RUNS)].flatMap(([run, cjk]) => (cjk === undefined ? [run] : [...cjk, ...pairs(cjk)]));
}

/** The terms of a question: of Chinese the pairs alone, a single sign only by itself. */
export function queryTerms(text: string): string[] {
	return [...normal(text).matchAll(RUNS)].flatMap(([run, cjk]) => (cjk === undefined || [...cjk].length === 1 ? [run] : pairs(cjk)));
}

interface Entry {
	id: string;
	title: string;
	text: string;
}
const entry = (note: Note): Entry => ({ id: note.id, title: titleOf(note), text: note.text });

export class NoteSearch {
	#index = new MiniSearch<Entry>({ fields: ['title', 'text'], tokenize: terms, processTerm: (term) => term });
	#known = new Map<string, Note>();

	/** Brings the index up to date: only notes that changed are read. */
	update(notes: readonly Note[]): void {
		const ids = new Set(notes.map(({ id }) => id));
		for (const id of [...this.#known.keys()]) {
			if (ids.has(id)) continue;
			this.#index.discard(id);
			this.#known.delete(id);
		}
		for (const note of notes) {
			const known = this.#known.get(note.id);
			if (known?.text === note.text && known.name === note.name) continue;
			if (known === undefined) this.#index.add(entry(note));
			else this.#index.replace(entry(note));
			this.#known.set(note.id, note);
		}
	}

	/** Ids of the notes that hold every word of the question, the best first. */
	find(question: string): string[] {
		const found = this.#index.search(question, {
			tokenize: queryTerms,
			combineWith: 'AND',
			boost: { title: 3 },
			// A word may still be being typed, and a longer one may hold a slip; Chinese pairs are meant as they are.
			prefix: (term) => !CJK.test(term),
			fuzzy: (term) => (!CJK.test(term) && term.length > 5 ? 0.2 : false)
		});
		return found.map(({ id }) => String(id));
	}
}

export interface Excerpt {
	readonly before: string;
	readonly match: string;
	readonly after: string;
}

/** The place of a text that a question was found at, with some words around it. */
export function excerpt(text: string, question: string, around = 36): Excerpt | undefined {
	// Signs that NFKC lengthens would shift the places: such a text is looked through as it is.
	const low = normal(text).length === text.length ? normal(text) : text.toLowerCase();
	const wanted = [normal(question).trim(), ...queryTerms(question)].filter(Boolean);
	for (const term of wanted) {
		const at = low.indexOf(term);
		if (at < 0) continue;
		const tidy = (part: string): string => part.replace(/\s+/g, ' ');
		const from = Math.max(0, at - around / 2);
		const to = at + term.length + around;
		return {
			before: (from > 0 ? '…' : '') + tidy(text.slice(from, at)),
			match: tidy(text.slice(at, at + term.length)),
			after: tidy(text.slice(at + term.length, to)) + (to < text.length ? '…' : '')
		};
	}
	return undefined;
}
