/**
 * One of a thing is told in the singular, and Chinese has no English sentences left in it: captions, facts, notes and problems of states that
 * are drawn at random, where numbers are small.
 */
import { expect, it } from 'vitest';
import { randomParams } from '#kit/params/schema.ts';
import { factText } from '#kit/text/format.ts';
import { locales, type Locale } from '#kit/text/locale.ts';
import { stream } from '#maths/rng.ts';
import { ends, figures, framesOf, smaller, statesOf, type Figure } from './lib/explainers.ts';

const NOUNS = [
	...['beams', 'blocks', 'cells', 'chunks', 'copies', 'devices', 'draws', 'experts', 'GPUs', 'groups', 'heads', 'keys', 'layers', 'logits'],
	...[
		'microbatches',
		'nodes',
		'numbers',
		'positions',
		'queries',
		'ranks',
		'references',
		'requests',
		'results',
		'sequences',
		'slots',
		'stages',
		'steps',
		'times'
	],
	...['tokens', 'values']
].join('|');
/** "1 tokens", "1 token are", "1 of 4 devices compute"; not "0.1 tokens", "0–1 tokens" or "1/1 tokens". */
const SLIP = new RegExp(
	`(?<![\\d.,/–×+] ?)\\b1 (?:(?:cached|other|free|table|prompt) )?(?:(?:${NOUNS})\\b|(?!would|must|may|can|will)[a-z]+ (?:are|have|stay|go|run|compute)\\b)`
);
/** Four words in a row that are no names: capitals, digits and what stands in quotes aside. */
const ENGLISH = /(?<![“"A-Za-z])(?:[a-z]{2,}\s){3,}[a-z]{2,}/;

/** Everything that is said of some states, in both languages; the text that a model wrote is no sentence of ours. */
function said(figure: Figure): Record<Locale, readonly string[]> {
	const { explainer } = figure;
	const { model } = explainer;
	const random = stream(7);
	const drawn = Array.from({ length: 60 }, () => smaller(model.params, randomParams(model.params, random), 3));
	const all: Record<Locale, Set<string>> = { en: new Set(), zh: new Set() };
	for (const params of [...statesOf(figure).map((state) => state.params), ...drawn]) {
		const frames = framesOf(figure, params);
		const captions = ends(frames.length).map((i) => frames[i]!.caption);
		const problem = model.check?.(params);
		const facts = Object.values(model.facts(params, explainer.recorded(params), 0));
		for (const locale of locales) {
			const text = explainer.labels[locale];
			const add = (sentence = ''): unknown => all[locale].add(sentence.replace(/“[^”]*”/g, '“”'));
			for (const { key, values } of captions) add(text.captions[key]?.(values));
			if (problem !== undefined) add(text.problems[problem.key]?.(problem.values));
			for (const fact of facts) {
				add(factText(fact, locale));
				if (fact.note !== undefined) add(text.notes[fact.note.key]?.(fact.note.values));
			}
		}
	}
	return { en: [...all.en], zh: [...all.zh] };
}

it.each(figures)('$slug says one of a thing in the singular, and nothing English in Chinese', (figure) => {
	const { en, zh } = said(figure);
	expect(en.filter((sentence) => SLIP.test(sentence))).toEqual([]);
	expect(zh.filter((sentence) => ENGLISH.test(sentence))).toEqual([]);
});
