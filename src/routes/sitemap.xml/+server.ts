import { registry } from '#explainers/registry.ts';
import { locales } from '#kit/text/locale.ts';
import { absolute } from '#kit/url/origin.ts';
import {
	figurePath,
	galleryPath,
	homePath,
	linksPath,
	modelsPath,
	notebookPath,
	notesByListPath,
	notesPath,
	quizPath,
	topicPath
} from '#kit/url/paths.ts';
import { topics } from '#notes/topics.ts';

export const prerender = true;

/** All pages, in both languages. Addresses start at the root unless the build was told its origin (SITE_ORIGIN). */
export function GET(): Response {
	const paths = locales.flatMap((locale) => [
		homePath(locale),
		galleryPath(locale),
		notebookPath(locale),
		modelsPath(locale),
		linksPath(locale),
		...registry.map(({ slug }) => figurePath(locale, slug)),
		notesPath(locale),
		notesByListPath(locale),
		quizPath(locale),
		...topics.map(({ id }) => topicPath(locale, id))
	]);
	const entries = paths.map((path) => `\t<url><loc>${absolute(path)}</loc></url>`).join('\n');
	const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries}\n</urlset>\n`;
	return new Response(xml, { headers: { 'content-type': 'application/xml' } });
}
