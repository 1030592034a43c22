import { error } from '@sveltejs/kit';
import { isLocale, locales } from '#kit/text/locale.ts';
import { quizTopics } from '#notes/index.server.ts';
import type { EntryGenerator, PageServerLoad } from './$types';

export const entries: EntryGenerator = () => locales.map((lang) => ({ lang }));

export const load: PageServerLoad = ({ params }) => {
	if (!isLocale(params.lang)) error(404);
	return { locale: params.lang, ...quizTopics(params.lang) };
};
