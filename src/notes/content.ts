/** What a topic's page and the quiz show of a topic, in one language. */
import type { Locale } from '#kit/text/locale.ts';

/** With an answer; without one until its figure comes; or a matter of reading and opinion, which gets none. */
export type Standing = 'answered' | 'toCome' | 'note';

export interface TopicLink {
	readonly id: string;
	readonly text: string;
	readonly standing: Standing;
}

/** A figure that is there, in the state that shows the topic. */
export interface ShownState {
	readonly slug: string;
	readonly query: string;
	readonly title: string;
	readonly caption: string;
	/** From 0. */
	readonly step: number;
	readonly steps: number;
	readonly playable: boolean;
}

/** A figure without a state of its own for the topic: to be opened when it is there, to come otherwise. */
export interface NamedFigure {
	readonly slug: string;
	readonly title: string;
	readonly oneLine: string;
	readonly there: boolean;
}

/** HTML that stands in the page once and is not sent again with its data. */
export interface Body {
	readonly answer: string;
	readonly followUp: string;
	/** One for each of `states`. */
	readonly pictures: readonly string[];
}

export interface TopicContent {
	readonly id: string;
	readonly locale: Locale;
	readonly kind: 'figure' | 'note';
	readonly question: string;
	readonly twin: string;
	readonly theme: { readonly id: string; readonly name: string };
	readonly lists: readonly { readonly id: number; readonly name: string }[];
	/** False for a topic that has no answer yet. */
	readonly answered: boolean;
	readonly states: readonly ShownState[];
	/** HTML, one a source. */
	readonly sources: readonly string[];
	/** Figures that touch on the topic, apart from those in `states`. */
	readonly figures: readonly NamedFigure[];
	readonly related: readonly TopicLink[];
}
