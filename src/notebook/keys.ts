/** What keys do to Markdown beyond typing; pure, so that it can be tested. */

/** Replace `from`..`to` by `insert`, then select `select` (places in the new text). */
export interface Edit {
	readonly from: number;
	readonly to: number;
	readonly insert: string;
	readonly select: readonly [number, number];
}

/** Enter at the end of a list item or quotation goes on with it; in an empty one it ends the list. */
export function continueLine(text: string, caret: number): Edit | undefined {
	const start = text.lastIndexOf('\n', caret - 1) + 1;
	const [whole = '', indent = '', mark = '', space = '', task = ''] =
		/^([ \t]*)([-*+]|\d{1,9}[.)]|>)([ \t]+)(\[[ xX]\][ \t]+)?/.exec(text.slice(start, caret)) ?? [];
	if (whole === '') return undefined;
	if (whole.length === caret - start && !/[^\n]/.test(text.slice(caret, caret + 1))) {
		return { from: start, to: caret, insert: '', select: [start, start] };
	}
	const next = /^\d/.test(mark) ? `${Number.parseInt(mark, 10) + 1}${mark.slice(-1)}` : mark;
	const insert = `\n${indent}${next}${space}${task === '' ? '' : '[ ] '}`;
	return { from: caret, to: caret, insert, select: [caret + insert.length, caret + insert.length] };
}

/** Puts marks around the selection, or takes them away. */
export function wrap(text: string, from: number, to: number, mark: string): Edit {
	const n = mark.length;
	const inner = text.slice(from, to);
	if (text.slice(from - n, from) === mark && text.slice(to, to + n) === mark) {
		return { from: from - n, to: to + n, insert: inner, select: [from - n, to - n] };
	}
	return { from, to, insert: mark + inner + mark, select: [from + n, to + n] };
}
