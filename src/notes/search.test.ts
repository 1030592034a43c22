import { beforeAll, describe, expect, it } from 'vitest';
import { locales } from '#kit/text/locale.ts';
import { searchDocuments } from './documents.server.ts';
import { createSearch, type Document, type Search } from './search.ts';
import { termsOf, wordsOf } from './tokenize.ts';
import { topics } from './topics.ts';

describe('words', () => {
	it.each([
		['KV-cache size', ['kv', 'cache', 'size']],
		['PagedAttention', ['pagedattention', 'paged', 'attention']],
		['top-p 与 min_p', ['top', 'p', '与', 'min', 'p']],
		['注意力掩码', ['注意', '意力', '力掩', '掩码']],
		['ＫＶ　缓存', ['kv', '缓存']],
		['头', ['头']],
		['Qwen3源码', ['qwen3', '源码']],
		['  ', []],
		['?!“”', []]
	])('of %s', (text, found) => {
		expect(wordsOf(text)).toEqual(found);
	});
	it('a text is also found by the last character of a run', () => {
		expect(termsOf('多头')).toEqual(['多头', '头']);
	});
});

describe.each(locales)('the search on the %s page', (locale) => {
	let documents: readonly Document[];
	let search: Search;
	beforeAll(async () => {
		documents = await searchDocuments(locale);
		search = createSearch(documents);
	});
	const ids = (query: string): string[] => search(query).hits.map(({ id }) => id);

	it('knows every topic', () => {
		expect(documents.map(({ id }) => id)).toEqual(topics.map(({ id }) => id));
	});
	it('finds every topic by its own question in either language, first of all', () => {
		for (const { id, en, zh } of topics) {
			for (const question of [en, zh]) expect(ids(question).slice(0, 1), question).toEqual([id]);
		}
	});
	it.each([
		['pagedattention', 't039'],
		['paged attention', 't039'],
		['KV 缓存', 't154'],
		['kv cache', 't154'],
		['掩码 LLaMA', 't260'],
		['气泡', 't134'],
		['bubble', 't134'],
		['温度', 't112'],
		['temperatur', 't112'],
		['tempreature', 't112'],
		['流水线', 't065'],
		['ring all-reduce', 't132'],
		['t135', 't135'],
		['张量并行', 't066']
	])('%s finds %s', (query, id) => {
		const { hits, partial } = search(query);
		expect(partial).toBe(false);
		expect(hits.slice(0, 10).map((hit) => hit.id)).toContain(id);
	});
	it('of a single character finds what has it anywhere', () => {
		const found = ids('束');
		for (const { id, zh } of topics) if (zh.includes('束')) expect(found, zh).toContain(id);
	});
	it('says when no topic has all of the words', () => {
		const { hits, partial } = search('ZeRO 波尔多葡萄酒');
		expect(partial).toBe(true);
		expect(hits.map(({ id }) => id)).toContain('t135');
	});
	it.each(['qqqqzzzz', '葡萄酒', '???', ''])('finds nothing for “%s”', (query) => {
		expect(search(query)).toEqual({ hits: [], partial: false });
	});
	it('survives anything that is typed', () => {
		for (const query of ['__proto__', 'constructor', '\\', '*', '"', '(', '\u0000', '😀', 'a'.repeat(5000), '掩'.repeat(2000)]) {
			expect(() => search(query)).not.toThrow();
		}
	});
});
