import { Uint8ArrayWriter, TextReader, Uint8ArrayReader, ZipReader, ZipWriter, configure } from '@zip.js/zip.js/lib/zip-core-native.js';
import { describe, expect, it } from 'vitest';
import { newNote } from './note.ts';
import { fileNames, fileStem, NOTE_BYTES, readFiles, textOf, toZip, ZIP_BYTES, type FileLike } from './transfer.ts';

configure({ useWebWorkers: false });
const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const file = (name: string, bytes: Uint8Array<ArrayBuffer>, size = bytes.length): FileLike => ({
	name,
	size,
	arrayBuffer: () => Promise.resolve(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
});
const zipOf = async (files: Readonly<Record<string, string>>, options = {}): Promise<Uint8Array<ArrayBuffer>> => {
	const writer = new ZipWriter(new Uint8ArrayWriter(), options);
	for (const [name, text] of Object.entries(files)) await writer.add(name, new TextReader(text));
	return writer.close();
};
const DATE = Date.UTC(2026, 4, 6, 7, 8, 10);

describe('file names', () => {
	it.each([
		['显存占用：KV cache', '显存占用：KV cache'],
		['a/b\\c:d*e?"<f>|g', 'a b c d e f g'],
		['../../etc/passwd', 'etc passwd'],
		['  . trailing. ', 'trailing'],
		['CON', 'CON note'],
		['nul.txt', 'nul txt note'],
		['', 'note'],
		['???', 'note'],
		['x\u202egnp.exe', 'x gnp.exe']
	])('of %j is %j', (title, stem) => expect(fileStem(title)).toBe(stem));
	it('are never alike, also where case does not count', () => {
		const notes = ['# Note', '# note', '# NOTE', ''].map((text) => newNote(0, text));
		expect(fileNames(notes)).toEqual(['Note.md', 'note 2.md', 'NOTE 3.md', 'note 4.md']);
	});
	it('are short', () => expect([...fileStem('词'.repeat(300))]).toHaveLength(80));
});

describe('export and import', () => {
	const texts = [
		'# 显存占用\n\n[温度](https://example.org/zh/sampling?temperature=0.8&topP=0.9)\n\n$x^2$\n',
		'# 显存占用\n\nanother of the same name',
		'no heading, just a line\n',
		'# Emoji 😀 / slash',
		''
	];
	it('come round, with Chinese names', async () => {
		const notes = texts.map((text) => ({ ...newNote(1, text), changedMs: DATE }));
		const bytes = await toZip(notes);
		const entries = await new ZipReader(new Uint8ArrayReader(bytes)).getEntries();
		expect(entries.map(({ filename }) => filename)).toEqual(fileNames(notes));
		expect(entries.map(({ filename }) => filename)).toContain('显存占用 2.md');
		const back = await readFiles([file('notebook.zip', bytes)], 9);
		expect(back.troubles).toEqual([]);
		expect(back.notes.map(({ text }) => text)).toEqual(texts);
		expect(back.notes[0]).toMatchObject({ name: '显存占用', version: 0, createdMs: 9 });
	});
	it('take single files too, with line ends and marks of Windows', async () => {
		const { notes, troubles } = await readFiles([file('a/随笔.md', utf8('\ufeff一\r\n二\r三')), file('b.TXT', utf8('x'))], 1);
		expect(troubles).toEqual([]);
		expect(notes.map(({ name, text }) => [name, text])).toEqual([
			['随笔', '一\n二\n三'],
			['b', 'x']
		]);
	});
	it('take notes from folders of a zip, and leave what other programs add', async () => {
		const bytes = await zipOf({
			'a/b/one.md': '1',
			'__MACOSX/a/._one.md': 'x',
			'.obsidian/x.md': 'x',
			'picture.png': 'x',
			'two.markdown': '2'
		});
		const { notes, troubles } = await readFiles([file('v.zip', bytes)], 1);
		expect(notes.map(({ name }) => name)).toEqual(['one', 'two']);
		expect(troubles).toEqual([]);
	});
});

describe('a damaged import is told, and the rest is taken', () => {
	const why = async (...files: FileLike[]) => {
		const { notes, troubles } = await readFiles([...files, file('good.md', utf8('good'))], 1);
		expect(notes.at(-1)?.text).toBe('good');
		return troubles.map((trouble) => trouble.why);
	};
	it('not UTF-8', async () => {
		expect(await why(file('gbk.md', new Uint8Array([0xcf, 0xd4, 0xb4, 0xe6])))).toEqual(['notText']);
		expect(await why(file('binary.md', new Uint8Array([65, 0, 66])))).toEqual(['notText']);
		expect(textOf(new Uint8Array([0xed, 0xa0, 0x80]))).toBeUndefined();
	});
	it('no zip, half a zip, a zip with one wrong bit', async () => {
		const bytes = await zipOf({ 'one.md': 'text '.repeat(40), 'two.md': 'other' });
		expect(await why(file('a.zip', utf8('not a zip at all')))).toEqual(['badZip']);
		expect(await why(file('a.zip', new Uint8Array(0)))).toEqual(['badZip']);
		expect(await why(file('a.zip', bytes.slice(0, bytes.length / 2)))).toEqual(['badZip']);
		const bad = bytes.slice();
		bad[45]! ^= 1;
		const { notes, troubles } = await readFiles([file('a.zip', bad)], 1);
		expect(troubles).toEqual([{ why: 'badZip', file: 'a.zip: one.md' }]);
		expect(notes.map(({ text }) => text)).toEqual(['other']);
	});
	it('every single wrong byte of a zip is harmless: the text is right or there is none', async () => {
		const [good, bytes] = ['# 词元\n\ntext text text', await zipOf({ 'a.md': '# 词元\n\ntext text text' })];
		for (let i = 0; i < bytes.length; i++) {
			const bad = bytes.slice();
			bad[i]! ^= 0x55;
			const { notes, troubles } = await readFiles([file('a.zip', bad)], 1);
			for (const { text } of notes) expect(text, `byte ${i}`).toBe(good);
			expect(notes.length + troubles.length, `byte ${i}`).toBeGreaterThan(0);
		}
	});
	it('enormous, empty of notes, locked, of another kind, unreadable', async () => {
		expect(await why(file('big.md', utf8('x'), NOTE_BYTES + 1))).toEqual(['tooLarge']);
		expect(await why(file('big.zip', utf8('x'), ZIP_BYTES + 1))).toEqual(['tooLarge']);
		expect(await why(file('p.zip', await zipOf({ 'a.png': 'x' })))).toEqual(['noNotes']);
		expect(await why(file('l.zip', await zipOf({ 'a.md': 'x' }, { password: 'p' })))).toEqual(['encrypted']);
		expect(await why(file('a.docx', utf8('x')))).toEqual(['unknownKind']);
		expect(await why({ name: 'gone.md', size: 1, arrayBuffer: () => Promise.reject(new Error('moved')) })).toEqual(['unreadable']);
	});
	it('a small zip of an enormous note, whether or not it says so', async () => {
		const bomb = await zipOf({ 'bomb.md': 'x'.repeat(NOTE_BYTES + 1) });
		expect(bomb.length).toBeLessThan(20_000);
		expect(await why(file('bomb.zip', bomb))).toEqual(['tooLarge']);
		// The size that the directory of the zip and the entry itself tell, made small.
		const liar = bomb.slice();
		const view = new DataView(liar.buffer, liar.byteOffset);
		for (let i = 0; i + 4 <= liar.length; i++) if (view.getUint32(i, true) === NOTE_BYTES + 1) view.setUint32(i, 10, true);
		expect(await why(file('liar.zip', liar))).toEqual(['badZip']);
	});
});
