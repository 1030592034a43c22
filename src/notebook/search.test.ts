import { describe, expect, it } from 'vitest';
import { newNote } from './note.ts';
import { excerpt, NoteSearch, queryTerms, terms } from './search.ts';

describe('terms', () => {
	it('are words, and signs and pairs of Chinese', () => {
		expect(terms('KV cache 的显存')).toEqual(['kv', 'cache', '的', '显', '存', '的显', '显存']);
		expect(queryTerms('显存占用 KV')).toEqual(['显存', '存占', '占用', 'kv']);
		expect(queryTerms('存')).toEqual(['存']);
	});
	it('do not care for width and case', () => expect(terms('ＧＰＵ Gpu')).toEqual(['gpu', 'gpu']));
});

describe('search', () => {
	const notes = [
		newNote(1, '# 显存占用\n\n每个词元的 KV cache 字节数。'),
		newNote(2, '# Pipeline bubbles\n\nThe 1F1B schedule and its memory.'),
		newNote(3, '# 流水线气泡\n\n1F1B 调度，气泡占比与显存。'),
		newNote(4, '# Attention\n\n[figure](/en/attention-masks?kind=causal)')
	];
	const search = new NoteSearch();
	search.update(notes);
	const found = (question: string): number[] => search.find(question).map((id) => notes.findIndex((note) => note.id === id) + 1);

	it.each([
		['显存', [1, 3]],
		['显存占用', [1]],
		['气泡', [3]],
		['存', [1, 3]],
		['1f1b', [2, 3]],
		['1F1B 气泡', [3]],
		['bubb', [2]],
		['pipelin memory', [2]],
		['shedule', [2]],
		['causal', [4]],
		['存显', []],
		['nothing at all', []],
		['  ', []]
	])('%j finds %j', (question, expected) => {
		expect(found(question).sort()).toEqual(expected);
	});
	it('puts the title first', () => expect(found('显存')[0]).toBe(1));
	it('follows changes and deletions', () => {
		const [first = newNote(0), ...rest] = notes;
		search.update([{ ...first, text: '# 改名\n\n张量并行' }, ...rest.slice(1)]);
		expect(found('显存')).toEqual([3]);
		expect(found('张量')).toEqual([1]);
		expect(found('schedule')).toEqual([]);
		search.update(notes);
		expect(found('显存').sort()).toEqual([1, 3]);
	});
});

describe('an excerpt', () => {
	it('shows where it was found', () => {
		expect(excerpt('before the KV\ncache after', 'kv')).toEqual({ before: 'before the ', match: 'KV', after: ' cache after' });
		expect(excerpt('一二三显存占用四五六', '占用')?.match).toBe('占用');
		expect(excerpt('nothing', '显存')).toBeUndefined();
	});
	it('keeps its place where signs change their length', () => {
		expect(excerpt('ﬁﬁﬁ and the word', 'word')?.match).toBe('word');
	});
});
