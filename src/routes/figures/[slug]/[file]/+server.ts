import { error } from '@sveltejs/kit';
import { findManifest, registry } from '#explainers/registry.ts';
import { askedData } from '#kit/figure/asked.server.ts';
import { startStep } from '#kit/figure/figure-state.svelte.ts';
import { pictureSvg } from '#kit/figure/picture.server.ts';
import { parseQuery } from '#kit/params/codec.ts';
import { initialParams } from '#kit/params/schema.ts';
import { isLocale, locales } from '#kit/text/locale.ts';
import type { EntryGenerator, RequestHandler } from './$types';

export const prerender = true;

/** `<view>.<language>.svg` and `<view>.<language>.dark.svg`, for every named view: addresses that stay. */
export const entries: EntryGenerator = async () => {
	const all = await Promise.all(registry.map(async ({ slug, load }) => ({ slug, views: (await load()).default.views })));
	return all.flatMap(({ slug, views }) =>
		views.flatMap(({ id }) => locales.flatMap((lang) => ['', '.dark'].map((theme) => ({ slug, file: `${id}.${lang}${theme}.svg` }))))
	);
};

export const GET: RequestHandler = async ({ params }) => {
	const manifest = findManifest(params.slug);
	const [, id, locale = '', dark] = /^([\w-]+)\.(\w+)(\.dark)?\.svg$/.exec(params.file) ?? [];
	if (manifest === undefined || !isLocale(locale)) error(404);
	const { default: explainer } = await manifest.load();
	const view = explainer.views.find((v) => v.id === id);
	if (view === undefined) error(404);
	const search = new URLSearchParams(view.query);
	const state = parseQuery(explainer.model.params, search, initialParams(explainer.model.params)).params;
	const data = await askedData(params.slug, explainer, state);
	const last = explainer.model.frames(state, data).length - 1;
	const asked = search.get('step');
	const step = asked === null ? startStep(explainer, last) : asked === 'last' ? last : Number(asked);
	const svg = pictureSvg({
		explainer,
		title: manifest.title[locale],
		params: state,
		data,
		step,
		width: 640,
		locale,
		theme: dark === undefined ? 'light' : 'dark'
	});
	return new Response(svg, { headers: { 'content-type': 'image/svg+xml' } });
};
