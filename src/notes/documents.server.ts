import type { Locale } from '#kit/text/locale.ts';
import { locales } from '#kit/text/locale.ts';
import { loadAnswer } from './answers.server.ts';
import { nameFigure, standing, themeName } from './content.server.ts';
import type { Document } from './search.ts';
import { findPlanned, themeOf, topics } from './topics.ts';

/** All topics for the search of one language. */
export function searchDocuments(locale: Locale): Promise<readonly Document[]> {
	return Promise.all(
		topics.map(async (topic) => {
			// A figure's planned title says more of what is in it than the short one that it got.
			const titles = topic.figures.flatMap((slug) =>
				locales.flatMap((l) => [nameFigure(slug, l).title, findPlanned(slug)?.title[l] ?? ''])
			);
			const themes = topic.figures.length > 0 ? locales.map((l) => themeName(themeOf(topic), l)) : [];
			const answer = (await loadAnswer(topic.id))?.[locale].words ?? '';
			const { id, en, zh } = topic;
			return { id, en, zh, about: [...new Set([...titles, ...themes])].join(' '), answer, standing: standing(topic) };
		})
	);
}
