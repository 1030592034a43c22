/** The numbers that a reader may quote: each has a unit, a source and words in both languages, in every state that a link names. */
import { describe, expect, it } from 'vitest';
import type { Unit } from '#kit/model.ts';
import { factText } from '#kit/text/format.ts';
import { locales } from '#kit/text/locale.ts';
import { BROKEN_TEXT, ends, figures, framesOf, statesOf } from './lib/explainers.ts';

const UNITS: Readonly<Record<Unit, true>> = {
	count: true,
	share: true,
	bits: true,
	bytes: true,
	milliseconds: true,
	tokensPerSecond: true,
	ratio: true,
	tokens: true,
	perplexity: true,
	time: true,
	text: true
};

describe.each(figures)('$slug', (figure) => {
	const { explainer } = figure;

	it.each(statesOf(figure))('every fact of $name has a unit, a source and words', ({ params }) => {
		const data = explainer.recorded(params);
		const steps = ends(framesOf(figure, params).length);
		for (const step of steps) {
			const facts = Object.entries(explainer.model.facts(params, data, step));
			expect(facts.length).toBeGreaterThan(0);
			for (const [id, fact] of facts) {
				expect(id).toMatch(/^[a-z][A-Za-z0-9]*$/);
				expect(Object.keys(UNITS), id).toContain(fact.unit);
				expect(fact.source.trim().length, id).toBeGreaterThan(5);
				expect(fact.source).not.toMatch(BROKEN_TEXT);
				if (typeof fact.value === 'number') expect(fact.value, id).not.toBeNaN();
				if (typeof fact.value === 'string') expect(fact.value.trim(), id).not.toBe('');
				for (const locale of locales) {
					const text = explainer.labels[locale];
					expect(text.facts[id]?.trim(), `${id} in ${locale}`).toBeTruthy();
					expect(factText(fact, locale).trim(), `${id} in ${locale}`).toMatch(/^(?!.*\bNaN\b)[\s\S]+$/);
					if (fact.note === undefined) continue;
					const note = text.notes[fact.note.key]?.(fact.note.values);
					expect(note?.trim(), `note ${fact.note.key} in ${locale}`).toBeTruthy();
					expect(note).not.toMatch(BROKEN_TEXT);
				}
			}
		}
	});

	it('formulas belong to facts that exist', () => {
		const ids = new Set(Object.keys(explainer.labels.en.facts));
		for (const [id, html] of Object.entries(explainer.formulas)) {
			expect(ids, id).toContain(id);
			// Set when the code was built: what is not would show its source.
			expect(html, id).toContain('class="katex"');
		}
	});

	it('shares are shares and counts are counts, at the start', () => {
		const [start] = statesOf(figure);
		for (const [id, { value, unit }] of Object.entries(explainer.model.facts(start!.params, explainer.recorded(start!.params), 0))) {
			if (typeof value !== 'number') continue;
			if (unit === 'share') expect(value, id).toBeLessThanOrEqual(1);
			if (unit === 'bytes' || unit === 'tokens') expect(value, id).toBeGreaterThanOrEqual(0);
		}
	});
});
