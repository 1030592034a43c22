import { findManifest } from '#explainers/registry.ts';
import type { PageLoad } from './$types';

/** The router has nothing to do here: the figure's script is one of its own (see bundle.server.ts). */
export const csr = false;

export const load: PageLoad = async ({ data }) => {
	const manifest = findManifest(data.slug)!;
	const { default: explainer } = await manifest.load();
	return { ...data, manifest, explainer };
};
