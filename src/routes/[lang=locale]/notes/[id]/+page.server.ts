import { error } from '@sveltejs/kit';
import { isLocale, locales } from '#kit/text/locale.ts';
import { hold } from '#notes/held.ts';
import { readTopic } from '#notes/content.server.ts';
import { findTopic, topics } from '#notes/topics.ts';
import type { EntryGenerator, PageServerLoad } from './$types';

export const entries: EntryGenerator = () => topics.flatMap(({ id }) => locales.map((lang) => ({ lang, id })));

export const load: PageServerLoad = async ({ params }) => {
	const topic = findTopic(params.id);
	if (topic === undefined || !isLocale(params.lang)) error(404);
	const { content, body } = await readTopic(topic, params.lang);
	hold(content, body);
	return { content };
};
