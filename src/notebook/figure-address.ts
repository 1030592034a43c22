/** Which links lead to a figure of this site. */
import { isLocale, type Locale } from '#kit/text/locale.ts';

export interface FigureAddress {
	readonly lang: Locale;
	readonly slug: string;
	/** Without "?", as it was written. */
	readonly query: string;
	/** A named view, which stands in the path. */
	readonly view?: string;
}

/** Where the site stands. */
export interface Site {
	/** e.g. "https://example.org" */
	readonly origin: string;
	/** "" or e.g. "/llm-unrolled" */
	readonly base: string;
	/** Relative links are those of a page in this language. */
	readonly lang: Locale;
}

/** Pages that stand where a figure could. */
const OTHER_PAGES = ['gallery', 'notes', 'notebook', 'links'];

/**
 * The figure that a link leads to, with or without the base path, or nothing when it leads elsewhere. Whether there is such a figure
 * is for the caller to know.
 */
export function figureAddress(href: string, site: Site): FigureAddress | undefined {
	let url: URL;
	try {
		url = new URL(href, `${site.origin}${site.base}/${site.lang}/notebook`);
	} catch {
		return undefined;
	}
	if (url.origin !== site.origin || url.username !== '' || url.password !== '') return undefined;
	const path = site.base !== '' && url.pathname.startsWith(`${site.base}/`) ? url.pathname.slice(site.base.length) : url.pathname;
	const [, lang = '', slug = '', view] =
		/^\/(?:embed\/)?([a-z]{2})\/([a-z0-9]+(?:-[a-z0-9]+)*)(?:\/([\w-]+))?(?:\.html|\/)?$/.exec(path) ?? [];
	if (!isLocale(lang) || OTHER_PAGES.includes(slug)) return undefined;
	return { lang, slug, query: url.search.slice(1), ...(view === undefined ? {} : { view }) };
}

const LINE =
	/^ {0,3}(?:\[((?:\\.|[^\\[\]\n])*)\]\([ \t]*<?([^\s<>()]*(?:\([^\s()]*\)[^\s<>()]*)*)>?(?:[ \t]+(?:"[^"\n]*"|'[^'\n]*'))?[ \t]*\)|<(https?:[^\s<>]+)>|((?:https?:\/)?\/[^\s<>]+))[ \t]*(?:\n|$)/;

export interface FigureLine {
	readonly raw: string;
	/** The link's words; empty for a bare address. */
	readonly label: string;
	readonly href: string;
	readonly figure: FigureAddress;
}

/** A link to a figure that stands alone on the first line of `text`. */
export function figureLine(text: string, site: Site): FigureLine | undefined {
	const [raw = '', label = '', linked, angled, bare] = LINE.exec(text) ?? [];
	const href = linked ?? angled ?? bare ?? '';
	const figure = href === '' ? undefined : figureAddress(href, site);
	return figure && { raw, label: label.replace(/\\(.)/g, '$1').trim(), href, figure };
}
