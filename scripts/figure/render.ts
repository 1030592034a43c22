/** A state as a standalone SVG file or as Markdown. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { render } from 'svelte/server';
import type { Component } from 'svelte';
import type { Explainer, Manifest } from '#kit/explainer.ts';
import { type Description } from '#kit/figure/describe.ts';
import type { Params, Schema } from '#kit/params/schema.ts';
import { factText } from '#kit/text/format.ts';
import type { Locale } from '#kit/text/locale.ts';

export interface State {
	readonly manifest: Manifest;
	readonly explainer: Explainer;
	readonly params: Params<Schema>;
	readonly data: unknown;
	readonly description: Description;
	readonly locale: Locale;
	readonly theme: 'light' | 'dark';
	readonly query: string;
}

/** The tokens of a theme by name, read from the site's own sheet. */
export function themeTokens(css: string, theme: 'light' | 'dark'): ReadonlyMap<string, string> {
	const block = (selector: string): string => css.split(selector)[1]?.split('{')[1]?.split('}')[0] ?? '';
	const tokens = new Map<string, string>();
	for (const text of [
		block(':root {').length > 0 ? block(':root {') : (css.split(':root {')[1]?.split('}')[0] ?? ''),
		theme === 'dark' ? block(":root[data-theme='dark']") : ''
	]) {
		for (const [, name = '', value = ''] of text.matchAll(/(--[\w-]+):\s*([^;]+);/g)) tokens.set(name, value.trim());
	}
	return tokens;
}

const escape = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Text stays text; colours are written out; comments and attributes that only a page needs are left out. */
export function renderSvg(state: State, root: string): string {
	const { explainer, params, data, description, locale, theme, manifest } = state;
	const width = 780;
	const height = explainer.height(width, params);
	const frames = explainer.model.frames(params, data);
	const frame = frames[description.step]!;
	const props = {
		params,
		frames,
		step: description.step,
		from: frame,
		to: frame,
		k: 0,
		width,
		height,
		text: explainer.labels[locale],
		locale
	};
	const { body } = render(explainer.View as unknown as Component<typeof props>, { props });
	const tokens = themeTokens(readFileSync(path.join(root, 'src/kit/theme/tokens.css'), 'utf8'), theme);
	const written = (text: string): string => text.replace(/var\((--[\w-]+)\)/g, (all, name: string) => tokens.get(name) ?? all);
	const sheet = readFileSync(path.join(root, 'src/kit/theme/figure.css'), 'utf8')
		.replace(/\/\*[\s\S]*?\*\//g, '')
		.replace(/\s+/g, ' ');
	const picture = body.replace(/<!--[\s\S]*?-->/g, '').replace(/ (?:role|aria-label|aria-hidden|tabindex)="[^"]*"/g, '');
	const title = `${manifest.title[locale]}: ${description.caption[locale]}`;
	return written(
		`<svg xmlns="http://www.w3.org/2000/svg" class="picture" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">` +
			`<title>${escape(title)}</title><style>${sheet.trim()}</style><rect width="${width}" height="${height}" fill="var(--paper)"/>${picture}</svg>\n`
	);
}

/** Title, caption and facts, with a link to the state: what one pastes into notes. */
export function renderMarkdown({ manifest, explainer, params, data, description, locale, query }: State): string {
	const facts = explainer.model.facts(params, data, description.step);
	const lines = Object.entries(facts).map(([id, fact]) => {
		const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
		return `| ${cell(explainer.labels[locale].facts[id] ?? id)} | ${cell(factText(fact, locale))} | ${cell(fact.source)} |`;
	});
	const head = locale === 'en' ? ['number', 'value', 'source'] : ['数字', '值', '出处'];
	return [
		`## [${manifest.title[locale]}](/${locale}/${manifest.slug}${query === '' ? '' : `?${query}`})`,
		'',
		description.caption[locale],
		'',
		`| ${head.join(' | ')} |`,
		'| --- | --- | --- |',
		...lines,
		''
	].join('\n');
}
