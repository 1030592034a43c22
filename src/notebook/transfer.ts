/** Notes as files: one as Markdown, many as a zip of them. Every figure in them is an ordinary link. */
import { newNote, titleOf, type Note } from './note.ts';

export const NOTE_BYTES = 4 * 2 ** 20;
export const ZIP_BYTES = 64 * 2 ** 20;
export const ZIP_FILES = 5000;

/** Why a file was not taken. */
export type Trouble =
	| { readonly why: 'notText' | 'badZip' | 'noNotes' | 'encrypted' | 'unreadable' | 'unknownKind'; readonly file: string }
	| { readonly why: 'tooLarge'; readonly file: string; readonly bytes: number; readonly limit: number }
	| { readonly why: 'tooMany'; readonly file: string; readonly limit: number };

export interface Import {
	readonly notes: readonly Note[];
	readonly troubles: readonly Trouble[];
}

/** What a File of the browser is for us. */
export interface FileLike {
	readonly name: string;
	readonly size: number;
	arrayBuffer(): Promise<ArrayBuffer>;
}

/** Names that Windows keeps for devices. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** A file name that every system takes, without ending. */
export function fileStem(title: string): string {
	const clean = title
		.normalize('NFC')
		// eslint-disable-next-line no-control-regex -- control characters are what is taken out
		.replace(/[\\/:*?"<>|\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ' ')
		.replace(/\s+/g, ' ')
		.replace(/^[. ]+|[. ]+$/g, '');
	const short = [...clean].slice(0, 80).join('').trim();
	return short === '' ? 'note' : DEVICE.test(short) ? `${short.replace('.', ' ')} note` : short;
}

/** One file name for each note, no two alike on any system. */
export function fileNames(notes: readonly Note[]): string[] {
	const taken = new Set<string>();
	return notes.map((note) => {
		const stem = fileStem(titleOf(note));
		let name = stem;
		for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${stem} ${n}`;
		taken.add(name.toLowerCase());
		return `${name}.md`;
	});
}

/** Without workers and WebAssembly: notes are small, and browsers inflate by themselves. */
async function zipLibrary() {
	const zip = await import('@zip.js/zip.js/lib/zip-core-native.js');
	zip.configure({ useWebWorkers: false });
	return zip;
}

export async function toZip(notes: readonly Note[]): Promise<Uint8Array<ArrayBuffer>> {
	const { TextReader, Uint8ArrayWriter, ZipWriter } = await zipLibrary();
	const writer = new ZipWriter(new Uint8ArrayWriter());
	const names = fileNames(notes);
	for (const [i, note] of notes.entries()) {
		await writer.add(names[i] ?? '', new TextReader(note.text), { lastModDate: new Date(note.changedMs) });
	}
	return writer.close();
}

/** UTF-8, with or without a byte order mark; nothing when it is not. */
export function textOf(bytes: Uint8Array): string | undefined {
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return text.includes('\0') ? undefined : text.replace(/\r\n?/g, '\n');
	} catch {
		return undefined;
	}
}

const isNote = (path: string): boolean => /\.(md|markdown|mdown|txt)$/i.test(path);
const stemOf = (path: string): string => path.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '');

async function fromZip(file: string, bytes: Uint8Array, nowMs: number): Promise<Import> {
	const { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } = await zipLibrary();
	const [notes, troubles]: [Note[], Trouble[]] = [[], []];
	let whole = 0;
	try {
		const reader = new ZipReader(new Uint8ArrayReader(bytes));
		for await (const entry of reader.getEntriesGenerator()) {
			const path = entry.filename;
			// What other programs add beside the notes is no trouble.
			if (entry.directory || !isNote(path) || /(^|\/)(__MACOSX|\.[^/]*)\//.test(path)) continue;
			const name = `${file}: ${path}`;
			whole += entry.uncompressedSize;
			if (notes.length >= ZIP_FILES || whole > ZIP_BYTES) {
				const limit = notes.length >= ZIP_FILES ? ZIP_FILES : ZIP_BYTES;
				troubles.push(notes.length >= ZIP_FILES ? { why: 'tooMany', file, limit } : { why: 'tooLarge', file, bytes: whole, limit });
				break;
			}
			if (entry.encrypted) troubles.push({ why: 'encrypted', file: name });
			else if (entry.uncompressedSize > NOTE_BYTES) {
				troubles.push({ why: 'tooLarge', file: name, bytes: entry.uncompressedSize, limit: NOTE_BYTES });
			} else {
				try {
					const text = textOf(await entry.getData(new Uint8ArrayWriter(), { checkSignature: true }));
					if (text === undefined) troubles.push({ why: 'notText', file: name });
					else notes.push(newNote(nowMs, text, stemOf(path)));
				} catch {
					troubles.push({ why: 'badZip', file: name });
				}
			}
		}
	} catch {
		troubles.push({ why: 'badZip', file });
	}
	if (notes.length === 0 && troubles.length === 0) troubles.push({ why: 'noNotes', file });
	return { notes, troubles };
}

/** Reads files that the reader picked. What cannot be read is told, and the rest is taken all the same. */
export async function readFiles(files: readonly FileLike[], nowMs: number): Promise<Import> {
	const [notes, troubles]: [Note[], Trouble[]] = [[], []];
	for (const file of files) {
		const zip = /\.zip$/i.test(file.name);
		const limit = zip ? ZIP_BYTES : NOTE_BYTES;
		if (!zip && !isNote(file.name)) {
			troubles.push({ why: 'unknownKind', file: file.name });
			continue;
		}
		if (file.size > limit) {
			troubles.push({ why: 'tooLarge', file: file.name, bytes: file.size, limit });
			continue;
		}
		try {
			const bytes = new Uint8Array(await file.arrayBuffer());
			if (zip) {
				const found = await fromZip(file.name, bytes, nowMs);
				notes.push(...found.notes);
				troubles.push(...found.troubles);
			} else {
				const text = textOf(bytes);
				if (text === undefined) troubles.push({ why: 'notText', file: file.name });
				else notes.push(newNote(nowMs, text, stemOf(file.name)));
			}
		} catch {
			// The file was moved or changed since it was picked, or is on a disk that is gone.
			troubles.push({ why: 'unreadable', file: file.name });
		}
	}
	return { notes, troubles };
}
