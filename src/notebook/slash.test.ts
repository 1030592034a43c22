import { describe, expect, it } from 'vitest';
import { choices, find, linkOf, resolveFigure, slashBefore, type FigureEntry } from './slash.ts';
import { words } from './words.ts';

const figures: readonly FigureEntry[] = [
	{ slug: 'sampling', title: 'Sampling', otherTitle: '采样', views: [{ id: 'top-k', query: 'topK=5', name: 'Top-k (5)' }] },
	{ slug: 'head-sharing', title: 'Head sharing', otherTitle: '头共享', views: [] }
];

describe('the slash', () => {
	it.each([
		['/', { from: 0, text: '' }],
		['a\n/top', { from: 2, text: 'top' }],
		['word /head sh', { from: 5, text: 'head sh' }],
		['、采样', { from: 0, text: '采样' }],
		['and/or', undefined],
		['/en/sampling', undefined],
		['1 / 2', undefined],
		['https://x', undefined],
		['/a\n', undefined]
	])('%j', (text, expected) => expect(slashBefore(text, text.length)).toEqual(expected));
});

describe('the menu', () => {
	const all = choices(figures, [
		{ slug: 'sampling', query: 'temperature=1.2&prompt=a+%E4%B8%80%' },
		{ slug: 'gone', query: 'x=1' }
	]);
	const kinds = (text: string) => find(all, text).map(({ kind, slug }) => `${kind} ${slug}`);
	it('offers what was seen last, then every figure and view', () => {
		expect(kinds('')).toEqual(['seen sampling', 'figure sampling', 'view sampling', 'figure head-sharing']);
		expect(all[0]?.detail).toBe('temperature=1.2&prompt=a 一%');
	});
	it('finds by every word, in both languages', () => {
		expect(kinds('head')).toEqual(['figure head-sharing']);
		expect(kinds('采样 top')).toEqual(['view sampling']);
		expect(kinds('TOP-K')).toEqual(['view sampling']);
		expect(kinds('zzz')).toEqual([]);
	});
	it('writes links that Markdown reads as they are meant', () => {
		expect(linkOf(all[2]!, 'https://x/en/sampling?a=(1)', 'en')).toBe('[Sampling: Top-k (5)](https://x/en/sampling?a=%281%29)');
		expect(linkOf({ ...all[1]!, title: 'a [b]' }, '/x', 'zh')).toBe('[a \\[b\\]](/x)');
	});
});

it('named views have the query of their state', () => {
	expect(resolveFigure(figures, { slug: 'sampling', query: '', view: 'top-k' })?.query).toBe('topK=5');
	expect(resolveFigure(figures, { slug: 'sampling', query: 'step=1', view: 'top-k' })?.query).toBe('topK=5&step=1');
	expect(resolveFigure(figures, { slug: 'sampling', query: '', view: 'nope' })).toBeUndefined();
	expect(resolveFigure(figures, { slug: 'nope', query: '' })).toBeUndefined();
});

it('every sentence is there in both languages', () => {
	const texts = (value: unknown): string[] =>
		typeof value === 'string'
			? [value]
			: typeof value === 'function'
				? [] // sentences with numbers are looked at below
				: Object.values(value as object).flatMap(texts);
	for (const text of texts(words.zh)) expect(text).toMatch(/\p{Script=Han}/u);
	for (const text of texts(words.en)) expect(text).not.toMatch(/\p{Script=Han}/u);
	for (const why of ['notText', 'badZip', 'noNotes', 'encrypted', 'unreadable', 'unknownKind'] as const) {
		expect(words.zh.trouble({ why, file: 'a.md' })).toMatch(/a\.md.*\p{Script=Han}/u);
		expect(words.en.trouble({ why, file: 'a.md' })).toMatch(/a\.md \S/);
	}
	expect(words.en.trouble({ why: 'tooLarge', file: 'a.md', bytes: 5 * 2 ** 20, limit: 4 * 2 ** 20 })).toContain('5 MiB');
});
