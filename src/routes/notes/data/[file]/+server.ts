import { error, json } from '@sveltejs/kit';
import { isLocale, locales } from '#kit/text/locale.ts';
import { answered } from '#notes/answers.server.ts';
import { readTopic } from '#notes/content.server.ts';
import { searchDocuments } from '#notes/documents.server.ts';
import { findTopic } from '#notes/topics.ts';
import type { EntryGenerator, RequestHandler } from './$types';

export const prerender = true;

/** `search.<language>.json`, and for every topic with an answer `<id>.<language>.json`. */
export const entries: EntryGenerator = () =>
	['search', ...answered].flatMap((name) => locales.map((lang) => ({ file: `${name}.${lang}.json` })));

export const GET: RequestHandler = async ({ params }) => {
	const [, name = '', locale = ''] = /^(\w+)\.(\w+)\.json$/.exec(params.file) ?? [];
	if (!isLocale(locale)) error(404);
	if (name === 'search') return json(await searchDocuments(locale));
	const topic = findTopic(name);
	if (topic === undefined || !answered.has(name)) error(404);
	return json(await readTopic(topic, locale));
};
