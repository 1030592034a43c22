import { findManifest } from '#explainers/registry.ts';
import topics from '#explainers/topics.json';
import { isLocale } from '#kit/text/locale.ts';
import type { PageServerLoad } from './$types';

/** The interview questions that the figure answers. The list of all topics stays on the server. */
export const load: PageServerLoad = ({ params }) => {
	const locale = isLocale(params.lang) ? params.lang : 'en';
	const answers = findManifest(params.slug)?.answers ?? [];
	return { questions: answers.flatMap((id) => topics.filter((topic) => topic.id === id).map((topic) => ({ id, text: topic[locale] }))) };
};
