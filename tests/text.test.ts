/** Words: what one language says the other says too, nothing is empty, and every link of the prose leads somewhere. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { registry } from '#explainers/registry.ts';
import type { Bilingual, Locale } from '#kit/text/locale.ts';
import { locales } from '#kit/text/locale.ts';
import { messages } from '#kit/text/messages.ts';
import { renderProse, SECTIONS } from '#kit/text/prose.plugin.ts';
import { explain, messages as faults } from '#kit/runtime/messages.ts';
import { topics } from '#notes/topics.ts';
import { BROKEN_TEXT, figures, framesOf, paramsOf, statesOf } from './lib/explainers.ts';

const CJK = /[\u3400-\u9FFF]/;
const shape = (x: unknown): unknown =>
	typeof x === 'object' && x !== null ? Object.fromEntries(Object.entries(x).map(([key, value]) => [key, shape(value)])) : typeof x;
/** Every text in a tree of words, by its path; functions are not called here. */
function texts(x: unknown, path = ''): [string, string][] {
	if (typeof x === 'string') return [[path, x]];
	if (typeof x !== 'object' || x === null) return [];
	return Object.entries(x).flatMap(([key, value]) => texts(value, path === '' ? key : `${path}.${key}`));
}
const proseFile = (slug: string, locale: Locale): string =>
	new URL(`../src/explainers/${slug}/prose.${locale}.md`, import.meta.url).pathname;
const prose: Readonly<Record<string, Bilingual<Record<string, string>>>> = Object.fromEntries(
	registry.map(({ slug }) => [
		slug,
		Object.fromEntries(locales.map((l) => [l, renderProse(readFileSync(proseFile(slug, l), 'utf8'), proseFile(slug, l))])) as Bilingual<
			Record<string, string>
		>
	])
);

describe('the kit', () => {
	it('has the same words in both languages, none of them empty', () => {
		expect(shape(messages.zh)).toEqual(shape(messages.en));
		for (const locale of locales) for (const [path, text] of texts(messages[locale])) expect(text.trim(), path).not.toBe('');
	});
	it('tells every fault in both languages', () => {
		for (const code of Object.keys(faults) as (keyof typeof faults)[]) {
			for (const locale of locales) {
				for (const fault of [{ code }, { code, file: 'onnx/model.onnx' }]) {
					const { text } = explain(fault, locale);
					expect(text.length, code).toBeGreaterThan(10);
					expect(text).not.toContain('{');
					expect(CJK.test(text), code).toBe(locale === 'zh');
				}
			}
		}
	});
});

describe('manifests', () => {
	it('are each in the folder of their slug, with words in both languages', () => {
		for (const { slug, title, summary, tags } of registry) {
			expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
			expect(() => readFileSync(proseFile(slug, 'en'))).not.toThrow();
			for (const words of [title, summary]) {
				expect(words.en.trim()).not.toBe('');
				expect(words.en).not.toMatch(CJK);
				expect(words.zh).toMatch(CJK);
			}
			for (const tag of tags) expect(tag.trim()).not.toBe('');
		}
		const slugs = registry.map(({ slug }) => slug);
		expect(new Set(slugs).size).toBe(slugs.length);
	});
	it('answer topics that exist', () => {
		const ids = new Set(topics.map(({ id }) => id));
		for (const { slug, answers } of registry) for (const id of answers) expect(ids, slug).toContain(id);
	});
});

