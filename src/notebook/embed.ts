/** A live figure in a frame: where it stands, and how high it says it is. The only place that knows either. */
import { basePath } from '#kit/url/paths.ts';
import type { FigureAddress } from './figure-address.ts';

export function embedPath({ lang, slug, query }: FigureAddress): string {
	return `${basePath()}/embed/${lang}/${slug}${query === '' ? '' : `?${query}`}`;
}

/** Figures are between these heights in CSS pixels; anything else is no height. */
const [LOWEST, HIGHEST] = [80, 4000];

/** The height that a frame tells its host, or nothing when the message says something else. */
export function heightOf(message: unknown): number | undefined {
	if (typeof message !== 'object' || message === null) return undefined;
	const { type, height } = message as Record<string, unknown>;
	if (type !== 'llm-unrolled:height' || typeof height !== 'number' || !(height >= LOWEST)) return undefined;
	return Math.min(height, HIGHEST);
}
