import { error } from '@sveltejs/kit';
import { findManifest, registry } from '#explainers/registry.ts';
import { embedScript } from '../bundle.server.ts';
import type { EntryGenerator, RequestHandler } from './$types';

export const prerender = true;
export const entries: EntryGenerator = () => registry.map(({ slug }) => ({ slug }));

/** The figure of an embed as one classic script. */
export const GET: RequestHandler = async ({ params }) => {
	if (findManifest(params.slug) === undefined) error(404);
	const { code } = await embedScript(params.slug);
	return new Response(code, { headers: { 'content-type': 'text/javascript' } });
};
