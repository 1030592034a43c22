/** A note, and what is read from its text. */

export interface Note {
	readonly id: string;
	/** Markdown as it was written, line ends "\n". */
	readonly text: string;
	/** Name of the file that it came from, without its ending: its title when the text has no heading. */
	readonly name?: string;
	/** Id of the note whose other version this is, since two tabs wrote at once. */
	readonly branchOf?: string;
	readonly createdMs: number;
	readonly changedMs: number;
	/** How often it was stored; what is written back must be based on the version that is stored. 0 = never stored. */
	readonly version: number;
}

export function newNote(nowMs: number, text = '', name?: string): Note {
	// getRandomValues is there on plain http too, where randomUUID is not.
	const id = [...crypto.getRandomValues(new Uint8Array(9))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
	return { id, text, ...(name === undefined ? {} : { name }), createdMs: nowMs, changedMs: nowMs, version: 0 };
}

/** The same text as a note of its own, beside the stored one that it would have overwritten. */
export function branch(note: Note, nowMs: number): Note {
	return { ...newNote(nowMs, note.text, note.name), createdMs: note.createdMs, branchOf: note.id };
}

const TITLE_LENGTH = 80;
const cut = (text: string): string => ([...text].length > TITLE_LENGTH ? `${[...text].slice(0, TITLE_LENGTH - 1).join('')}…` : text);

/** Inline Markdown without its marks: links and pictures become their words. */
function plain(markdown: string): string {
	return markdown
		.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
		.replace(/(\*\*|__|~~|`)/g, '')
		.replace(/(^|\W)[*_](\S(?:.*?\S)?)[*_](?=\W|$)/g, '$1$2')
		.replace(/\\([!-/:-@[-`{-~])/g, '$1')
		.replace(/\s+/g, ' ')
		.trim();
}

/** The first heading, else the file's name, else the first line that says something; empty for an empty note. */
export function titleOf({ text, name }: Pick<Note, 'text' | 'name'>): string {
	let fence = '';
	let first = '';
	let before = '';
	// A heading far below the beginning is no title; and a very long note is not read through at every key.
	for (const line of text.slice(0, 20_000).split('\n')) {
		const [, mark = ''] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
		if (mark !== '' && (fence === '' || line.trim().startsWith(fence))) fence = fence === '' ? mark : '';
		if (fence !== '' || mark !== '') {
			before = '';
			continue;
		}
		const [, heading = ''] = /^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/.exec(line) ?? [];
		const underlined = /^ {0,3}(=+|-{2,})[ \t]*$/.test(line) ? before : '';
		const title = plain(heading === '' ? underlined : heading);
		if (title !== '') return cut(title);
		before = /^( {0,3}[->*+|#]|\s*$)/.test(line) ? '' : line;
		if (first === '') first = plain(line.replace(/^(?:[\s>*+-]|#{1,6}(?=\s|$))+/, ''));
	}
	return cut(name ?? first);
}
