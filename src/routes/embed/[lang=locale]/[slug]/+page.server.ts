import { error } from '@sveltejs/kit';
import { findManifest, registry } from '#explainers/registry.ts';
import { bootstrap } from '#kit/embed/bootstrap.ts';
import { isLocale, locales } from '#kit/text/locale.ts';
import { inlineScript } from '#kit/url/inline-scripts.ts';
import { embedScriptPath } from '#kit/url/paths.ts';
import { embedScript, workerPath } from '../../bundle.server.ts';
import type { EntryGenerator, PageServerLoad } from './$types';

export const entries: EntryGenerator = () => registry.flatMap(({ slug }) => locales.map((lang) => ({ lang, slug })));

export const load: PageServerLoad = async ({ params }) => {
	if (findManifest(params.slug) === undefined || !isLocale(params.lang)) error(404);
	const { hash } = await embedScript(params.slug);
	return { boot: inlineScript(bootstrap, `${embedScriptPath(params.slug)}?${hash}`), worker: workerPath(), slug: params.slug, locale: params.lang };
};
