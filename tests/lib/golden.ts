/** Pictures as text that can be compared and read: one element a line, numbers to a tenth, nothing that only the renderer needs. */
import { render } from 'svelte/server';
import type { Component } from 'svelte';
import type { Frame } from '#kit/model.ts';
import type { Params, Schema } from '#kit/params/schema.ts';
import type { Locale } from '#kit/text/locale.ts';
import type { Figure } from './explainers.ts';

/** A tenth of a pixel is finer than any screen; further digits differ between machines. */
const round = (number: string): string => String(Math.round(Number(number) * 10) / 10 + 0);

export function tidy(svg: string): string {
	return `${svg
		.replace(/<!--[\s\S]*?-->/g, '')
		.replace(/="([^"]*)"/g, (all, value: string) => all.replace(value, value.replace(/-?\d+\.\d+(e-?\d+)?/g, round)))
		.replace(/>\s*</g, '>\n<')
		.trim()}\n`;
}

export function picture(
	{ explainer }: Figure,
	params: Params<Schema>,
	frames: readonly Frame[],
	at: { step: number; locale: Locale; width: number; k?: number }
): string {
	const { step, locale, width, k = 0 } = at;
	const height = explainer.height(width, params);
	const props = {
		params,
		frames,
		step,
		from: frames[step]!,
		to: frames[Math.min(step + 1, frames.length - 1)]!,
		k,
		width,
		height,
		text: explainer.labels[locale],
		locale
	};
	const { body } = render(explainer.View as unknown as Component<typeof props>, { props });
	return tidy(`<svg xmlns="http://www.w3.org/2000/svg" class="picture" viewBox="0 0 ${width} ${height}">${body}</svg>`);
}