describe.each(figures)('$slug', (figure) => {
	const { slug, explainer } = figure;
	const schema = explainer.model.params;
	const states = statesOf(figure);

	it('has the same keys in both languages and no empty text', () => {
		expect(shape(explainer.labels.zh)).toEqual(shape(explainer.labels.en));
		for (const locale of locales) {
			for (const [path, text] of texts(explainer.labels[locale])) {
				// A mark of the scrub bar may be its value alone.
				if (!path.startsWith('marks.')) expect(text.trim(), `${locale}: ${path}`).not.toBe('');
			}
		}
	});

	it('speaks Chinese in Chinese and English in English', () => {
		const all = (locale: Locale): string =>
			texts(explainer.labels[locale])
				.map(([, text]) => text)
				.join(' ');
		expect(all('zh')).toMatch(CJK);
		for (const [path, text] of texts(explainer.labels.en)) expect(text, path).not.toMatch(CJK);
	});

	it('names every parameter, every view and every group of controls in both languages', () => {
		for (const locale of locales) {
			const text = explainer.labels[locale];
			for (const name of Object.keys(schema)) expect(text.params[name]?.trim(), `${locale}: parameter ${name}`).toBeTruthy();
			for (const { id } of explainer.views) expect(text.views[id]?.trim(), `${locale}: view ${id}`).toBeTruthy();
			for (const { key, params } of explainer.controls) {
				expect(text.values[key]?.trim(), `${locale}: group ${key}`).toBeTruthy();
				for (const name of params) expect(Object.keys(schema), `control ${name}`).toContain(name);
			}
		}
		const views = new Set(explainer.views.map(({ id }) => id));
		for (const id of Object.keys(explainer.labels.en.views)) expect(views, `a name for a view that is not there`).toContain(id);
	});

	it.each(states)('every caption and mark of $name is said in both languages', ({ params }) => {
		// Some states have thousands of frames: what is wrong is gathered and told once.
		const wrong = new Set<string>();
		for (const { caption, mark } of framesOf(figure, params)) {
			for (const locale of locales) {
				const text = explainer.labels[locale];
				const sentence = text.captions[caption.key]?.(caption.values) ?? '';
				if (sentence.trim() === '') wrong.add(`${locale}: no caption ${caption.key}`);
				if (BROKEN_TEXT.test(sentence)) wrong.add(`${locale}: ${sentence}`);
				if (CJK.test(sentence) !== (locale === 'zh') && !/[“「]/.test(sentence))
					wrong.add(`${locale} speaks another language: ${sentence}`);
				if (mark !== undefined && text.marks[mark.key] === undefined) wrong.add(`${locale}: no mark ${mark.key}`);
			}
		}
		expect([...wrong]).toEqual([]);
		const problem = explainer.model.check?.(params);
		if (problem !== undefined) {
			for (const locale of locales) expect(explainer.labels[locale].problems[problem.key]?.(problem.values)).toBeTruthy();
		}
	});

	it.each(states)('the table of $name has names and whole rows', ({ params }) => {
		const frames = framesOf(figure, params);
		for (const locale of locales) {
			const table = explainer.table(frames.at(-1)!, params, explainer.recorded(params), explainer.labels[locale], locale);
			expect(table.columns.length).toBeGreaterThan(0);
			expect(new Set(table.columns).size, 'columns named alike').toBe(table.columns.length);
			for (const column of table.columns) expect(column.trim()).not.toBe('');
			for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
			expect(table.foot ?? '').not.toMatch(BROKEN_TEXT);
		}
	});

	it('has the same sections and as many formulas and links in both languages', () => {
		const { en, zh } = prose[slug]!;
		const count = (html: string, part: RegExp): number => html.match(part)?.length ?? 0;
		for (const id of SECTIONS) {
			expect(en[id]?.length, `en: ${id}`).toBeGreaterThan(20);
			expect(zh[id]?.length, `zh: ${id}`).toBeGreaterThan(10);
			expect(zh[id]).toMatch(CJK);
			expect(count(zh[id]!, /katex-display/g), `display formulas in ${id}`).toBe(count(en[id]!, /katex-display/g));
			expect(count(zh[id]!, /<a href="http/g), `links in ${id}`).toBe(count(en[id]!, /<a href="http/g));
		}
		// No heading of its own would fit below those of the sections.
		for (const html of [...Object.values(en), ...Object.values(zh)]) expect(html).not.toMatch(/<h[12]/);
	});

	it('links in the prose lead to figures and states that exist', () => {
		for (const locale of locales) {
			for (const [id, html] of Object.entries(prose[slug]![locale])) {
				for (const [, href = ''] of html.matchAll(/href="([^"]*)"/g)) {
					const where = `${locale}: ${id}: ${href}`;
					if (/^https:\/\//.test(href)) continue;
					const [path = '', query = ''] = href.replaceAll('&amp;', '&').split('?');
					const target =
						path === '' || path === slug ? figure : figures.find((other) => path === other.slug || path === `/${locale}/${other.slug}`);
					expect(target, where).toBeDefined();
					const names = [...new URLSearchParams(query).keys()].filter((name) => name !== 'step');
					for (const name of names) expect(Object.keys(target!.explainer.model.params), where).toContain(name);
					expect(framesOf(target!, paramsOf(target!, query)).length, where).toBeGreaterThan(0);
				}
			}
		}
	});
});
