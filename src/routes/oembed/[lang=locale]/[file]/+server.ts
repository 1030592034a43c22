import { error, json } from '@sveltejs/kit';
import { findManifest, registry } from '#explainers/registry.ts';
import { openQuery } from '#kit/params/open.ts';
import { oembed } from '#kit/share/oembed.ts';
import { isLocale, locales } from '#kit/text/locale.ts';
import { messages } from '#kit/text/messages.ts';
import { cardPath, embedPath, homePath } from '#kit/url/paths.ts';
import type { EntryGenerator, RequestHandler } from './$types';

export const prerender = true;

/** Width that a frame is laid out at, and what stands around the stage in it, in CSS pixels. */
const WIDTH = 780;
const AROUND = 200;

/** `<slug>.json` and `<slug>.<view>.json`. */
export const entries: EntryGenerator = async () => {
	const all = await Promise.all(registry.map(async ({ slug, load }) => ({ slug, views: (await load()).default.views })));
	return all.flatMap(({ slug, views }) =>
		locales.flatMap((lang) => [
			{ lang, file: `${slug}.json` },
			...views.map(({ id }) => ({ lang, file: `${slug}.${id}.json` }))
		])
	);
};

export const GET: RequestHandler = async ({ params }) => {
	const [, slug = '', id] = /^([\w-]+)(?:\.([\w.-]+))?\.json$/.exec(params.file) ?? [];
	const manifest = findManifest(slug);
	if (manifest === undefined || !isLocale(params.lang)) error(404);
	const locale = params.lang;
	const { default: explainer } = await manifest.load();
	const view = explainer.views.find((v) => v.id === id);
	if (id !== undefined && view === undefined) error(404);
	const { params: state } = openQuery(explainer, view?.query ?? '');
	const title = manifest.title[locale];
	return json(
		oembed({
			title: view === undefined ? title : `${title}: ${explainer.labels[locale].views[view.id] ?? view.id}`,
			site: messages[locale].site,
			home: homePath(locale),
			embed: embedPath(locale, slug, view?.query),
			card: cardPath(slug, view?.id, locale),
			width: WIDTH,
			height: Math.ceil(explainer.height(WIDTH, state)) + AROUND
		})
	);
};
