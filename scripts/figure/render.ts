/** A state as a standalone SVG file or as Markdown. */
import type { Explainer, Manifest } from '#kit/explainer.ts';
import type { Description } from '#kit/figure/describe.ts';
import { pictureSvg } from '#kit/figure/picture.server.ts';
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

export function renderSvg({ explainer, params, data, description, locale, theme, manifest }: State): string {
	return pictureSvg({ explainer, title: manifest.title[locale], params, data, step: description.step, width: 780, locale, theme });
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
