/** When a topic comes back: FSRS with its standard weights, and the order in which the quiz asks. Times are milliseconds since 1970. */
import { createEmptyCard, fsrs, Rating, State, type Card, type Grade } from 'ts-fsrs';
import type { Locale } from '#kit/text/locale.ts';

export type { Card, Grade };
export type Cards = ReadonlyMap<string, Card>;

/** The reader's verdicts, from worst to best. */
export const GRADES: readonly Grade[] = [Rating.Again, Rating.Hard, Rating.Good, Rating.Easy];

/** A topic that is being learnt may be asked this much before its time when nothing else is due. */
export const AHEAD_MS = 20 * 60_000;

const scheduler = fsrs();

/** The card after a grade; a topic that was never asked has none yet. */
export function graded(card: Card | undefined, grade: Grade, now: number): Card {
	const at = new Date(now);
	return scheduler.next(card ?? createEmptyCard(at), at, grade).card;
}

const dueAt = (card: Card): number => card.due.getTime();
const learning = (card: Card): boolean => card.state === State.Learning || card.state === State.Relearning;

export interface Counts {
	readonly due: number;
	readonly fresh: number;
	readonly seen: number;
}

export function counts(ids: readonly string[], cards: Cards, now: number): Counts {
	const known = ids.flatMap((id) => cards.get(id) ?? []);
	return { due: known.filter((card) => dueAt(card) <= now).length, fresh: ids.length - known.length, seen: known.length };
}

/**
 * The topic to ask now: what is due, the longest waiting first; then what was never asked, in the order of `ids`; then what is being learnt
 * a little ahead of its time. With `anyway` whatever is due next.
 */
export function pick(ids: readonly string[], cards: Cards, now: number, anyway = false): string | undefined {
	const known = ids
		.flatMap((id) => {
			const card = cards.get(id);
			return card === undefined ? [] : [{ id, card }];
		})
		.sort((a, b) => dueAt(a.card) - dueAt(b.card));
	const due = known.find(({ card }) => dueAt(card) <= now);
	const fresh = ids.find((id) => !cards.has(id));
	const ahead = known.find(({ card }) => learning(card) && dueAt(card) <= now + AHEAD_MS);
	return due?.id ?? fresh ?? ahead?.id ?? (anyway ? known[0]?.id : undefined);
}

/** When the next of them is due, or nothing when none was ever asked. */
export function nextDue(ids: readonly string[], cards: Cards): number | undefined {
	const times = ids.flatMap((id) => cards.get(id) ?? []).map(dueAt);
	return times.length === 0 ? undefined : Math.min(...times);
}

const UNITS = [
	['day', 86_400_000],
	['hour', 3_600_000],
	['minute', 60_000]
] as const;

function inUnits(ms: number): readonly [number, (typeof UNITS)[number][0]] {
	const [unit, size] = UNITS.find(([, size]) => ms >= size) ?? UNITS[2];
	return [Math.max(1, Math.round(ms / size)), unit];
}

/** "10 min", "3 天". */
export function interval(ms: number, locale: Locale): string {
	const [n, unit] = inUnits(ms);
	return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(n);
}

/** "in 3 days", "3天后". */
export function from(ms: number, locale: Locale): string {
	return new Intl.RelativeTimeFormat(locale).format(...inUnits(ms));
}
