/** A state of a figure as a standalone SVG file: text stays text, colours are written out, nothing refers to a page. */
import { render } from 'svelte/server';
import type { Component } from 'svelte';
import type { Explainer } from '#kit/explainer.ts';
import { captionText } from '#kit/figure/describe.ts';
import type { Params, Schema } from '#kit/params/schema.ts';
import type { Locale } from '#kit/text/locale.ts';
import sheet from '#kit/theme/figure.css?raw';
import sheetOfTokens from '#kit/theme/tokens.css?raw';

export type Theme = 'light' | 'dark';

/** The tokens of a theme by name, read from the site's own sheet. */
export function themeTokens(css: string, theme: Theme): ReadonlyMap<string, string> {
	const block = (selector: string): string => css.split(`\n${selector} {`)[1]?.split('}')[0] ?? '';
	const blocks = [`\n${css}`.split('\n:root {')[1]?.split('}')[0] ?? '', theme === 'dark' ? block(":root[data-theme='dark']") : ''];
	const tokens = new Map<string, string>();
	for (const text of blocks)
		for (const [, name = '', value = ''] of text.matchAll(/(--[\w-]+):\s*([^;]+);/g)) tokens.set(name, value.trim());
	return tokens;
}

const escape = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export interface Pictured {
	readonly explainer: Explainer;
	readonly title: string;
	readonly params: Params<Schema>;
	readonly data: unknown;
	readonly step: number;
	readonly width: number;
	readonly locale: Locale;
	readonly theme: Theme;
}

/**
 * The marks of one frame, without the <svg> around them, and the height that they need. `idPrefix` keeps ids apart where several pictures
 * stand on one page.
 */
export function pictureMarks({ explainer, params, data, step, width, locale }: Omit<Pictured, 'title' | 'theme'>, idPrefix?: string) {
	const height = explainer.height(width, params);
	const frames = explainer.model.frames(params, data);
	const frame = frames[Math.min(step, frames.length - 1)]!;
	const props = {
		params,
		frames,
		step: frames.indexOf(frame),
		from: frame,
		to: frame,
		k: 0,
		width,
		height,
		text: explainer.labels[locale],
		locale
	};
	const options = idPrefix === undefined ? { props } : { props, idPrefix };
	const { body } = render(explainer.View as unknown as Component<typeof props>, options);
	const marks = body.replace(/<!--[\s\S]*?-->/g, '').replace(/ (?:role|aria-label|aria-hidden|tabindex)="[^"]*"/g, '');
	return { marks, height, frame };
}

export function pictureSvg({ title, theme, ...pictured }: Pictured): string {
	const { explainer, width, locale } = pictured;
	const { marks: picture, height, frame } = pictureMarks(pictured);
	const tokens = themeTokens(sheetOfTokens, theme);
	const written = (text: string): string => text.replace(/var\((--[\w-]+)(?:,[^()]*)?\)/g, (all, name: string) => tokens.get(name) ?? all);
	const style = sheet
		.replace(/\/\*[\s\S]*?\*\//g, '')
		.replace(/\s+/g, ' ')
		.trim();
	return written(
		`<svg xmlns="http://www.w3.org/2000/svg" class="picture" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">` +
			`<title>${escape(`${title}: ${captionText(explainer, frame.caption, locale)}`)}</title>` +
			`<style>${style}</style><rect width="${width}" height="${height}" fill="var(--paper)"/>${picture}</svg>\n`
	);
}
