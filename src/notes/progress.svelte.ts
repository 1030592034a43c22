/** What the reader has learnt, kept in this browser. Whatever the storage does, the quiz goes on with what it has in memory. */
import type { Card, Cards } from './schedule.ts';

export const KEY = 'quiz-progress';
/** Where progress that could not be read is put aside before it is written over. */
export const ASIDE = `${KEY}-unreadable`;
const FORMAT = 'llm-unrolled-quiz';

export type Trouble = 'blocked' | 'full' | 'damaged';
export type Keeper = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const NUMBERS = ['stability', 'difficulty', 'elapsed_days', 'scheduled_days', 'learning_steps', 'reps', 'lapses'] as const;
const isRecord = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null && !Array.isArray(x);
const time = (x: unknown): Date | undefined => {
	const date = typeof x === 'string' ? new Date(x) : undefined;
	return date === undefined || Number.isNaN(date.getTime()) ? undefined : date;
};

function readCard(x: unknown): Card | undefined {
	if (!isRecord(x)) return undefined;
	const [due, last] = [time(x['due']), time(x['last_review'])];
	const numbers = NUMBERS.map((name) => x[name]);
	const sound = numbers.every((n) => typeof n === 'number' && Number.isFinite(n) && n >= 0);
	if (due === undefined || last === undefined || !sound || ![1, 2, 3].includes(x['state'] as number)) return undefined;
	const fields = Object.fromEntries(NUMBERS.map((name) => [name, x[name]])) as Record<(typeof NUMBERS)[number], number>;
	return { ...fields, due, last_review: last, state: x['state'] as Card['state'] };
}

/** Progress as text; the file that the reader exports is the same. */
export function printProgress(cards: Cards): string {
	return JSON.stringify({ format: FORMAT, version: 1, topics: Object.fromEntries(cards) });
}

/** Nothing when this is not progress of ours, or any part of it is damaged. */
export function parseProgress(text: string): Cards | undefined {
	let data: unknown;
	try {
		data = JSON.parse(text);
	} catch {
		return undefined;
	}
	if (!isRecord(data) || data['format'] !== FORMAT || data['version'] !== 1 || !isRecord(data['topics'])) return undefined;
	const cards = new Map<string, Card>();
	for (const [id, given] of Object.entries(data['topics'])) {
		const card = readCard(given);
		if (card === undefined || !/^t\d+$/.test(id)) return undefined;
		cards.set(id, card);
	}
	return cards;
}

const reviewed = (card: Card | undefined): number => card?.last_review?.getTime() ?? 0;

export class Progress {
	cards = $state.raw<Cards>(new Map());
	trouble = $state<Trouble | undefined>(undefined);
	readonly #keeper: () => Keeper;
	/** Changed here and not yet written. */
	readonly #unsaved = new Set<string>();

	/** `keeper` may throw: a browser can forbid a page its storage altogether. */
	constructor(keeper: () => Keeper) {
		this.#keeper = keeper;
	}

	/** Reads what is kept; called again when another tab has written. */
	read(): void {
		try {
			const text = this.#keeper().getItem(KEY);
			const kept = text === null ? new Map<string, Card>() : parseProgress(text);
			this.trouble = kept === undefined ? 'damaged' : this.#unsaved.size > 0 ? this.trouble : undefined;
			this.cards = this.#over(kept ?? new Map<string, Card>());
		} catch {
			this.trouble = 'blocked';
		}
	}

	/** Sets one topic, or forgets it. Of all others what another tab wrote meanwhile stays. */
	put(id: string, card: Card | undefined): void {
		this.#change(new Map([[id, card]]));
	}

	/** Takes over exported progress; of a topic that both know the later review counts. Says how many topics it holds. */
	import(text: string): number | undefined {
		const given = parseProgress(text);
		if (given === undefined) return undefined;
		this.#change(new Map([...given].filter(([id, card]) => reviewed(card) > reviewed(this.cards.get(id)))));
		return given.size;
	}

	forget(): void {
		this.cards = new Map();
		this.#unsaved.clear();
		try {
			this.#keeper().removeItem(KEY);
			this.trouble = undefined;
		} catch {
			this.trouble = 'blocked';
		}
	}

	#change(changes: ReadonlyMap<string, Card | undefined>): void {
		const cards = new Map(this.cards);
		for (const [id, card] of changes) {
			this.#unsaved.add(id);
			if (card === undefined) cards.delete(id);
			else cards.set(id, card);
		}
		this.cards = cards;
		this.#write();
	}

	/** What is kept, with what was changed here laid over it. */
	#over(kept: Cards): Cards {
		const cards = new Map(kept);
		for (const id of this.#unsaved) {
			const card = this.cards.get(id);
			if (card === undefined) cards.delete(id);
			else cards.set(id, card);
		}
		return cards;
	}

	#write(): void {
		let keeper: Keeper;
		let text: string | null;
		try {
			keeper = this.#keeper();
			text = keeper.getItem(KEY);
		} catch {
			this.trouble = 'blocked';
			return;
		}
		const kept = text === null ? new Map<string, Card>() : parseProgress(text);
		const cards = this.#over(kept ?? new Map<string, Card>());
		try {
			if (kept === undefined && text !== null) keeper.setItem(ASIDE, text);
			keeper.setItem(KEY, printProgress(cards));
		} catch (error) {
			// Some browsers say "quota" for a storage of no size at all, which is a storage that is blocked.
			this.trouble = text === null && !(error instanceof DOMException && error.name === 'QuotaExceededError') ? 'blocked' : 'full';
			return;
		}
		this.#unsaved.clear();
		this.cards = cards;
		this.trouble = undefined;
	}
}
