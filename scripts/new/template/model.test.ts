import { describe, expect, test } from 'vitest';
import { staircase } from './layout.ts';
import { model } from './model.ts';

const totals = (n: number): number[] => model.frames({ n }).map((frame) => frame.total);

describe('frames', () => {
	test('add up column by column', () => {
		expect(totals(4)).toEqual([0, 1, 3, 6, 10]);
	});
	test('end where the formula says', () => {
		for (const n of [1, 2, 7, 100, 200]) {
			expect(totals(n).at(-1)).toBe(model.facts({ n })['total']!.value);
		}
	});
});

describe('the picture', () => {
	test('stands on its lower edge and fills its height', () => {
		const columns = staircase(5, 5, 300, 200);
		for (const { y, height } of columns) expect(y + height).toBeCloseTo(200, 9);
		expect(columns.at(-1)!.y).toBeCloseTo(0, 9);
	});
});
