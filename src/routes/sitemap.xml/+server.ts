import { registry } from '#explainers/registry.ts';
import { locales } from '#kit/text/locale.ts';
import { figurePath, galleryPath, homePath, notebookPath } from '#kit/url/paths.ts';

export const prerender = true;

/** All pages, in both languages. A static site does not know its own host: addresses start at the root. */
export function GET(): Response {
	const paths = locales.flatMap((locale) => [
		homePath(locale),
		galleryPath(locale),
		notebookPath(locale),
		...registry.map(({ slug }) => figurePath(locale, slug))
	]);
	const entries = paths.map((path) => `\t<url><loc>${path}</loc></url>`).join('\n');
	const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries}\n</urlset>\n`;
	return new Response(xml, { headers: { 'content-type': 'application/xml' } });
}
