/** The menu behind "/": what it offers, what the letters after the slash find, and the link that it writes. */
import type { Locale } from '#kit/text/locale.ts';
import type { FigureAddress } from './figure-address.ts';

/** A figure as the menu knows it: known when the site is built. */
export interface FigureEntry {
	readonly slug: string;
	readonly title: string;
	/** The title in the other language: a reader may search by either. */
	readonly otherTitle: string;
	readonly views: readonly { readonly id: string; readonly query: string; readonly name: string }[];
}

/** The figure that an address means and the query of its state; nothing when there is no such figure or named view. */
export function resolveFigure(
	figures: readonly FigureEntry[],
	{ slug, query, view }: Pick<FigureAddress, 'slug' | 'query' | 'view'>
): { readonly entry: FigureEntry; readonly query: string } | undefined {
	const entry = figures.find((figure) => figure.slug === slug);
	if (entry === undefined || view === undefined) return entry && { entry, query };
	const named = entry.views.find(({ id }) => id === view);
	return named && { entry, query: [named.query, query].filter(Boolean).join('&') };
}

/** A state in which the reader left a figure. */
export interface SeenState {
	readonly slug: string;
	readonly query: string;
}

export interface Choice {
	readonly kind: 'seen' | 'figure' | 'view';
	readonly slug: string;
	readonly query: string;
	readonly title: string;
	/** The view's name, or the state as its query. */
	readonly detail: string;
	/** What the letters are looked for in. */
	readonly haystack: string;
}

/** States seen last, then each figure with its views. */
export function choices(figures: readonly FigureEntry[], seen: readonly SeenState[]): readonly Choice[] {
	const bySlug = new Map(figures.map((figure) => [figure.slug, figure]));
	const words = (figure: FigureEntry, more: string): string =>
		`${figure.title} ${figure.otherTitle} ${figure.slug} ${more}`.normalize('NFKC').toLowerCase();
	return [
		...seen.flatMap(({ slug, query }) => {
			const figure = bySlug.get(slug);
			if (figure === undefined) return [];
			const detail = decodeURIComponent(query.replaceAll('+', ' ').replace(/%(?![0-9a-f]{2})/gi, '%25'));
			return [{ kind: 'seen' as const, slug, query, title: figure.title, detail, haystack: words(figure, detail) }];
		}),
		...figures.flatMap((figure) => [
			{ kind: 'figure' as const, slug: figure.slug, query: '', title: figure.title, detail: '', haystack: words(figure, '') },
			...figure.views.map(({ id, query, name }) => ({
				kind: 'view' as const,
				slug: figure.slug,
				query,
				title: figure.title,
				detail: name,
				haystack: words(figure, `${name} ${id}`)
			}))
		])
	];
}

/** Choices that hold every word of the text. */
export function find(all: readonly Choice[], text: string): readonly Choice[] {
	const words = text.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
	return all.filter(({ haystack }) => words.every((word) => haystack.includes(word)));
}

export interface Slash {
	/** Where the slash stands. */
	readonly from: number;
	readonly text: string;
}

/** The slash that the caret is behind: at the beginning of a line or after a space, and not the beginning of an address. */
export function slashBefore(text: string, caret: number): Slash | undefined {
	const line = text.slice(text.lastIndexOf('\n', caret - 1) + 1, caret);
	const [, before = '', typed] = /^(|.*\s)[/、／]([^/?#\n]{0,40})$/u.exec(line) ?? [];
	return typed === undefined || /\s\s$|^\s/.test(typed) ? undefined : { from: caret - line.length + before.length, text: typed };
}

const escaped = (text: string): string => text.replace(/([\\[\]])/g, '\\$1');

/** The choice as a Markdown link on a line of its own. */
export function linkOf({ kind, title, detail }: Choice, href: string, locale: Locale): string {
	return `[${escaped(kind === 'view' ? `${title}${locale === 'zh' ? '：' : ': '}${detail}` : title)}](${href.replaceAll('(', '%28').replaceAll(')', '%29')})`;
}
