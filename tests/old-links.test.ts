/**
 * Links are public: whatever stands in old-links.json opens the same state for good. Lines are added, never changed; a parameter, value or
 * slug that is renamed keeps its old name beside the new one (`renamed`, `oneOf(…, was)` in kit/params/schema.ts, `was` in a manifest).
 */
import { expect, it } from 'vitest';
import { registry } from '#explainers/registry.ts';
import { queryString, printQuery } from '#kit/params/codec.ts';
import { openingParams, openQuery, stepShown } from '#kit/params/open.ts';
import { initialParams } from '#kit/params/schema.ts';
import { figures } from './lib/explainers.ts';
import links from './old-links.json' with { type: 'json' };

interface Link {
	readonly link: string;
	readonly params: Readonly<Record<string, unknown>>;
	readonly second?: Readonly<Record<string, unknown>>;
	readonly step?: number;
}

/** The figure and query that an address stands for. */
function parts(link: string) {
	const { pathname, search } = new URL(link, 'https://example.org');
	const [, slug = '', view] = /^\/(?:embed\/)?(?:en|zh)\/([\w-]+)(?:\/([\w.-]+))?$/.exec(pathname) ?? [];
	const now = registry.find((manifest) => manifest.slug === slug || manifest.was?.includes(slug))?.slug;
	const figure = figures.find((one) => one.slug === now);
	return { figure, query: view === undefined ? search : (figure?.explainer.views.find(({ id }) => id === view)?.query ?? 'no view') };
}

it.each(links as unknown as Link[])('$link', ({ link, params, second, step }) => {
	const { figure, query } = parts(link);
	expect(figure, 'the figure').toBeDefined();
	const { explainer } = figure!;
	const opened = openQuery(explainer, query);
	expect(opened.clamped).toEqual([]);
	expect(opened.params).toMatchObject(params);
	if (second === undefined) expect(opened.second).toBeUndefined();
	else expect(opened.second).toMatchObject(second);
	const frames = explainer.model.frames(opened.params, explainer.recorded(opened.params));
	if (step !== undefined) expect(stepShown(explainer, opened.step, frames.length - 1)).toBe(step);
});

it('names every figure', () => {
	const named = new Set((links as unknown as Link[]).map(({ link }) => parts(link).figure?.slug));
	// A figure that is new has no old links; one that has been here is not forgotten.
	for (const slug of ['sampling', 'attention-masks', 'head-sharing', 'paged-attention']) expect(named).toContain(slug);
});

it.each(figures)('$slug: every named view is a link short enough to paste', ({ slug, explainer }) => {
	const initial = initialParams(explainer.model.params);
	for (const view of explainer.views) {
		const opened = openQuery(explainer, view.query);
		const query = queryString(printQuery(explainer.model.params, opened.params, initial));
		expect(`/en/${slug}?${query}`.length, view.id).toBeLessThan(400);
		// What the page prints reads back as the same state.
		const base = query === '' ? openingParams({ model: explainer.model }) : openQuery(explainer, query).params;
		expect(base, view.id).toEqual(opened.params);
	}
});
