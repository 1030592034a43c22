import { describe, expect, it } from 'vitest';
import { stream } from '#maths/rng.ts';
import { flag, float, initialParams, int, list, oneOf, optional, order, pairs, randomParams, text, type Param } from './schema.ts';

describe('whole numbers', () => {
	const param = int(1, 64, 8);
	it.each([
		['5', 5, undefined],
		[' 7 ', 7, undefined],
		['+3', 3, undefined],
		['1e1', 10, undefined],
		['0', 1, 'tooSmall'],
		['-9', 1, 'tooSmall'],
		['65', 64, 'tooLarge'],
		['1e999', 64, 'tooLarge'],
		['Infinity', 64, 'tooLarge'],
		['-Infinity', 1, 'tooSmall'],
		['2.4', 2, 'notWhole'],
		['64.4', 64, 'tooLarge'],
		['', 8, 'notANumber'],
		['NaN', 8, 'notANumber'],
		['0x10', 8, 'notANumber'],
		['1,000', 8, 'notANumber'],
		['５', 8, 'notANumber'],
		['eight', 8, 'notANumber']
	])('%j is %d (%s)', (given, value, why) => {
		expect(param.parse(given)).toEqual(why === undefined ? { value } : { value, why });
	});

	it('never gives minus zero, which prints as 0 and would not come back', () => {
		expect(Object.is(int(-5, 5, 1).parse('-0').value, 0)).toBe(true);
		expect(Object.is(float(-5, 5, 1, 0.1).parse('-0.0').value, 0)).toBe(true);
	});

	it('rounds into its range, also at the borders', () => {
		expect(int(0, 3, 0).parse('2.5')).toEqual({ value: 3, why: 'notWhole' });
		expect(int(1, 3, 1).parse('0.9')).toEqual({ value: 1, why: 'tooSmall' });
	});
});

describe('real numbers', () => {
	it('keep every digit that was typed, whatever the slider steps by', () => {
		expect(float(0, 10, 1, 0.01).parse('0.123456789')).toEqual({ value: 0.123456789 });
	});
	it('may be left out where they are optional, and nothing else is nothing', () => {
		const param = optional(float(0, 40, 0, 0.1));
		expect(param.parse('')).toEqual({ value: null });
		expect(param.parse('  ')).toEqual({ value: null });
		expect(param.parse('41')).toEqual({ value: 40, why: 'tooLarge' });
		expect(param.parse('none')).toEqual({ value: null, why: 'notANumber' });
		expect(param.print(null)).toBe('');
	});
});

describe('names', () => {
	const param = oneOf(['gqa', 'MLA'], 'gqa');
	it('are found in any case, and spelt as the figure spells them', () => {
		expect(param.parse('mla')).toEqual({ value: 'MLA' });
		expect(param.parse(' GQA ')).toEqual({ value: 'gqa' });
	});
	it('that are unknown are told', () => {
		for (const given of ['', 'toString', '__proto__', 'gqa,MLA']) expect(param.parse(given)).toEqual({ value: 'gqa', why: 'unknownValue' });
	});
	it('yes and no have several spellings and one print', () => {
		for (const given of ['1', 'true', 'YES', 'on']) expect(flag(false).parse(given)).toEqual({ value: true });
		for (const given of ['0', 'False', 'no', 'off']) expect(flag(true).parse(given)).toEqual({ value: false });
		expect(flag(true).parse('maybe')).toEqual({ value: true, why: 'unknownValue' });
		expect([flag(true).print(true), flag(true).print(false)]).toEqual(['1', '0']);
	});
});

describe('texts', () => {
	it('are cut between characters, never inside one', () => {
		expect(text(2, '').parse('😀鲁迅')).toEqual({ value: '😀鲁', why: 'tooLong' });
		expect(text(3, '').parse('😀鲁迅')).toEqual({ value: '😀鲁迅' });
	});
	it('have no half characters, which no address can carry', () => {
		expect(text(9, '').parse('a\uD83Db\uDE00').value).toBe('a\uFFFDb\uFFFD');
	});
});

