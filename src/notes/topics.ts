/** The interview topics: what is asked, which figures show it, and in which lists it stands. Ids are addresses and never change. */
import type { Bilingual } from '#kit/text/locale.ts';
import data from './topics.json';

export interface Topic extends Bilingual<string> {
	/** "t001" and so on: the last part of the topic's address. */
	readonly id: string;
	/** A mechanism that a figure can show, or a note: reading, career, opinion, of which there is nothing to draw. */
	readonly kind: 'figure' | 'note';
	/** Slugs of the figures that show it, the closest first; some of them are yet to come. */
	readonly figures: readonly string[];
	/** Numbers of the lists in which it stands. */
	readonly lists: readonly number[];
}

/** A figure as it is planned; one that is there already has its own manifest. */
export interface Planned {
	readonly id: string;
	readonly group: string;
	readonly title: Bilingual<string>;
	readonly oneLine: Bilingual<string>;
}

export const topics = data.topics as readonly Topic[];
export const planned: readonly Planned[] = data.figures;
export const lists: readonly (Bilingual<string> & { readonly id: number })[] = data.lists;
/** Themes in the order of the index. */
export const groups: readonly (Bilingual<string> & { readonly id: string })[] = data.groups;

const byId = new Map(topics.map((topic) => [topic.id, topic]));
const plannedById = new Map(planned.map((figure) => [figure.id, figure]));

export const findTopic = (id: string): Topic | undefined => byId.get(id);
export const findPlanned = (slug: string): Planned | undefined => plannedById.get(slug);

/** Id of the theme: the group of the closest figure, or "note" for a topic without figures. */
export const themeOf = ({ figures: [first] }: Topic): string => plannedById.get(first ?? '')?.group ?? 'note';

/** How near two topics are: a shared figure counts the more, the closer it is to both. */
function nearness(a: Topic, b: Topic): number {
	return a.figures.reduce((sum, slug, i) => {
		const j = b.figures.indexOf(slug);
		return j < 0 ? sum : sum + 1 / ((i + 1) * (j + 1));
	}, 0);
}

/** At most `count` other topics, the nearest first; for a note other notes, from its own list first. */
export function related(topic: Topic, count = 6): readonly Topic[] {
	const place = topics.indexOf(topic);
	const scored = topics.map((other, i) => {
		const near = topic.kind === 'note' ? Number(other.kind === 'note') : nearness(topic, other);
		return { other, near, sameList: Number(other.lists.some((list) => topic.lists.includes(list))), away: Math.abs(i - place) };
	});
	return scored
		.filter(({ other, near }) => other !== topic && near > 0)
		.sort((a, b) => b.near - a.near || b.sameList - a.sameList || a.away - b.away)
		.slice(0, count)
		.map(({ other }) => other);
}
