import { openChannel, type Channel } from './channel.ts';
import { newNote, titleOf, type Note } from './note.ts';
import { isFull, keep, memoryStore, openStore, recover, type Store } from './store.ts';
import type { FileLike, Trouble } from './transfer.ts';

/** What the reader is told; one of each kind at a time. */
export type Notice =
	| { readonly kind: 'session' | 'full' | 'failed' | 'conflict' | 'removedElsewhere' | 'recovered' }
	/** The last one first: undoing goes back one by one. */
	| { readonly kind: 'deleted'; readonly notes: readonly [Note, ...Note[]] }
	| { readonly kind: 'imported'; readonly count: number; readonly same: number; readonly troubles: readonly Trouble[] };

/** Everything is stored this long after it was typed, also while typing goes on. */
const SAVE_MS = 400;

const titles = new WeakMap<Note, string>();
/** Notes never change, they are replaced: their titles are read once. */
export function title(note: Note): string {
	const known = titles.get(note);
	if (known !== undefined) return known;
	const read = titleOf(note);
	titles.set(note, read);
	return read;
}

/** All notes and the open one. What was typed is here first and in the store soon after; nothing leaves here before it is stored. */
export class Notebook {
	opened = $state(false);
	/** The newest first. */
	notes = $state.raw<readonly Note[]>([]);
	/** The note in the editor; one that is not in `notes` has no text yet. */
	current = $state.raw<Note>(newNote(0));
	/** Another number, another text field: undoing never reaches into another note. */
	field = $state(0);
	notices = $state.raw<readonly Notice[]>([]);
	unsaved = $state.raw<ReadonlySet<string>>(new Set());
	lasting = $state(true);
	readonly troubled = $derived(this.notices.some(({ kind }) => kind === 'full' || kind === 'failed'));
	readonly status = $derived(this.unsaved.size > 0 ? (this.troubled ? 'unsaved' : 'saving') : this.lasting ? 'saved' : 'session');
	#store: Store = memoryStore();
	#channel: Channel | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** Writes follow each other. */
	#chain: Promise<void> = Promise.resolve();
	readonly #open: () => Promise<Store>;

	constructor(open: () => Promise<Store> = openStore) {
		this.#open = open;
	}

	async start(wanted: string): Promise<void> {
		await this.#connect();
		try {
			if ((await recover(this.#store, Date.now())) > 0) this.tell({ kind: 'recovered' });
		} catch {
			// No room: what was put aside stays there, and is here to be read and exported.
			this.tell({ kind: 'full' });
		}
		this.notes = sorted(await this.#store.all().catch(() => []));
		const drafts = await this.#store.drafts().catch(() => []);
		if (drafts.length > 0) {
			this.#put(drafts);
			this.#queue(drafts.map(({ id }) => id));
		}
		this.#show(this.#find(wanted) ?? this.notes[0] ?? newNote(Date.now()));
		this.#channel = openChannel((id) => void this.#heard(id));
		this.opened = true;
	}

	async #connect(): Promise<void> {
		this.#store.close();
		this.#store = await this.#open();
		this.lasting = this.#store.lasting;
		if (this.lasting) this.dismiss('session');
		else this.tell({ kind: 'session' });
	}

	close(): void {
		this.flush();
		this.#channel?.close();
	}

	/** The reader typed. */
	write(text: string): void {
		if (text === this.current.text) return;
		const note = { ...this.current, text, changedMs: Date.now() };
		this.current = note;
		this.#put([note]);
		this.#queue([note.id]);
		this.dismiss('removedElsewhere');
	}

	select(id: string): void {
		const note = this.#find(id);
		if (note !== undefined && id !== this.current.id) this.#show(note);
	}

	create(text = ''): void {
		this.#show(newNote(Date.now()));
		if (text !== '') this.write(text);
	}

	remove(note: Note): void {
		this.notes = this.notes.filter(({ id }) => id !== note.id);
		this.unsaved = new Set([...this.unsaved].filter((id) => id !== note.id));
		if (this.current.id === note.id) this.#show(this.notes[0] ?? newNote(Date.now()));
		this.tell({ kind: 'deleted', notes: [note, ...this.#deleted()] });
		this.#chain = this.#chain.then(async () => {
			try {
				await this.#store.remove(note.id);
				this.#channel?.tell(note.id);
			} catch {
				this.tell({ kind: 'failed' });
			}
		});
		// There is room now for what found none.
		if (this.unsaved.size > 0) void this.save();
	}

	undoRemove(): void {
		const [note, next, ...rest] = this.#deleted();
		if (note === undefined) return;
		if (next === undefined) this.dismiss('deleted');
		else this.tell({ kind: 'deleted', notes: [next, ...rest] });
		this.#put([note]);
		this.#queue([note.id]);
		this.#show(note);
	}

	async importFiles(files: readonly FileLike[]): Promise<void> {
		const { readFiles } = await import('./transfer.ts');
		const { notes, troubles } = await readFiles(files, Date.now());
		const texts = new Set(this.notes.map(({ text }) => text));
		const fresh = notes.filter(({ text }) => !texts.has(text) && texts.add(text));
		this.#put(fresh);
		this.#queue(fresh.map(({ id }) => id));
		if (fresh[0] !== undefined) this.#show(fresh[0]);
		this.tell({ kind: 'imported', count: fresh.length, same: notes.length - fresh.length, troubles });
		await this.save();
	}

	/** Stores everything that is not stored yet. */
	save(): Promise<void> {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		return (this.#chain = this.#chain.then(() => this.#saveAll()));
	}

	/** After a failure that may have closed the database. */
	async saveAgain(): Promise<void> {
		if (this.notices.some(({ kind }) => kind === 'failed')) await this.#connect();
		await this.save();
	}

	/** The tab is left, perhaps for ever: first without waiting for anything, then in the ordinary way. */
	flush(): void {
		for (const note of this.#waiting()) this.#store.draft(note);
		if (this.unsaved.size > 0) void this.save();
	}

	tell(notice: Notice): void {
		this.notices = [...this.notices.filter(({ kind }) => kind !== notice.kind), notice];
	}
	dismiss(...kinds: readonly Notice['kind'][]): void {
		if (this.notices.some(({ kind }) => kinds.includes(kind))) this.notices = this.notices.filter(({ kind }) => !kinds.includes(kind));
	}

	#deleted(): readonly Note[] {
		return this.notices.flatMap((notice) => (notice.kind === 'deleted' ? notice.notes : []));
	}
	#waiting(): readonly Note[] {
		return this.notes.filter(({ id }) => this.unsaved.has(id));
	}
	#find(id: string): Note | undefined {
		return this.notes.find((note) => note.id === id);
	}
	#show(note: Note): void {
		this.current = note;
		this.field++;
	}
	/** Adds or replaces notes; `replaced` are ids that go with it. */
	#put(notes: readonly Note[], replaced: readonly string[] = []): void {
		const gone = new Set([...replaced, ...notes.map(({ id }) => id)]);
		this.notes = sorted([...this.notes.filter(({ id }) => !gone.has(id)), ...notes]);
	}
	#queue(ids: readonly string[]): void {
		this.unsaved = new Set([...this.unsaved, ...ids]);
		this.#timer ??= setTimeout(() => void this.save(), SAVE_MS);
	}

