import { findManifest } from '#explainers/registry.ts';
import { isLocale } from '#kit/text/locale.ts';
import { findTopic } from '#notes/topics.ts';
import type { PageServerLoad } from './$types';

/** The interview questions that the figure answers. The list of all topics stays on the server. */
export const load: PageServerLoad = ({ params }) => {
	const locale = isLocale(params.lang) ? params.lang : 'en';
	const answers = findManifest(params.slug)?.answers ?? [];
	return { questions: answers.flatMap((id) => findTopic(id) ?? []).map((topic) => ({ id: topic.id, text: topic[locale] })) };
};
