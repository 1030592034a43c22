import { error } from '@sveltejs/kit';
import { findManifest, loadProse, registry } from '#explainers/registry.ts';
import { isLocale, locales } from '#kit/text/locale.ts';
import type { EntryGenerator, PageLoad } from './$types';

export const entries: EntryGenerator = () => registry.flatMap(({ slug }) => locales.map((lang) => ({ lang, slug })));

export const load: PageLoad = async ({ params, data }) => {
	const manifest = findManifest(params.slug);
	if (manifest === undefined || !isLocale(params.lang)) error(404);
	// Every page arrives as HTML (links reload, see app.html), so the prose is there already and no script needs to carry it again.
	const prose = import.meta.env.SSR ? await loadProse(params.slug, params.lang) : undefined;
	const { default: explainer } = await manifest.load();
	return { ...data, locale: params.lang, manifest, explainer, prose };
};
