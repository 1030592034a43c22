import { error } from '@sveltejs/kit';
import { registry } from '#explainers/registry.ts';
import { isLocale, locales, otherLocale } from '#kit/text/locale.ts';
import type { EntryGenerator, PageServerLoad } from './$types';

export const entries: EntryGenerator = () => locales.map((lang) => ({ lang }));

/** What the menu offers, read at build: the notebook loads no figure's code to name it. */
export const load: PageServerLoad = async ({ params }) => {
	const { lang } = params;
	if (!isLocale(lang)) error(404);
	const figures = await Promise.all(
		registry.map(async ({ slug, title, load }) => {
			const { views, labels } = (await load()).default;
			return {
				slug,
				title: title[lang],
				otherTitle: title[otherLocale(lang)],
				views: views.map(({ id, query }) => ({ id, query, name: labels[lang].views[id] ?? id }))
			};
		})
	);
	return { locale: lang, figures };
};
