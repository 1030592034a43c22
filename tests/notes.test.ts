/** The answers to the topics: their figures' states exist, both languages say as much, and every link leads somewhere. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { registry } from '#explainers/registry.ts';
import { locales } from '#kit/text/locale.ts';
import { UrlState } from '#kit/url/url-state.svelte.ts';
import { parseAnswer, type Answer } from '#notes/answer.plugin.ts';
import { localLinks } from '#notes/content.server.ts';
import { findPlanned, findTopic, topics } from '#notes/topics.ts';
import { figures } from './lib/explainers.ts';

vi.mock('$app/navigation', () => ({ pushState: () => undefined, replaceState: () => undefined, afterNavigate: () => undefined }));

const CJK = /[\u3400-\u9FFF]/;
const folder = new URL('../src/notes/answers/', import.meta.url);
const answers: readonly (readonly [string, Answer])[] = readdirSync(folder)
	.filter((name) => name.endsWith('.md'))
	.map((name) => [name.slice(0, -3), parseAnswer(readFileSync(new URL(name, folder), 'utf8'), `src/notes/answers/${name}`)]);
const count = (html: string, part: RegExp): number => html.match(part)?.length ?? 0;
const linksOf = (html: string): string[] => [...html.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href);

it('every topic that a figure serves, of those that are there, has an answer', () => {
	const there = new Set(registry.map(({ slug }) => slug));
	const served = topics.filter(({ figures: shown }) => shown.some((slug) => there.has(slug))).map(({ id }) => id);
	const known = new Set(answers.map(([id]) => id));
	expect(served.filter((id) => !known.has(id))).toEqual([]);
});

describe.each(answers)('%s', (id, answer) => {
	it('answers a topic that asks for a figure', () => {
		expect(findTopic(id)?.kind).toBe('figure');
	});

	it('names each state once, of figures that are there or planned', () => {
		const states = answer.figures.map(({ slug, query }) => `${slug}?${query}`);
		expect(new Set(states).size).toBe(states.length);
		for (const { slug } of answer.figures) expect(findPlanned(slug), slug).toBeDefined();
	});

	it('names states that open as they are written', () => {
		for (const { slug, query } of answer.figures) {
			const figure = figures.find((one) => one.slug === slug);
			// A figure that is yet to come is told as such on the page.
			if (figure === undefined) continue;
			const { explainer } = figure;
			const state = new UrlState(explainer.model.params, explainer.opening);
			state.read(`?${query}`);
			expect(state.clamped, `${slug}?${query}`).toEqual([]);
			expect(explainer.model.check?.(state.params), `${slug}?${query}`).toBeUndefined();
			if (state.step === undefined || state.step === Infinity) continue;
			const { length } = explainer.model.frames(state.params, explainer.recorded(state.params));
			expect(state.step, `${slug}?${query} has ${length} steps`).toBeLessThan(length);
		}
	});

	it('says as much in both languages, each in its own', () => {
		for (const part of ['answer', 'followUp'] as const) {
			for (const pattern of [/katex-display/g, /<a href="http/g, /<pre\b/g, /<table>/g])
				expect(count(answer.zh[part], pattern), `${part}: ${pattern.source}`).toBe(count(answer.en[part], pattern));
			expect(answer.zh[part]).toMatch(CJK);
			expect(answer.en[part].length, part).toBeGreaterThan(60);
			expect(answer.zh[part].length, part).toBeGreaterThan(30);
		}
		// English may quote a Chinese word, but is not written in it.
		expect(count(answer.en.words, new RegExp(CJK, 'g')) / answer.en.words.length).toBeLessThan(0.05);
		// The page has the headings of the first and second order.
		for (const locale of locales) expect(answer[locale].answer + answer[locale].followUp).not.toMatch(/<h[12]/);
	});

	it('has links that lead somewhere', () => {
		for (const locale of locales) {
			const html = localLinks(answer[locale].answer + answer[locale].followUp, locale);
			for (const href of [...linksOf(html), ...answer.sources.flatMap(linksOf)]) {
				const [, slug = ''] = new RegExp(`^/${locale}/(?:notes/)?([\\w-]+)(?:\\?.*)?$`).exec(href) ?? [];
				const known = /^https:\/\//.test(href) || findTopic(slug) !== undefined || registry.some((manifest) => manifest.slug === slug);
				expect(known, `${locale}: ${href}`).toBe(true);
			}
		}
	});
});

describe('links of an answer', () => {
	it.each([
		['<a href="sampling?temperature=0&amp;topK=2">', '<a href="/en/sampling?temperature=0&amp;topK=2">'],
		['<a href="/zh/sampling">', '<a href="/en/sampling">'],
		['<a href="t085">', '<a href="/en/notes/t085">'],
		['<a href="/en/notes/t085">', '<a href="/en/notes/t085">'],
		['<a href="https://arxiv.org/abs/1">', '<a href="https://arxiv.org/abs/1">'],
		['<a href="no-such-figure">', '<a href="no-such-figure">']
	])('%s', (written, given) => {
		expect(localLinks(written, 'en')).toBe(given);
	});
});