	async #saveAll(): Promise<void> {
		const written: { asked: Note; note: Note; other?: Note }[] = [];
		let trouble: unknown;
		for (const asked of this.#waiting()) {
			try {
				written.push({ asked, ...(await keep(this.#store, asked, Date.now())) });
			} catch (error) {
				trouble = error;
				break;
			}
		}
		const done = new Set(written.map(({ asked }) => asked.id));
		this.unsaved = new Set([...this.unsaved].filter((id) => !done.has(id)));
		for (const one of written) this.#settle(one);
		this.#put(
			written.flatMap(({ asked, note, other }) => {
				const latest = this.#find(asked.id);
				return [...(latest === undefined ? [] : [{ ...note, text: latest.text, changedMs: latest.changedMs }]), ...(other ? [other] : [])];
			}),
			written.flatMap(({ asked, note }) => (asked.id === note.id ? [] : [asked.id]))
		);
		for (const { note } of written) this.#channel?.tell(note.id);
		if (trouble === undefined) this.dismiss('full', 'failed');
		else this.tell({ kind: isFull(trouble) ? 'full' : 'failed' });
	}

	/** A note is stored, perhaps under a new id beside another version; the reader may have typed on, or deleted it. */
	#settle({ asked, note, other }: { asked: Note; note: Note; other?: Note }): void {
		const latest = this.#find(asked.id);
		if (latest === undefined) {
			if (note.id !== asked.id) void this.#store.remove(note.id).catch(() => undefined);
			return;
		}
		if (latest.text !== asked.text) this.#queue([note.id]);
		if (this.current.id === asked.id) this.current = { ...note, text: latest.text, changedMs: latest.changedMs };
		if (other !== undefined) this.tell({ kind: 'conflict' });
	}

	/** Another tab stored or deleted a note. */
	async #heard(id: string): Promise<void> {
		const stored = await this.#store.get(id).catch(() => this.#find(id));
		// What is typed here is compared when it is stored.
		if (this.unsaved.has(id)) return void this.save();
		if (stored === undefined) {
			if (this.current.id === id && this.current.text !== '') this.tell({ kind: 'removedElsewhere' });
			else this.notes = this.notes.filter((note) => note.id !== id);
		} else if ((this.#find(id)?.version ?? -1) < stored.version) {
			this.#put([stored]);
			if (this.current.id === id) this.current = stored;
			this.dismiss('removedElsewhere');
		}
	}
}

const sorted = (notes: readonly Note[]): readonly Note[] => [...notes].sort((a, b) => b.changedMs - a.changedMs || (a.id < b.id ? -1 : 1));
