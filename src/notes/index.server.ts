/** The index of the topics in its two orders, as small as the page needs it. */
import { group } from 'd3';
import type { Locale } from '#kit/text/locale.ts';
import { answered } from './answers.server.ts';
import { linkTo, nameFigure } from './content.server.ts';
import type { NamedFigure, TopicLink } from './content.ts';
import { groups, lists, themeOf, topics, type Topic } from './topics.ts';
import { words } from './words.ts';

export interface Part {
	/** The figure whose topics these are; absent where the section has no parts. */
	readonly figure?: Pick<NamedFigure, 'slug' | 'title' | 'there'>;
	readonly topics: readonly TopicLink[];
}

export interface Section {
	readonly id: string;
	readonly name: string;
	readonly hint?: string;
	readonly count: number;
	readonly answered: number;
	readonly parts: readonly Part[];
}

export interface Index {
	readonly count: number;
	readonly answered: number;
	/** Topics of reading, career and opinion. */
	readonly notes: number;
	readonly sections: readonly Section[];
}

function section(id: string, name: string, of: readonly Topic[], parts: readonly Part[]): Section {
	return { id, name, count: of.length, answered: of.filter((topic) => answered.has(topic.id)).length, parts };
}

const index = (sections: readonly Section[]): Index => ({
	count: topics.length,
	answered: answered.size,
	notes: topics.filter(({ kind }) => kind === 'note').length,
	sections
});

/** Each topic once, under its closest figure, figures that are there first. */
export function indexByTheme(locale: Locale): Index {
	const link = (topic: Topic): TopicLink => linkTo(topic, locale);
	const themes = groups.map(({ id, [locale]: name }) => {
		const of = topics.filter((topic) => themeOf(topic) === id);
		const parts = [...group(of, (topic) => topic.figures[0] ?? '')].map(([slug, under]) => {
			const { title, there } = nameFigure(slug, locale);
			return { figure: { slug, title, there }, topics: under.map(link) };
		});
		return section(
			id,
			name,
			of,
			parts.sort((a, b) => Number(b.figure.there) - Number(a.figure.there))
		);
	});
	const notes = topics.filter(({ kind }) => kind === 'note');
	const rest = { ...section('note', words[locale].noFigure, notes, [{ topics: notes.map(link) }]), hint: words[locale].noFigureHint };
	return index([...themes, rest]);
}

/** Every list whole and in its own order: a topic that stands in two lists stands here twice. */
export function indexByList(locale: Locale): Index {
	return index(
		lists.map(({ id, [locale]: name }) => {
			const of = topics.filter((topic) => topic.lists.includes(id));
			return section(`list-${id}`, `${words[locale].listName(id)}${locale === 'zh' ? '：' : ': '}${name}`, of, [
				{ topics: of.map((topic) => linkTo(topic, locale)) }
			]);
		})
	);
}

export interface QuizTopic {
	readonly id: string;
	readonly text: string;
	readonly theme: string;
}

/** The topics that the quiz can ask, those with an answer, and their themes. */
export function quizTopics(locale: Locale): {
	readonly topics: readonly QuizTopic[];
	readonly themes: readonly { id: string; name: string }[];
} {
	const asked = topics.filter(({ id }) => answered.has(id)).map((topic) => ({ id: topic.id, text: topic[locale], theme: themeOf(topic) }));
	const themes = groups.filter(({ id }) => asked.some(({ theme }) => theme === id));
	return { topics: asked, themes: themes.map(({ id, [locale]: name }) => ({ id, name })) };
}
