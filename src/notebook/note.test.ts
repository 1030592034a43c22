import { describe, expect, it } from 'vitest';
import { continueLine, wrap } from './keys.ts';
import { branch, newNote, titleOf } from './note.ts';

describe('a title', () => {
	it.each([
		['# One\n\n# Two', 'One'],
		['text first\n\n## 显存占用 ##\n', '显存占用'],
		['```\n# no heading\n```\n\n# Yes', 'Yes'],
		['~~~md\n# no\n```\n# no\n~~~\n# Yes', 'Yes'],
		['Under\n=====\n\ntext', 'Under'],
		['- item\n---\n\nlast', 'item'],
		['# **Bold** and `code` and [link](/en/x) _it_', 'Bold and code and link it'],
		['# snake_case_name 2 * 3 * 4', 'snake_case_name 2 * 3 * 4'],
		['\n\n  plain words\nmore', 'plain words'],
		['#hashtag', '#hashtag'],
		['# ', ''],
		['', '']
	])('of %j is %j', (text, title) => {
		expect(titleOf({ text })).toBe(title);
	});
	it('is the file’s name where there is no heading, and the heading where there is one', () => {
		expect(titleOf({ text: 'words', name: '随笔' })).toBe('随笔');
		expect(titleOf({ text: '# 标题', name: '随笔' })).toBe('标题');
	});
	it('is cut between whole characters', () => {
		const title = titleOf({ text: `# ${'😀'.repeat(200)}` });
		expect([...title]).toHaveLength(80);
		expect(title).toMatch(/^(😀)+…$/u);
	});
});

it('another version is a note of its own', () => {
	const note = { ...newNote(1, 'text', 'file'), version: 4 };
	const other = branch(note, 9);
	expect(other).toMatchObject({ text: 'text', name: 'file', branchOf: note.id, version: 0, createdMs: 1, changedMs: 9 });
	expect(other.id).not.toBe(note.id);
	expect(new Set(Array.from({ length: 1000 }, () => newNote(0).id)).size).toBe(1000);
});

describe('keys', () => {
	/** "|" is the caret, before and after. */
	const press = (marked: string): string | undefined => {
		const caret = marked.indexOf('|');
		const text = marked.replace('|', '');
		const edit = continueLine(text, caret);
		if (edit === undefined) return undefined;
		const next = text.slice(0, edit.from) + edit.insert + text.slice(edit.to);
		return `${next.slice(0, edit.select[0])}|${next.slice(edit.select[0])}`;
	};
	it.each([
		['- a|', '- a\n- |'],
		['a\n  * b|\nc', 'a\n  * b\n  * |\nc'],
		['9. nine|', '9. nine\n10. |'],
		['- [x] done|', '- [x] done\n- [ ] |'],
		['> quote|', '> quote\n> |'],
		['- a\n- |', '- a\n|'],
		['- one| two', '- one\n- | two'],
		['plain|', undefined],
		['-no|', undefined],
		['- a\n|', undefined]
	])('Enter in %j gives %j', (before, after) => {
		expect(press(before)).toBe(after);
	});
	it('bold goes on and off', () => {
		expect(wrap('a b c', 2, 3, '**')).toEqual({ from: 2, to: 3, insert: '**b**', select: [4, 5] });
		expect(wrap('a **b** c', 4, 5, '**')).toEqual({ from: 2, to: 7, insert: 'b', select: [2, 3] });
	});
});
