/** Addresses of the site's own pages, below the base path. The only place that builds them. */
import { resolve } from '$app/paths';
import type { Locale } from '#kit/text/locale.ts';

export const homePath = (lang: Locale): string => resolve('/[lang=locale]', { lang });
export const galleryPath = (lang: Locale): string => resolve('/[lang=locale]/gallery', { lang });
export const notebookPath = (lang: Locale): string => resolve('/[lang=locale]/notebook', { lang });
export const modelsPath = (lang: Locale): string => resolve('/[lang=locale]/models', { lang });
export const figurePath = (lang: Locale, slug: string, query = ''): string =>
	`${resolve('/[lang=locale]/[slug]', { lang, slug })}${query === '' ? '' : `?${query}`}`;

/** The index of the interview topics, its other order, and the quiz. */
export const notesPath = (lang: Locale): string => resolve('/[lang=locale]/notes', { lang });
export const notesByListPath = (lang: Locale): string => resolve('/[lang=locale]/notes/by-list', { lang });
export const quizPath = (lang: Locale): string => resolve('/[lang=locale]/notes/quiz', { lang });
/** One topic, by its id ("t005"): an address that stays. */
export const topicPath = (lang: Locale, id: string): string => resolve('/[lang=locale]/notes/[id]', { lang, id });
/** What the notes fetch: `search.<language>.json`, and `<topic>.<language>.json` for the quiz. */
export const notesDataPath = (file: string): string => resolve('/notes/data/[file]', { file });

/** The picture of a named view, as a file of its own. */
export const picturePath = (slug: string, view: string, lang: Locale, theme: 'light' | 'dark'): string =>
	resolve('/figures/[slug]/[file]', { slug, file: `${view}.${lang}${theme === 'dark' ? '.dark' : ''}.svg` });

/** A PNG of a named view at twice its size, and the picture that links to a state unfurl with; without a view the figure's opening. */
export const pngPath = (slug: string, view: string, lang: Locale, theme: 'light' | 'dark'): string =>
	picturePath(slug, view, lang, theme).replace(/svg$/, 'png');
export const cardPath = (slug: string, view: string | undefined, lang: Locale): string =>
	resolve('/figures/[slug]/[file]', { slug, file: `${view === undefined ? '' : `${view}.`}${lang}.card.png` });

/** The figure alone, for frames of other pages, and its script. */
export const embedPath = (lang: Locale, slug: string, query = ''): string =>
	`${resolve('/embed/[lang=locale]/[slug]', { lang, slug })}${query === '' ? '' : `?${query}`}`;
export const embedScriptPath = (slug: string): string => resolve('/embed/[slug].js', { slug });

/** A named view as an address of its own, which unfurls with its own picture and leads to the figure in that state. */
export const viewPath = (lang: Locale, slug: string, view: string): string => resolve('/[lang=locale]/[slug]/[view]', { lang, slug, view });
export const linksPath = (lang: Locale): string => resolve('/[lang=locale]/links', { lang });
export const oembedPath = (lang: Locale, slug: string, view?: string): string =>
	resolve('/oembed/[lang=locale]/[file]', { lang, file: `${slug}${view === undefined ? '' : `.${view}`}.json` });

/** The base path without a slash at its end, e.g. "/llm-unrolled"; empty at the root of an origin. */
export const basePath = (): string => resolve('/').replace(/\/$/, '');
