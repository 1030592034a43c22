import type { Explainer } from '#kit/explainer.ts';
import type { FigureState } from '#kit/figure/figure-state.svelte.ts';
import { printQuery } from '#kit/params/codec.ts';
import { openQuery, stepShown } from '#kit/params/open.ts';

/** The id of the named view whose state the figure is in, step included, or undefined. */
export function viewShown(explainer: Explainer, { url, first, playhead }: FigureState): string | undefined {
	if (url.second !== undefined) return undefined;
	const last = first.frames.length - 1;
	return explainer.views.find(({ query }) => {
		const opened = openQuery(explainer, query);
		const same = opened.second === undefined && printQuery(url.schema, url.params, opened.params).length === 0;
		return same && playhead.step === stepShown(explainer, opened.step, last);
	})?.id;
}
