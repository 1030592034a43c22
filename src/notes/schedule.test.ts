import { describe, expect, it } from 'vitest';
import { AHEAD_MS, counts, from, graded, GRADES, interval, nextDue, pick, type Card, type Grade } from './schedule.ts';

const NOW = Date.UTC(2026, 0, 1, 12);
const DAY = 86_400_000;
const [again, hard, good, easy] = GRADES as readonly [Grade, Grade, Grade, Grade];
const wait = (card: Card, now = NOW): number => card.due.getTime() - now;
const cards = (entries: Readonly<Record<string, Card>>): ReadonlyMap<string, Card> => new Map(Object.entries(entries));

describe('a grade', () => {
	it('decides when the topic comes back: the better, the later', () => {
		const waits = GRADES.map((grade) => wait(graded(undefined, grade, NOW)));
		expect(waits).toEqual([...waits].sort((a, b) => a - b));
		expect(waits[0]).toBeGreaterThan(0);
		expect(waits[0]).toBeLessThan(AHEAD_MS);
		expect(waits[3]).toBeGreaterThan(DAY);
	});
	it('repeated well spaces a topic ever wider, and a lapse brings it back at once', () => {
		let [card, now, last] = [graded(undefined, easy, NOW), NOW, 0];
		for (let i = 0; i < 5; i++) {
			expect(wait(card, now)).toBeGreaterThan(last);
			last = wait(card, now);
			now = card.due.getTime();
			card = graded(card, good, now);
		}
		const lapsed = graded(card, again, card.due.getTime());
		expect(wait(lapsed, card.due.getTime())).toBeLessThan(AHEAD_MS);
		expect(lapsed.lapses).toBe(1);
	});
	it('is the same every time: nothing is left to chance', () => {
		expect(graded(undefined, hard, NOW)).toEqual(graded(undefined, hard, NOW));
	});
});

describe('what is asked', () => {
	const soon = graded(undefined, again, NOW);
	const late = graded(undefined, easy, NOW);
	it('is what waits longest, then what was never asked, then what is being learnt', () => {
		expect(pick(['a', 'b', 'c'], cards({}), NOW)).toBe('a');
		expect(pick(['a', 'b', 'c'], cards({ a: soon, b: late }), NOW)).toBe('c');
		expect(pick(['a', 'b', 'c'], cards({ a: soon, b: late }), NOW + 2 * 60_000)).toBe('a');
		expect(pick(['a', 'b', 'c'], cards({ a: soon, b: late }), NOW + 300 * DAY)).toBe('a');
		expect(pick(['a', 'b'], cards({ a: soon, b: late }), NOW)).toBe('a');
	});
	it('is nothing when all of it is for another day, unless the reader goes on anyway', () => {
		expect(pick(['b'], cards({ b: late }), NOW)).toBeUndefined();
		expect(pick(['b'], cards({ b: late }), NOW, true)).toBe('b');
		expect(pick([], cards({ b: late }), NOW, true)).toBeUndefined();
	});
	it('is counted over the chosen topics alone', () => {
		const known = cards({ a: soon, b: late, z: soon });
		expect(counts(['a', 'b', 'c'], known, NOW + DAY)).toEqual({ due: 1, fresh: 1, seen: 2 });
		expect(nextDue(['a', 'b', 'c'], known)).toBe(soon.due.getTime());
		expect(nextDue(['c'], known)).toBeUndefined();
	});
});

describe('times', () => {
	it.each([
		[60_000, '1 min', '1分钟', 'in 1 minute', '1分钟后'],
		[20_000, '1 min', '1分钟', 'in 1 minute', '1分钟后'],
		[3 * 3_600_000, '3 hr', '3小时', 'in 3 hours', '3小时后'],
		[8 * DAY, '8 days', '8天', 'in 8 days', '8天后']
	])('%d ms', (ms, en, zh, inEn, inZh) => {
		expect(interval(ms, 'en')).toBe(en);
		expect(interval(ms, 'zh').replace(/\s/g, '')).toBe(zh);
		expect(from(ms, 'en')).toBe(inEn);
		expect(from(ms, 'zh').replace(/\s/g, '')).toBe(inZh);
	});
});
