import { error } from '@sveltejs/kit';
import { registry } from '#explainers/registry.ts';
import { isLocale, locales } from '#kit/text/locale.ts';
import type { EntryGenerator, PageLoad } from './$types';

/** Nothing on this page moves: it needs no script. */
export const csr = false;
export const entries: EntryGenerator = () => locales.map((lang) => ({ lang }));

export const load: PageLoad = async ({ params }) => {
	if (!isLocale(params.lang)) error(404);
	const figures = await Promise.all(registry.map(async (manifest) => ({ manifest, explainer: (await manifest.load()).default })));
	return { locale: params.lang, figures };
};
