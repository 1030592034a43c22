/** Where notes are kept: IndexedDB, or the memory of the tab when the browser keeps nothing. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { branch, type Note } from './note.ts';

interface Schema extends DBSchema {
	notes: { key: string; value: Note };
	/** What was not yet stored when a tab went away; see `draft`. */
	drafts: { key: string; value: Note };
}
export type Database = IDBPDatabase<Schema>;

export type PutResult = { readonly kind: 'stored'; readonly note: Note } | { readonly kind: 'conflict'; readonly stored: Note };

export interface Store {
	/** Whether notes are still there when the tab is closed. */
	readonly lasting: boolean;
	all(): Promise<Note[]>;
	get(id: string): Promise<Note | undefined>;
	/** Stores a note whose `version` names the stored one that it was made from; a newer one with another text is never overwritten. */
	put(note: Note): Promise<PutResult>;
	remove(id: string): Promise<void>;
	/** Puts a note aside without waiting for anything: the tab may be gone a moment later. */
	draft(note: Note): void;
	drafts(): Promise<Note[]>;
	forget(id: string): Promise<void>;
	close(): void;
}

/** What becomes of `note` over `stored`: nothing to do, a conflict, or a new version. */
function decide(note: Note, stored: Note | undefined): PutResult & { write?: boolean } {
	if (stored !== undefined && stored.version !== note.version) {
		return stored.text === note.text ? { kind: 'stored', note: stored } : { kind: 'conflict', stored };
	}
	// A note that was deleted meanwhile is written again: its text is not lost.
	return { kind: 'stored', note: { ...note, version: note.version + 1 }, write: true };
}

/** Throws what IndexedDB throws: it may be missing, forbidden or broken. */
export function openDatabase(name = 'llm-unrolled-notebook'): Promise<Database> {
	return openDB<Schema>(name, 1, {
		upgrade(db) {
			db.createObjectStore('notes', { keyPath: 'id' });
			db.createObjectStore('drafts', { keyPath: 'id' });
		}
	});
}

export function databaseStore(db: Database): Store {
	return {
		lasting: true,
		all: () => db.getAll('notes'),
		get: (id) => db.get('notes', id),
		async put(note) {
			// One transaction: no other tab writes between the look and the write.
			const tx = db.transaction(['notes', 'drafts'], 'readwrite');
			const result = decide(note, await tx.objectStore('notes').get(note.id));
			const writes: Promise<unknown>[] = [tx.done];
			if (result.kind === 'stored') {
				if (result.write === true) writes.push(tx.objectStore('notes').put(result.note));
				writes.push(tx.objectStore('drafts').delete(note.id));
			}
			await Promise.all(writes);
			return result.kind === 'stored' ? { kind: 'stored', note: result.note } : result;
		},
		async remove(id) {
			const tx = db.transaction(['notes', 'drafts'], 'readwrite');
			await Promise.all([tx.objectStore('notes').delete(id), tx.objectStore('drafts').delete(id), tx.done]);
		},
		draft(note) {
			try {
				const tx = db.transaction('drafts', 'readwrite');
				const nothing = (): undefined => undefined;
				tx.objectStore('drafts').put(note).catch(nothing);
				tx.done.catch(nothing);
				// Without waiting for an answer, which a closing tab would never hear.
				tx.commit();
			} catch {
				// The database is closed: the ordinary way of saving tells.
			}
		},
		drafts: () => db.getAll('drafts'),
		forget: (id) => db.delete('drafts', id),
		close: () => db.close()
	};
}

export function memoryStore(): Store {
	const notes = new Map<string, Note>();
	return {
		lasting: false,
		all: () => Promise.resolve([...notes.values()]),
		get: (id) => Promise.resolve(notes.get(id)),
		put(note) {
			const result = decide(note, notes.get(note.id));
			if (result.kind === 'stored') notes.set(note.id, result.note);
			return Promise.resolve(result.kind === 'stored' ? { kind: 'stored', note: result.note } : result);
		},
		remove: (id) => Promise.resolve(void notes.delete(id)),
		draft: () => undefined,
		drafts: () => Promise.resolve([]),
		forget: () => Promise.resolve(),
		close: () => undefined
	};
}

/** The database, or memory when it does not open: some browsers throw, some refuse, some never answer. */
export async function openStore(open: () => Promise<Database> = openDatabase, patienceMs = 5000): Promise<Store> {
	let late = false;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const tooLong = new Promise<undefined>((resolve) => {
		timer = setTimeout(() => {
			late = true;
			resolve(undefined);
		}, patienceMs);
	});
	try {
		const opening = open();
		opening.then(
			(db) => {
				if (late) db.close();
			},
			() => undefined
		);
		const db = await Promise.race([opening, tooLong]);
		return db === undefined ? memoryStore() : databaseStore(db);
	} catch {
		return memoryStore();
	} finally {
		clearTimeout(timer);
	}
}

/** Stores a note; where another tab was first, as a note of its own beside the other version. Throws what the store throws. */
export async function keep(store: Store, note: Note, nowMs: number): Promise<{ readonly note: Note; readonly other?: Note }> {
	const result = await store.put(note);
	if (result.kind === 'stored') return { note: result.note };
	const second = await store.put(branch(note, nowMs));
	await store.forget(note.id);
	return second.kind === 'stored' ? { note: second.note, other: result.stored } : { note: second.stored, other: result.stored };
}

/** Stores what tabs put aside when they were closed; answers with how many notes had to become another version beside a later one. */
export async function recover(store: Store, nowMs: number): Promise<number> {
	let apart = 0;
	for (const draft of await store.drafts()) if ((await keep(store, draft, nowMs)).other !== undefined) apart++;
	return apart;
}

/** Storage is full: the one failure that the reader can do something about. */
export function isFull(error: unknown): boolean {
	return error instanceof DOMException && /^(QuotaExceededError|NS_ERROR_DOM_QUOTA_REACHED)$/.test(error.name);
}
