import { findManifest } from '#explainers/registry.ts';
import { still } from '#kit/figure/still.server.ts';
import { otherLocale, type Locale } from '#kit/text/locale.ts';
import { figurePath, topicPath } from '#kit/url/paths.ts';
import { answered, loadAnswer } from './answers.server.ts';
import type { Body, NamedFigure, ShownState, Standing, TopicContent, TopicLink } from './content.ts';
import { findPlanned, findTopic, groups, lists, related, themeOf, type Topic } from './topics.ts';
import { words } from './words.ts';

export const standing = ({ id, kind }: Topic): Standing => (answered.has(id) ? 'answered' : kind === 'note' ? 'note' : 'toCome');

export const linkTo = (topic: Topic, locale: Locale): TopicLink => ({ id: topic.id, text: topic[locale], standing: standing(topic) });

export function themeName(id: string, locale: Locale): string {
	return groups.find((group) => group.id === id)?.[locale] ?? words[locale].noFigure;
}

/** Name and description of a figure, there or to come. */
export function nameFigure(slug: string, locale: Locale): NamedFigure {
	const manifest = findManifest(slug);
	const plan = findPlanned(slug);
	return {
		slug,
		title: (manifest?.title ?? plan?.title)?.[locale] ?? slug,
		oneLine: (manifest?.summary ?? plan?.oneLine)?.[locale] ?? '',
		there: manifest !== undefined
	};
}

/** Links of an answer, written as `slug?query` or a topic's id, as addresses of this site in the reader's language. */
export function localLinks(html: string, locale: Locale): string {
	return html.replace(/href="(?!https?:|#)(?:\/(?:en|zh)\/)?(?:notes\/)?([\w-]+)(?:\?([^"]*))?"/g, (all, name: string, query = '') => {
		if (findTopic(name) !== undefined) return `href="${topicPath(locale, name)}"`;
		return findManifest(name) === undefined ? all : `href="${figurePath(locale, name, String(query))}"`;
	});
}

/** Everything about a topic in one language. A state whose figure is not there becomes one that is to come. */
export async function readTopic(topic: Topic, locale: Locale): Promise<{ readonly content: TopicContent; readonly body: Body }> {
	const answer = await loadAnswer(topic.id);
	const shown = await Promise.all(
		(answer?.figures ?? []).map(async ({ slug, query }, i): Promise<{ state: ShownState; html: string } | undefined> => {
			const manifest = findManifest(slug);
			if (manifest === undefined) return undefined;
			const { default: explainer } = await manifest.load();
			const { html, caption, step, steps, playable } = await still(slug, explainer, query, locale, `${topic.id}-${i}`);
			return { state: { slug, query, title: manifest.title[locale], caption, step, steps, playable }, html };
		})
	);
	const there = shown.filter((one) => one !== undefined);
	const others = new Set([...topic.figures, ...(answer?.figures ?? []).map(({ slug }) => slug)]);
	for (const { state } of there) others.delete(state.slug);
	const theme = themeOf(topic);
	const content: TopicContent = {
		id: topic.id,
		locale,
		kind: topic.kind,
		question: topic[locale],
		twin: topic[otherLocale(locale)],
		theme: { id: theme, name: themeName(theme, locale) },
		lists: topic.lists.map((id) => ({ id, name: lists.find((list) => list.id === id)?.[locale] ?? '' })),
		answered: answer !== undefined,
		states: there.map(({ state }) => state),
		sources: answer?.sources ?? [],
		figures: [...others].map((slug) => nameFigure(slug, locale)),
		related: related(topic).map((other) => linkTo(other, locale))
	};
	const body: Body = {
		answer: localLinks(answer?.[locale].answer ?? '', locale),
		followUp: localLinks(answer?.[locale].followUp ?? '', locale),
		pictures: there.map(({ html }) => html)
	};
	return { content, body };
}
