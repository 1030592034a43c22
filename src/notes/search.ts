/** The search over all topics: an index made in the browser from one file of documents, in both languages at once. */
import MiniSearch from 'minisearch';
import type { Locale } from '#kit/text/locale.ts';
import type { Standing } from './content.ts';
import { termsOf, wordsOf } from './tokenize.ts';

/** One topic as the index sees it. */
export interface Document extends Readonly<Record<Locale, string>> {
	readonly id: string;
	/** Titles of its figures and name of its theme, in both languages. */
	readonly about: string;
	/** The answer as bare words, in the language of the file; empty where there is none. */
	readonly answer: string;
	readonly standing: Standing;
}

export interface Found {
	readonly hits: readonly Document[];
	/** Whether no topic has all of the words, so that these have some of them. */
	readonly partial: boolean;
}

export type Search = (query: string) => Found;

/** A question of a topic weighs more than its figures' names, and those more than its answer. */
const BOOST = { en: 4, zh: 4, about: 2, answer: 1 };

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().trim();

/** A question that is what was typed comes first, one that has it word for word next; within these the index decides. */
function tierOf({ en, zh }: Document, asked: string): number {
	const questions = [plain(en), plain(zh)];
	if (questions.includes(asked)) return 0;
	return questions.some((question) => question.includes(asked)) ? 1 : 2;
}

export function createSearch(documents: readonly Document[]): Search {
	const index = new MiniSearch<Document>({
		fields: ['id', 'en', 'zh', 'about', 'answer'],
		tokenize: termsOf,
		processTerm: (term) => term,
		searchOptions: {
			tokenize: wordsOf,
			boost: BOOST,
			// What is typed is often not finished yet. A single letter would begin everything.
			prefix: (term) => term.length > 1 || /\P{ASCII}/u.test(term),
			// Typing errors, in words long enough to have a neighbour by mistake rather than by right.
			fuzzy: (term) => (/^[a-z]{5,}$/.test(term) ? 0.2 : false)
		}
	});
	index.addAll(documents);
	const byId = new Map(documents.map((document) => [document.id, document]));
	const run = (query: string, combineWith: 'AND' | 'OR'): Document[] => {
		const asked = plain(query);
		return index
			.search(query, { combineWith })
			.flatMap(({ id }) => byId.get(String(id)) ?? [])
			.map((document) => ({ document, tier: tierOf(document, asked) }))
			.sort((a, b) => a.tier - b.tier)
			.map(({ document }) => document);
	};
	return (query) => {
		const all = run(query, 'AND');
		if (all.length > 0) return { hits: all, partial: false };
		const some = run(query, 'OR');
		return { hits: some, partial: some.length > 0 };
	};
}
