import { describe, expect, it } from 'vitest';
import { around, isWhole, MOST_ZOOM, panned, whole, zoomed } from '#kit/figure/time-window.ts';

describe('the part of a time axis that is shown', () => {
	it('zooms about a time that stays where it is', () => {
		const window = zoomed(whole(100), 100, 20, 4);
		expect(window.to - window.from).toBeCloseTo(25, 9);
		expect((20 - window.from) / 25).toBeCloseTo(0.2, 9);
		const again = zoomed(window, 100, 20, 1 / 2);
		expect(again.to - again.from).toBeCloseTo(50, 9);
		expect((20 - again.from) / 50).toBeCloseTo(0.2, 9);
	});
	it('never leaves the axis', () => {
		expect(zoomed(whole(100), 100, 50, 0.5)).toEqual(whole(100));
		expect(panned({ from: 10, to: 30 }, 100, -50)).toEqual({ from: 0, to: 20 });
		expect(panned({ from: 10, to: 30 }, 100, 500)).toEqual({ from: 80, to: 100 });
		const corner = zoomed({ from: 80, to: 100 }, 100, 100, 1 / 4);
		expect(corner.from).toBeCloseTo(20, 9);
		expect(corner.to).toBeCloseTo(100, 9);
	});
	it('moves by time', () => {
		const { from, to } = panned({ from: 10, to: 30 }, 100, 5);
		expect(from).toBeCloseTo(15, 9);
		expect(to).toBeCloseTo(35, 9);
	});
	it('looks no closer than it may', () => {
		const { from, to } = zoomed(whole(100), 100, 50, 1e9);
		expect(100 / (to - from)).toBeCloseTo(MOST_ZOOM, 6);
	});
	it('lies around a time, and is whole where that is shorter', () => {
		expect(around(100, 20, 50)).toEqual({ from: 40, to: 60 });
		expect(around(100, 20, 3)).toEqual({ from: 0, to: 20 });
		expect(around(100, 20, 99)).toEqual({ from: 80, to: 100 });
		expect(around(100, 0, 50)).toEqual(whole(100));
		expect(isWhole(around(100, 200, 50), 100)).toBe(true);
		expect(isWhole(around(100, 20, 50), 100)).toBe(false);
	});
});
