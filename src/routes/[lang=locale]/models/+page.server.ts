import { error } from '@sveltejs/kit';
import { isLocale, locales } from '#kit/text/locale.ts';
import { readCards } from './cards.server.ts';
import type { EntryGenerator, PageServerLoad } from './$types';

export const entries: EntryGenerator = () => locales.map((lang) => ({ lang }));

export const load: PageServerLoad = ({ params }) => {
	if (!isLocale(params.lang)) error(404);
	return { locale: params.lang, cards: readCards(params.lang) };
};
