import { findMoved, registry } from '#explainers/registry.ts';
import { isLocale, locales } from '#kit/text/locale.ts';
import { inlineScript, openState } from '#kit/url/inline-scripts.ts';
import { figurePath } from '#kit/url/paths.ts';
import type { EntryGenerator, RequestHandler } from './$types';

export const prerender = true;
export const entries: EntryGenerator = () =>
	registry.flatMap(({ was = [] }) => was.flatMap((slug) => locales.map((lang) => ({ lang, slug }))));

/** A figure that has another name now: the link opens the same state there, query and all. */
export const GET: RequestHandler = ({ params }) => {
	const manifest = findMoved(params.slug);
	const locale = isLocale(params.lang) ? params.lang : 'en';
	const target = figurePath(locale, manifest?.slug ?? '');
	const title = manifest?.title[locale] ?? '';
	const html = `<!doctype html><meta charset="utf-8"><title>${title}</title><link rel="canonical" href="${target}">${inlineScript(openState, target)}<p><a href="${target}">${title}</a></p>\n`;
	return new Response(html, { headers: { 'content-type': 'text/html' } });
};
