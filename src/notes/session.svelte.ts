import { Progress, type Keeper } from './progress.svelte.ts';
import { counts, graded, nextDue, pick, type Card, type Grade } from './schedule.ts';

/** One sitting of the quiz: which topic is asked now, and what was graded so that it can be taken back. */
export class Session {
	readonly progress: Progress;
	/** The topics that may be asked, in their order. */
	ids = $state.raw<readonly string[]>([]);
	current = $state<string | undefined>(undefined);
	started = $state(false);
	#now = $state(0);
	#graded = $state.raw<readonly { readonly id: string; readonly before: Card | undefined }[]>([]);
	/** Left out for now by the reader, until nothing else is to be asked. */
	readonly #skipped = new Set<string>();
	readonly #clock: () => number;
	readonly #counts = $derived.by(() => counts(this.ids, this.progress.cards, this.#now));
	readonly #next = $derived.by(() => nextDue(this.ids, this.progress.cards));

	constructor(ids: readonly string[], keeper: () => Keeper, clock: () => number = Date.now) {
		this.progress = new Progress(keeper);
		this.#clock = clock;
		this.ids = ids;
	}

	get counts() {
		return this.#counts;
	}
	/** Milliseconds until the next topic is due; 0 when one is. */
	get wait(): number | undefined {
		return this.#next === undefined ? undefined : Math.max(0, this.#next - this.#now);
	}
	get canUndo(): boolean {
		return this.#graded.length > 0;
	}
	get now(): number {
		return this.#now;
	}

	/** Time has passed. */
	tick(): void {
		this.#now = this.#clock();
	}
	start(): void {
		this.started = true;
		this.next();
	}
	next(anyway = false): void {
		this.tick();
		const left = this.ids.filter((id) => !this.#skipped.has(id));
		this.current = pick(left, this.progress.cards, this.#now, false) ?? this.#again(anyway);
	}
	/** Other topics; the one that is asked stays if it is among them. */
	choose(ids: readonly string[]): void {
		this.ids = ids;
		this.#skipped.clear();
		if (this.started && !ids.includes(this.current ?? '')) this.next();
	}
	/** The card as each grade would leave it. */
	after(grade: Grade): Card {
		return graded(this.progress.cards.get(this.current ?? ''), grade, this.#now);
	}
	grade(grade: Grade): void {
		if (this.current === undefined) return;
		this.tick();
		const [id, before] = [this.current, this.progress.cards.get(this.current)];
		this.progress.put(id, graded(before, grade, this.#now));
		this.#graded = [...this.#graded, { id, before }];
		this.next();
	}
	undo(): void {
		const last = this.#graded.at(-1);
		if (last === undefined) return;
		this.#graded = this.#graded.slice(0, -1);
		this.progress.put(last.id, last.before);
		this.tick();
		this.current = last.id;
	}
	skip(): void {
		if (this.current !== undefined) this.#skipped.add(this.current);
		this.next();
	}
	forget(): void {
		this.progress.forget();
		this.#graded = [];
		this.#skipped.clear();
		this.next();
	}

	#again(anyway: boolean): string | undefined {
		this.#skipped.clear();
		return pick(this.ids, this.progress.cards, this.#now, anyway);
	}
}
