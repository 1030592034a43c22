/** Finds the explainers: every folder with a manifest. Adding one touches nothing else. */
import type { Manifest } from '#kit/explainer.ts';
import type { Locale } from '#kit/text/locale.ts';

const manifests = import.meta.glob<{ default: Manifest }>('./*/manifest.ts', { eager: true });
const proses = import.meta.glob<{ default: Readonly<Record<string, string>> }>('./*/prose.*.md');

/** All figures in the order of the gallery. */
export const registry: readonly Manifest[] = Object.values(manifests)
	.map((module) => module.default)
	.sort((a, b) => a.order - b.order || a.slug.localeCompare(b.slug));

export function findManifest(slug: string): Manifest | undefined {
	return registry.find((manifest) => manifest.slug === slug);
}

/** The figure that had this slug once. */
export function findMoved(slug: string): Manifest | undefined {
	return registry.find(({ was }) => was?.includes(slug));
}

/** The sections of a figure's prose as HTML, by section name. */
export async function loadProse(slug: string, locale: Locale): Promise<Readonly<Record<string, string>>> {
	const load = proses[`./${slug}/prose.${locale}.md`];
	if (load === undefined) throw new Error(`no prose for ${slug} in ${locale}`);
	return (await load()).default;
}
