import { error } from '@sveltejs/kit';
import { findManifest, registry } from '#explainers/registry.ts';
import { askedData } from '#kit/figure/asked.server.ts';
import { captionText } from '#kit/figure/describe.ts';
import { openQuery, stepShown } from '#kit/params/open.ts';
import { isLocale, locales } from '#kit/text/locale.ts';
import { inlineScript, openState } from '#kit/url/inline-scripts.ts';
import { figurePath } from '#kit/url/paths.ts';
import type { EntryGenerator, PageServerLoad } from './$types';

/** A page of its own for each named view: a static host sends the same HTML for every query, and programs that unfurl links run no script. */
export const entries: EntryGenerator = async () => {
	const all = await Promise.all(registry.map(async ({ slug, load }) => ({ slug, views: (await load()).default.views })));
	return all.flatMap(({ slug, views }) => views.flatMap(({ id }) => locales.map((lang) => ({ lang, slug, view: id }))));
};

export const load: PageServerLoad = async ({ params }) => {
	const manifest = findManifest(params.slug);
	if (manifest === undefined || !isLocale(params.lang)) error(404);
	const { default: explainer } = await manifest.load();
	const view = explainer.views.find(({ id }) => id === params.view);
	if (view === undefined) error(404);
	const locale = params.lang;
	const state = openQuery(explainer, view.query);
	const frames = explainer.model.frames(state.params, await askedData(params.slug, explainer, state.params));
	const frame = frames[stepShown(explainer, state.step, frames.length - 1)]!;
	const target = figurePath(locale, params.slug, view.query);
	return {
		locale,
		slug: params.slug,
		view: view.id,
		title: manifest.title[locale],
		label: explainer.labels[locale].views[view.id] ?? view.id,
		caption: captionText(explainer, frame.caption, locale),
		target,
		leave: inlineScript(openState, target)
	};
};