describe('lists', () => {
	const param = list({ min: 2, max: 4 }, { min: -10, max: 10 }, [1, 2]);
	it.each([
		['3,4', [3, 4], undefined],
		[' 3 , , 4,', [3, 4], undefined],
		['3,4,5,6,7', [3, 4, 5, 6], 'tooMany'],
		['3,99', [3, 10], 'tooLarge'],
		['3,-99', [3, -10], 'tooSmall'],
		['3,x,4', [3, 4], 'notANumber'],
		['3', [1, 2], 'tooFew'],
		['', [1, 2], 'tooFew'],
		['x', [1, 2], 'notANumber']
	])('%j is %j (%s)', (given, value, why) => {
		expect(param.parse(given)).toEqual(why === undefined ? { value } : { value, why });
	});
	it('of ids are whole', () => {
		expect(list({ min: 1, max: 3 }, { min: 0, max: 9, whole: true }, [0]).parse('1.6')).toEqual({ value: [2], why: 'notWhole' });
	});
	it('of pairs are sorted, each position once', () => {
		const param = pairs(3, { max: 99 }, { max: 999 });
		expect(param.parse('7:1, 2:5')).toEqual({
			value: [
				[2, 5],
				[7, 1]
			]
		});
		expect(param.parse('2:5,100:1')).toEqual({ value: [[2, 5]], why: 'tooLarge' });
		expect(param.parse('2:5,x')).toEqual({ value: [[2, 5]], why: 'notANumber' });
		expect(param.parse('1:1,2:2,3:3,4:4').why).toBe('tooMany');
		expect(param.parse('').value).toEqual([]);
	});
	it('of names are a preset or an order without repetition', () => {
		const param = order(['hf'], ['a', 'b', 'c'], 'hf');
		expect(param.parse('HF')).toEqual({ value: 'hf' });
		expect(param.parse('b, a')).toEqual({ value: 'b,a' });
		expect(param.parse('b,b,a')).toEqual({ value: 'b,a', why: 'unknownValue' });
		expect(param.parse('b,d')).toEqual({ value: 'b', why: 'unknownValue' });
		expect(param.parse('d')).toEqual({ value: 'hf', why: 'unknownValue' });
	});
});

describe('every kind', () => {
	const schema = {
		int: int(-3, 9, 2),
		float: float(-1, 2, 0.5, 0.125),
		optional: optional(float(0, 3, 0, 0.1)),
		oneOf: oneOf(['a', 'b'], 'a'),
		flag: flag(true),
		text: text(12, 'x'),
		list: list({ min: 0, max: 5 }, { min: -2, max: 2 }, []),
		pairs: pairs(4, { max: 20 }, { max: 600 }),
		order: order(['p', 'q'], ['x', 'y', 'z'], 'p')
	};
	it('reads back what it prints, for values drawn at random', () => {
		const random = stream(1);
		for (let i = 0; i < 500; i++) {
			const params = randomParams(schema, random);
			for (const [name, value] of Object.entries(params)) {
				const param = schema[name as keyof typeof schema] as Param;
				expect(param.parse(param.print(value))).toEqual({ value });
			}
		}
	});
	it('reaches both ends of its range by chance', () => {
		const random = stream(2);
		const drawn = Array.from({ length: 400 }, () => randomParams(schema, random));
		expect(new Set(drawn.map((p) => p.int)).size).toBe(13);
		for (const values of [drawn.map((p) => p.float), drawn.map((p) => p.optional ?? 0)]) {
			expect(Math.min(...values)).toBeLessThan(0.2);
			expect(Math.max(...values)).toBeGreaterThan(1.8);
		}
	});
	it('starts with what it calls initial, and that is in its own range', () => {
		for (const [name, value] of Object.entries(initialParams(schema))) {
			const param = schema[name as keyof typeof schema] as Param;
			expect(param.parse(param.print(value)).why).toBeUndefined();
		}
	});
});
