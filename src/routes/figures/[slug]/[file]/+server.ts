import { error } from '@sveltejs/kit';
import { findManifest, registry } from '#explainers/registry.ts';
import { askedData } from '#kit/figure/asked.server.ts';
import { CARD_FIGURE_WIDTH, cardSvg } from '#kit/figure/card.server.ts';
import { pictureSvg } from '#kit/figure/picture.server.ts';
import { svgToPng } from '#kit/figure/raster.server.ts';
import { openQuery, stepShown } from '#kit/params/open.ts';
import { isLocale, locales } from '#kit/text/locale.ts';
import { messages } from '#kit/text/messages.ts';
import type { EntryGenerator, RequestHandler } from './$types';

export const prerender = true;

const KINDS = ['svg', 'dark.svg', 'png', 'dark.png', 'card.png'];
const FILE = new RegExp(`^(?:([\\w.-]+)\\.)?(${locales.join('|')})(?:\\.(dark)|\\.(card))?\\.(svg|png)$`);

/**
 * Addresses that stay: `<view>.<language>.svg|png`, the same with `.dark` before the ending, and the picture that a link unfurls with,
 * `<view>.<language>.card.png`, or `<language>.card.png` for the figure as it opens.
 */
export const entries: EntryGenerator = async () => {
	const all = await Promise.all(registry.map(async ({ slug, load }) => ({ slug, views: (await load()).default.views })));
	return all.flatMap(({ slug, views }) =>
		locales.flatMap((lang) => [
			{ slug, file: `${lang}.card.png` },
			...views.flatMap(({ id }) => KINDS.map((kind) => ({ slug, file: `${id}.${lang}.${kind}` })))
		])
	);
};

export const GET: RequestHandler = async ({ params }) => {
	const manifest = findManifest(params.slug);
	const [, id, locale = '', dark, card, ending] = FILE.exec(params.file) ?? [];
	if (manifest === undefined || !isLocale(locale) || (id === undefined && card === undefined)) error(404);
	const { default: explainer } = await manifest.load();
	const view = explainer.views.find((v) => v.id === id);
	if (id !== undefined && view === undefined) error(404);
	const query = view?.query ?? '';
	const { params: state, step: asked } = openQuery(explainer, query);
	const data = await askedData(params.slug, explainer, state);
	const last = explainer.model.frames(state, data).length - 1;
	const svg = pictureSvg({
		explainer,
		title: manifest.title[locale],
		params: state,
		data,
		step: stepShown(explainer, asked, last),
		width: card === undefined ? 640 : CARD_FIGURE_WIDTH,
		locale,
		theme: dark === undefined ? 'light' : 'dark'
	});
	if (ending === 'svg') return new Response(svg, { headers: { 'content-type': 'image/svg+xml' } });
	const subtitle = view === undefined ? manifest.summary[locale] : (explainer.labels[locale].views[view.id] ?? view.id);
	const png =
		card === undefined
			? await svgToPng(svg)
			: await svgToPng(cardSvg({ picture: svg, title: manifest.title[locale], subtitle, site: messages[locale].site }), 1);
	return new Response(new Uint8Array(png), { headers: { 'content-type': 'image/png' } });
};
