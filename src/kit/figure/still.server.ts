/** A figure's state as HTML that stands in a page before any script runs, and after. */
import type { Explainer } from '#kit/explainer.ts';
import { askedData } from '#kit/figure/asked.server.ts';
import { captionText } from '#kit/figure/describe.ts';
import { startStep } from '#kit/figure/figure-state.svelte.ts';
import { pictureMarks } from '#kit/figure/picture.server.ts';
import { shortPaths } from '#kit/figure/short-path.ts';
import type { Params, Schema } from '#kit/params/schema.ts';
import type { Locale } from '#kit/text/locale.ts';
import { messages } from '#kit/text/messages.ts';
import { UrlState } from '#kit/url/url-state.svelte.ts';

/** As in Stage.svelte: one picture for phones and one for the rest, CSS shows the right one. Widths in CSS pixels. */
const WIDTHS = [
	[340, 'narrow'],
	[780, 'wide']
] as const;

/** Characters of SVG from which a picture stands in a page once: a map of thousands of GPUs shows no more in a form for phones. */
const HEAVY = 200_000;

export interface Still {
	readonly html: string;
	readonly caption: string;
	/** From 0. */
	readonly step: number;
	readonly steps: number;
	/** Whether there are other steps to see, and a page without a language model would draw the same picture of this one. */
	readonly playable: boolean;
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** `key` keeps the ids of several stills on one page apart. */
export async function still(slug: string, explainer: Explainer, query: string, locale: Locale, key: string): Promise<Still> {
	const state = new UrlState(explainer.model.params, explainer.opening);
	state.read(query === '' ? '' : `?${query}`);
	const sides: readonly Params<Schema>[] = state.second === undefined ? [state.params] : [state.params, state.second];
	const data = await Promise.all(sides.map((params) => askedData(slug, explainer, params)));
	const runs = sides.map((params, i) => explainer.model.frames(params, data[i]));
	const steps = Math.max(...runs.map((frames) => frames.length));
	const step = Math.min(steps - 1, state.step ?? startStep(explainer, steps - 1));
	const draw = (i: number, width: number, given: unknown) =>
		pictureMarks({ explainer, params: sides[i]!, data: given, step, width, locale }, `${key}-${i}-${width}-`);
	const html = sides.map((_, i) => {
		const forms = WIDTHS.map(([width, kind]) => {
			const { marks, height, frame } = draw(i, width, data[i]);
			const title = escape(captionText(explainer, frame.caption, locale));
			return { kind, svg: `viewBox="0 0 ${width} ${height}" width="100%" role="img" aria-label="${title}">${shortPaths(marks)}</svg>` };
		});
		const heavy = forms.some(({ svg }) => svg.length > HEAVY);
		const shown = heavy ? forms.slice(-1).map(({ svg }) => ({ kind: '', svg })) : forms;
		const pictures = shown.map(({ kind, svg }) => `<svg class="picture ${kind}" ${svg}`);
		const name = sides.length > 1 ? `<p class="side-name">${messages[locale].settings('AB'[i] ?? '')}</p>` : '';
		return name + pictures.join('');
	});
	const same = (params: Params<Schema>, i: number): boolean =>
		explainer.asks?.(params) === undefined || draw(i, 780, data[i]).marks === draw(i, 780, explainer.recorded(params)).marks;
	const frame = runs[0]![Math.min(step, runs[0]!.length - 1)]!;
	return {
		html: html.join(''),
		caption: captionText(explainer, frame.caption, locale),
		step,
		steps,
		playable: steps > 1 && sides.every(same)
	};
}
