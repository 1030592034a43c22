import { beforeEach, describe, expect, it } from 'vitest';
import { ASIDE, KEY, parseProgress, printProgress, Progress, type Keeper } from './progress.svelte.ts';
import { graded, GRADES, type Card, type Grade } from './schedule.ts';
import { Session } from './session.svelte.ts';

const NOW = Date.UTC(2026, 0, 1, 12);
const good = GRADES[2] as Grade;
const cardAt = (now: number): Card => graded(undefined, good, now);

/** Storage of a browser, whose writes can be made to fail. */
class FakeStorage implements Keeper {
	readonly kept = new Map<string, string>();
	failure: 'quota' | 'security' | undefined;
	getItem(key: string): string | null {
		if (this.failure === 'security') throw new DOMException('denied', 'SecurityError');
		return this.kept.get(key) ?? null;
	}
	setItem(key: string, text: string): void {
		if (this.failure === 'quota') throw new DOMException('full', 'QuotaExceededError');
		if (this.failure === 'security') throw new DOMException('denied', 'SecurityError');
		this.kept.set(key, text);
	}
	removeItem(key: string): void {
		if (this.failure === 'security') throw new DOMException('denied', 'SecurityError');
		this.kept.delete(key);
	}
}

let storage: FakeStorage;
const open = (): Progress => {
	const progress = new Progress(() => storage);
	progress.read();
	return progress;
};
beforeEach(() => {
	storage = new FakeStorage();
});

describe('progress', () => {
	it('is read back as it was written', () => {
		const progress = open();
		progress.put('t039', cardAt(NOW));
		expect(open().cards).toEqual(progress.cards);
		expect(parseProgress(printProgress(progress.cards))).toEqual(progress.cards);
		progress.put('t039', undefined);
		expect(open().cards.size).toBe(0);
	});
	it('of two tabs is joined: neither takes away what the other wrote', () => {
		const [one, two] = [open(), open()];
		one.put('t001', cardAt(NOW));
		two.put('t002', cardAt(NOW));
		expect([...open().cards.keys()].sort()).toEqual(['t001', 't002']);
		one.read();
		expect([...one.cards.keys()].sort()).toEqual(['t001', 't002']);
		two.forget();
		one.read();
		expect(one.cards.size).toBe(0);
	});
	it('goes on in memory when the storage is forbidden, and says so', () => {
		storage.failure = 'security';
		const progress = open();
		expect(progress.trouble).toBe('blocked');
		progress.put('t001', cardAt(NOW));
		expect(progress.cards.size).toBe(1);
		expect(progress.trouble).toBe('blocked');
		progress.forget();
		expect(progress.cards.size).toBe(0);
	});
	it('goes on when even asking for the storage throws', () => {
		const progress = new Progress(() => {
			throw new DOMException('denied', 'SecurityError');
		});
		progress.read();
		progress.put('t001', cardAt(NOW));
		expect(progress.trouble).toBe('blocked');
		expect(progress.cards.size).toBe(1);
	});
	it('goes on in memory when the storage is full, and writes everything once there is room', () => {
		const progress = open();
		progress.put('t001', cardAt(NOW));
		storage.failure = 'quota';
		progress.put('t002', cardAt(NOW));
		expect(progress.trouble).toBe('full');
		progress.read();
		expect(progress.cards.size).toBe(2);
		expect(progress.trouble).toBe('full');
		storage.failure = undefined;
		progress.put('t003', cardAt(NOW));
		expect(progress.trouble).toBeUndefined();
		expect(open().cards.size).toBe(3);
	});
	it.each(['', '{', '[]', 'null', '{"format":"other"}', '{"format":"llm-unrolled-quiz","version":1,"topics":{"t001":{"due":"never"}}}'])(
		'that cannot be read (%s) is told and put aside before it is written over',
		(text) => {
			storage.kept.set(KEY, text);
			const progress = open();
			expect(progress.trouble).toBe('damaged');
			expect(storage.kept.get(KEY)).toBe(text);
			progress.put('t001', cardAt(NOW));
			expect(progress.trouble).toBeUndefined();
			expect(storage.kept.get(ASIDE)).toBe(text);
			expect(open().cards.size).toBe(1);
		}
	);
});

describe('an imported file', () => {
	it('is joined with what is there: the later review counts', () => {
		const progress = open();
		const [early, late] = [cardAt(NOW), cardAt(NOW + 1000)];
		progress.put('t001', late);
		progress.put('t002', early);
		const file = printProgress(
			new Map([
				['t001', early],
				['t002', late],
				['t003', early]
			])
		);
		expect(progress.import(file)).toBe(3);
		expect(progress.cards).toEqual(
			new Map([
				['t001', late],
				['t002', late],
				['t003', early]
			])
		);
		expect(open().cards).toEqual(progress.cards);
	});
	it.each([
		['no JSON', 'hello'],
		['another format', '{"a":1}'],
		['a later version', '{"format":"llm-unrolled-quiz","version":2,"topics":{}}'],
		['a name that is no topic', printProgress(new Map([['__proto__x', cardAt(NOW)]]))],
		['a number that is none', printProgress(new Map([['t001', { ...cardAt(NOW), stability: Number.NaN }]]))],
		['a state that is none', printProgress(new Map([['t001', Object.assign(cardAt(NOW), { state: 7 })]]))]
	])('that is damaged (%s) changes nothing', (_, text) => {
		const progress = open();
		progress.put('t009', cardAt(NOW));
		expect(progress.import(text)).toBeUndefined();
		expect([...progress.cards.keys()]).toEqual(['t009']);
		expect(progress.trouble).toBeUndefined();
	});
});

describe('a sitting', () => {
	const sit = (now = { ms: NOW }) => {
		const session = new Session(
			['t001', 't002', 't003'],
			() => storage,
			() => now.ms
		);
		session.progress.read();
		session.start();
		return session;
	};
	it('asks in order, takes a grade and can take it back', () => {
		const session = sit();
		expect(session.current).toBe('t001');
		session.grade(good);
		expect(session.current).toBe('t002');
		expect(open().cards.has('t001')).toBe(true);
		session.undo();
		expect(session.current).toBe('t001');
		expect(open().cards.has('t001')).toBe(false);
		expect(session.canUndo).toBe(false);
	});
	it('asks what was skipped when nothing else is left', () => {
		const session = sit();
		session.skip();
		expect(session.current).toBe('t002');
		session.skip();
		session.skip();
		expect(session.current).toBe('t001');
	});
	it('comes to an end, says for how long, and goes on when the reader wants', () => {
		const session = sit();
		for (let i = 0; i < 3; i++) session.grade(GRADES[3] as Grade);
		expect(session.current).toBeUndefined();
		expect(session.counts).toEqual({ due: 0, fresh: 0, seen: 3 });
		expect(session.wait).toBeGreaterThan(86_400_000);
		session.next(true);
		expect(session.current).toBe('t001');
	});
	it('keeps the question when the theme has it, and asks another when not', () => {
		const session = sit();
		session.choose(['t002', 't001']);
		expect(session.current).toBe('t001');
		session.choose(['t003']);
		expect(session.current).toBe('t003');
		session.choose([]);
		expect(session.current).toBeUndefined();
	});
});
