/** Addresses of the site's own pages, below the base path. The only place that builds them. */
import { resolve } from '$app/paths';
import type { Locale } from '#kit/text/locale.ts';

export const homePath = (lang: Locale): string => resolve('/[lang=locale]', { lang });
export const galleryPath = (lang: Locale): string => resolve('/[lang=locale]/gallery', { lang });
export const notebookPath = (lang: Locale): string => resolve('/[lang=locale]/notebook', { lang });
export const figurePath = (lang: Locale, slug: string, query = ''): string =>
	`${resolve('/[lang=locale]/[slug]', { lang, slug })}${query === '' ? '' : `?${query}`}`;

/** The picture of a named view, as a file of its own. */
export const picturePath = (slug: string, view: string, lang: Locale, theme: 'light' | 'dark'): string =>
	resolve('/figures/[slug]/[file]', { slug, file: `${view}.${lang}${theme === 'dark' ? '.dark' : ''}.svg` });

/** The base path without a slash at its end, e.g. "/llm-unrolled"; empty at the root of an origin. */
export const basePath = (): string => resolve('/').replace(/\/$/, '');
