import { describe, expect, it } from 'vitest';
import { stream } from '#maths/rng.ts';
import { float, int, MODELS_OWN, mostlySmall, optional } from './schema.ts';

const whole = optional(int(1, 64, 8, 16));

describe('a number of one’s own, or the figure’s choice', () => {
	it('starts with the choice of the figure, whatever the number started with', () => {
		expect(whole.initial).toBeNull();
		expect(whole.parse(whole.print(whole.initial))).toEqual({ value: null });
	});
	it('keeps the slider, the range and the names of the number', () => {
		const inner = { ...int(1, 64, 8, 16), was: ['n'] };
		expect(optional(inner)).toMatchObject({ kind: 'optional', min: 1, max: 64, soft: 16, step: 1, was: ['n'] });
	});
	it('says in both languages what the empty text means', () => {
		expect(whole.range).toEqual({ en: '1–64, or empty', zh: '1–64，或留空' });
		expect(optional(float(0, 2, 0, 0.5), MODELS_OWN).range).toEqual({
			en: '0–2, or empty: the model’s own',
			zh: '0–2，留空则取模型自身的值'
		});
	});
	it.each(['', ' ', '\t\n', '\u00a0', '\u3000'])('is nothing for the empty text %j, without a word', (given) => {
		expect(whole.parse(given)).toEqual({ value: null });
	});
	it.each([
		['8', 8, undefined],
		[' +3 ', 3, undefined],
		['1e1', 10, undefined],
		['0', 1, 'tooSmall'],
		['-0', 1, 'tooSmall'],
		['-Infinity', 1, 'tooSmall'],
		['65', 64, 'tooLarge'],
		['1e999', 64, 'tooLarge'],
		['2.4', 2, 'notWhole']
	])('takes %j for %d (%s), as the number does', (given, value, why) => {
		expect(whole.parse(given)).toEqual(why === undefined ? { value } : { value, why });
	});
	it.each([
		'null',
		'NaN',
		'undefined',
		'none',
		'0x10',
		'1,000',
		'５',
		'8 9',
		'\u0000',
		'__proto__',
		'<b>8</b>',
		'%38',
		'8'.repeat(9) + 'x'
	])('is nothing for %j, and that is told', (given) => {
		expect(whole.parse(given)).toEqual({ value: null, why: 'notANumber' });
	});
	it('never gives minus zero', () => {
		expect(Object.is(optional(float(-1, 1, 0, 0.1)).parse('-0').value, 0)).toBe(true);
	});
	it('reads back every value that it prints, and draws both kinds', () => {
		const random = stream(3);
		const drawn = Array.from({ length: 400 }, () => whole.random(random));
		expect(drawn.map((x) => whole.parse(whole.print(x)))).toEqual(drawn.map((value) => ({ value })));
		const left = drawn.filter((x) => x === null).length;
		expect(left).toBeGreaterThan(150);
		expect(left).toBeLessThan(250);
	});
});

describe('values that are mostly small', () => {
	it('stay in range, are whole, and reach over the orders of magnitude', () => {
		const random = stream(4);
		const drawn = Array.from({ length: 1000 }, () => mostlySmall(int(1, 1_000_000, 1)).random(random));
		expect(drawn.every((x) => Number.isInteger(x) && x >= 1 && x <= 1_000_000)).toBe(true);
		expect(drawn.filter((x) => x < 1000).length).toBeGreaterThan(200);
		expect(drawn.filter((x) => x > 100_000).length).toBeGreaterThan(200);
	});
	it('are not rounded out of a range that ends between whole numbers', () => {
		const random = stream(5);
		const drawn = Array.from({ length: 200 }, () => mostlySmall(float(0.1, 1.6, 1, 0.1)).random(random));
		expect(Math.min(...drawn)).toBe(0.1);
		expect(Math.max(...drawn)).toBe(1.6);
	});
});
