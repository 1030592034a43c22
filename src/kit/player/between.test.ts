import { describe, expect, it } from 'vitest';
import { between } from './between.ts';

interface Bar {
	readonly id: string;
	readonly x: number;
	readonly h: number;
	readonly name?: string;
}
const flat = (bar: Bar): Bar => ({ ...bar, h: 0 });
const edges = { enter: flat, exit: flat };
const from: Bar[] = [
	{ id: 'stays', x: 0, h: 10, name: 'old' },
	{ id: 'goes', x: 5, h: 8 }
];
const to: Bar[] = [
	{ id: 'comes', x: 9, h: 6 },
	{ id: 'stays', x: 4, h: 20, name: 'new' }
];
const at = (k: number): Record<string, Bar> => Object.fromEntries(between(from, to, k, edges).map((bar) => [bar.id, bar]));

describe('between two lists of marks', () => {
	it('is the very list at either end, and beyond', () => {
		expect(between(from, to, 0, edges)).toBe(from);
		expect(between(from, to, 1, edges)).toBe(to);
		expect(between(from, to, -1, edges)).toBe(from);
		expect(between(from, to, 2, edges)).toBe(to);
	});
	it('moves what stays, grows what comes, shrinks what goes', () => {
		const half = at(0.5);
		expect(half['stays']).toMatchObject({ x: 2, h: 15, name: 'new' });
		expect(half['comes']).toMatchObject({ x: 9, h: 3 });
		expect(half['goes']).toMatchObject({ x: 5, h: 4 });
	});
	it('meets both ends without a jump', () => {
		expect(at(1e-9)['goes']!.h).toBeCloseTo(8, 6);
		expect(at(1e-9)['comes']!.h).toBeCloseTo(0, 6);
		expect(at(1 - 1e-9)['goes']!.h).toBeCloseTo(0, 6);
		expect(at(1 - 1e-9)['stays']!.h).toBeCloseTo(20, 6);
	});
	it('backwards is forwards read from the other side', () => {
		for (const k of [0.2, 0.5, 0.9]) {
			const forth = between(from, to, k, edges).map(({ id, x, h }) => ({ id, x, h }));
			const back = between(to, from, 1 - k, edges).map(({ id, x, h }) => ({ id, x, h }));
			for (const mark of forth) {
				const twin = back.find(({ id }) => id === mark.id)!;
				expect(twin.x).toBeCloseTo(mark.x, 12);
				expect(twin.h).toBeCloseTo(mark.h, 12);
			}
		}
	});
	it('changes neither list', () => {
		const copies = [structuredClone(from), structuredClone(to)];
		between(from, to, 0.3, edges);
		expect([from, to]).toEqual(copies);
	});
});
