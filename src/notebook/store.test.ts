import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { newNote, type Note } from './note.ts';
import { databaseStore, isFull, keep, memoryStore, openDatabase, openStore, recover, type Store } from './store.ts';

let count = 0;
const fresh = async (): Promise<{ store: Store; again: () => Promise<Store> }> => {
	const name = `test-${count++}`;
	const again = async (): Promise<Store> => databaseStore(await openDatabase(name));
	return { store: await again(), again };
};
const stored = async (store: Store, note: Note): Promise<Note> => (await keep(store, note, 5)).note;

describe.each([
	['the database', async () => (await fresh()).store],
	['memory', () => Promise.resolve(memoryStore())]
])('%s', (_, open) => {
	it('keeps, counts versions, and deletes', async () => {
		const store = await open();
		const first = await stored(store, newNote(1, '# 笔记'));
		expect(first.version).toBe(1);
		const second = await stored(store, { ...first, text: '# 笔记二' });
		expect(second.version).toBe(2);
		expect(await store.get(first.id)).toEqual(second);
		expect(await store.all()).toEqual([second]);
		await store.remove(first.id);
		expect(await store.all()).toEqual([]);
	});

	it('never overwrites a version that the writer has not seen: both are kept', async () => {
		const store = await open();
		const base = await stored(store, newNote(1, 'base'));
		const theirs = await stored(store, { ...base, text: 'theirs' });
		const mine = await keep(store, { ...base, text: 'mine' }, 9);
		expect(mine.other).toEqual(theirs);
		expect(mine.note).toMatchObject({ text: 'mine', branchOf: base.id, version: 1 });
		const texts = (await store.all()).map(({ text }) => text).sort();
		expect(texts).toEqual(['mine', 'theirs']);
		// The branch goes on by itself.
		expect((await stored(store, { ...mine.note, text: 'mine, longer' })).id).toBe(mine.note.id);
		expect(await store.all()).toHaveLength(2);
	});

	it('takes the same text twice as no conflict', async () => {
		const store = await open();
		const base = await stored(store, newNote(1, 'base'));
		await stored(store, { ...base, text: 'same' });
		const again = await keep(store, { ...base, text: 'same' }, 9);
		expect(again.other).toBeUndefined();
		expect(again.note.version).toBe(2);
		expect(await store.all()).toHaveLength(1);
	});

	it('writes a note again that was deleted meanwhile', async () => {
		const store = await open();
		const base = await stored(store, newNote(1, 'base'));
		await store.remove(base.id);
		expect(await stored(store, { ...base, text: 'still writing' })).toMatchObject({ id: base.id, text: 'still writing', version: 2 });
	});
});

describe('a closed tab', () => {
	it('loses nothing: what it put aside is stored when the notebook opens again', async () => {
		const { store, again } = await fresh();
		const base = await stored(store, newNote(1, 'base'));
		store.draft({ ...base, text: 'typed at the last moment' });
		store.draft(newNote(2, 'never stored'));
		store.close();
		const next = await again();
		expect(await recover(next, 7)).toBe(0);
		expect((await next.all()).map(({ text }) => text).sort()).toEqual(['never stored', 'typed at the last moment']);
		expect(await next.drafts()).toEqual([]);
	});
	it('and another tab’s later text is not overwritten by it', async () => {
		const { store } = await fresh();
		const base = await stored(store, newNote(1, 'base'));
		store.draft({ ...base, text: 'old tab' });
		await store.drafts();
		const other = databaseStoreWithout(store);
		await other({ ...base, text: 'new tab' });
		store.draft({ ...base, text: 'old tab' });
		expect(await recover(store, 9)).toBe(1);
		expect((await store.all()).map(({ text }) => text).sort()).toEqual(['new tab', 'old tab']);
		expect(await store.drafts()).toEqual([]);
	});
	it('what was put aside is gone once it is stored', async () => {
		const { store } = await fresh();
		const note = newNote(1, 'text');
		store.draft(note);
		await keep(store, note, 2);
		expect(await store.drafts()).toEqual([]);
	});
	/** Another tab's store; in the same database. */
	const databaseStoreWithout = (store: Store) => (note: Note) => keep(store, note, 3);
});

describe('where the browser keeps nothing', () => {
	it.each([
		['it throws', () => { throw new DOMException('no', 'SecurityError'); }], // prettier-ignore
		['it refuses', () => Promise.reject(new DOMException('no', 'InvalidStateError'))],
		['it never answers', () => new Promise<never>(() => undefined)]
	])('%s: memory, and it is said', async (_, open) => {
		const store = await openStore(open, 20);
		expect(store.lasting).toBe(false);
		await stored(store, newNote(1, 'works'));
		expect(await store.all()).toHaveLength(1);
	});
	it('a full disk is told from other failures', () => {
		expect(isFull(new DOMException('full', 'QuotaExceededError'))).toBe(true);
		expect(isFull(new DOMException('other', 'InvalidStateError'))).toBe(false);
		expect(isFull(new Error('QuotaExceededError'))).toBe(false);
	});
});
