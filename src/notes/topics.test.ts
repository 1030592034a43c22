import { describe, expect, it } from 'vitest';
import { findPlanned, findTopic, groups, lists, planned, related, themeOf, topics } from './topics.ts';
import { words } from './words.ts';

const CJK = /[\u3400-\u9FFF]/;

describe('topics', () => {
	it('have the addresses that were given out: t001 to t385, and later ones after them', () => {
		const ids = topics.map(({ id }) => id);
		expect(ids.slice(0, 385)).toEqual(Array.from({ length: 385 }, (_, i) => `t${String(i + 1).padStart(3, '0')}`));
		expect(ids).toEqual([...new Set(ids)].sort());
	});
	it('keep their subject: these ids were linked', () => {
		expect(findTopic('t039')?.en).toContain('PagedAttention');
		expect(findTopic('t043')?.en).toContain('RoPE');
		expect(findTopic('t112')?.en).toContain('temperature');
		expect(findTopic('t134')?.en).toContain('PipeDream');
		expect(findTopic('t135')?.zh).toContain('ZeRO');
		expect(findTopic('t385')?.en).toContain('GPT-3');
		expect(findTopic('t999')).toBeUndefined();
	});
	it('ask in both languages, each in its own', () => {
		for (const { id, en, zh } of topics) {
			expect(en.trim(), id).not.toBe('');
			expect(en, id).not.toMatch(CJK);
			expect(zh, id).toMatch(CJK);
		}
		expect(new Set(topics.map(({ en }) => en)).size).toBe(topics.length);
		expect(new Set(topics.map(({ zh }) => zh)).size).toBe(topics.length);
	});
	it('name figures that are there or planned, and notes name none', () => {
		for (const { id, kind, figures } of topics) {
			expect(figures.length > 0, id).toBe(kind === 'figure');
			for (const slug of figures) expect(findPlanned(slug), `${id}: ${slug}`).toBeDefined();
		}
	});
	it('stand each in a list and a theme that exist', () => {
		const known = new Set(lists.map(({ id }) => id));
		const themes = new Set(['note', ...groups.map(({ id }) => id)]);
		for (const topic of topics) {
			expect(topic.lists.length, topic.id).toBeGreaterThan(0);
			for (const list of topic.lists) expect(known, topic.id).toContain(list);
			expect(themes, topic.id).toContain(themeOf(topic));
		}
		for (const figure of planned) expect(themes, figure.id).toContain(figure.group);
	});
	it('tell nothing of the files that they were gathered from', () => {
		for (const topic of topics) expect(Object.keys(topic).sort()).toEqual(['en', 'figures', 'id', 'kind', 'lists', 'zh']);
	});
});

describe('related topics', () => {
	it('are others, share a figure, and the nearest come first', () => {
		for (const topic of topics) {
			const near = related(topic);
			expect(near.length).toBeLessThanOrEqual(6);
			expect(near).not.toContain(topic);
			for (const other of near) {
				if (topic.kind === 'figure')
					expect(
						other.figures.some((slug) => topic.figures.includes(slug)),
						topic.id
					).toBe(true);
				else expect(other.kind).toBe('note');
			}
		}
		const near = related(findTopic('t195')!);
		expect(near.every(({ figures }) => figures[0] === 'head-sharing')).toBe(true);
	});
});

it('the words of the notes have the same keys in both languages, none empty, each in its own language', () => {
	expect(Object.keys(words.zh)).toEqual(Object.keys(words.en));
	const told = (text: unknown): string => {
		const told: unknown = typeof text === 'function' ? (text as (...n: unknown[]) => unknown)(5, 3, 1) : text;
		return Array.isArray(told) ? told.join(' ') : String(told);
	};
	for (const [key, text] of Object.entries(words.en)) {
		expect(told(text).replace(/“[^”]*”/g, ''), key).not.toMatch(CJK);
		expect(told(text).trim(), key).not.toBe('');
	}
	for (const [key, text] of Object.entries(words.zh)) expect(told(text), key).toMatch(CJK);
});
