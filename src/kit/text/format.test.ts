import { describe, expect, it } from 'vitest';
import { bytes, decimalBytes, factText, fixed, number, percent, shortCount } from './format.ts';

describe('numbers', () => {
	it.each([
		[0, '0'],
		[7, '7'],
		[-7, '−7'],
		[0.5, '0.5'],
		[1.234567, '1.235'],
		[0.000123456, '0.0001235'],
		[12_345, '12,345'],
		[1_234_567.8, '1,234,568'],
		[9999.7, '10,000'],
		[7.5e9, '7,500,000,000'],
		[2e15, '2.00 × 10^15'],
		[Infinity, '∞'],
		[-Infinity, '−∞'],
		[NaN, '–']
	])('%d is %s', (x, expected) => {
		expect(number(x)).toBe(expected);
	});
	it('have a minus sign and no hyphen, and no minus before nothing', () => {
		expect(fixed(-1.25, 1)).toMatch(/^−/);
		expect(fixed(-0.001, 2)).toBe('0.00');
		expect(number(-1e-20)).toBe('0');
	});
	it('with fixed decimals keep them', () => {
		expect(fixed(0.5, 3)).toBe('0.500');
		expect(fixed(NaN, 3)).toBe('–');
	});
});

describe('shares', () => {
	const value = (share: number): string => percent(share).replace('\u202F%', '');
	it.each([
		[0, '0'],
		[1, '100'],
		[0.5, '50.0'],
		[0.123456, '12.3'],
		[0.0123456, '1.2'],
		[0.00123456, '0.12'],
		[0.0000123456, '0.0012'],
		[0.000001, '< 0.001'],
		[1e-300, '< 0.001'],
		[0.9994, '99.9'],
		[0.99951, '99.95'],
		[0.99999, '> 99.99'],
		[1 - 2 ** -53, '> 99.99'],
		[1.5, '150.0'],
		[-0.25, '−25.0'],
		[-1, '−100'],
		[NaN, '–']
	])('%d is %s', (share, expected) => {
		expect(value(share)).toBe(expected);
	});
	it('are 0 % or 100 % only when they are exactly so', () => {
		for (let e = -40; e < 0; e += 0.25) {
			expect(Number(value(10 ** e))).not.toBe(0);
			const almost = 1 - 10 ** e;
			if (almost < 1) expect(value(almost)).not.toMatch(/^100/);
		}
	});
	it('never fall while they rise', () => {
		let last = 0;
		for (let i = 1; i < 20_000; i++) {
			const shown = Number(value(i / 20_000).replace(/[<>] /, ''));
			expect(shown).toBeGreaterThanOrEqual(last);
			last = shown;
		}
	});
});

describe('bytes', () => {
	it('are counted in binary units', () => {
		expect([bytes(0), bytes(1023), bytes(1024), bytes(1.5 * 2 ** 20), bytes(80 * 2 ** 30), bytes(2 ** 60)]).toEqual([
			'0 B',
			'1,023 B',
			'1 KiB',
			'1.5 MiB',
			'80 GiB',
			'1,024 PiB'
		]);
	});
});

describe('facts', () => {
	it('are said in the reader’s language', () => {
		expect(factText({ value: 3, unit: 'tokens' }, 'en')).toBe('3 tokens');
		expect([1, 1.5].map((value) => factText({ value, unit: 'tokens' }, 'en'))).toEqual(['1 token', '1.5 tokens']);
		expect(factText({ value: { tp: 1, 'expert-tp': 2, 'dp-cp': 3 }, unit: 'count' }, 'en')).toBe('TP 1 · ETP 2 · DP-CP 3');
		expect(factText({ value: 3, unit: 'tokens' }, 'zh')).toBe('3 个词元');
		expect(factText({ value: 2.5, unit: 'bits' }, 'zh')).toBe('2.5 比特');
		expect(factText({ value: 0.5, unit: 'share' }, 'en')).toBe('50.0\u202F%');
		expect(factText({ value: 2048, unit: 'bytes' }, 'en')).toBe('2 KiB');
		expect([1234, 2.5e6, 7.5e9, 14_422_535_211, 999.9e9, 1e12].map((x) => shortCount(x))).toEqual([
			'1,230',
			'2.5M',
			'7.5B',
			'14.4B',
			'1T',
			'1T'
		]);
		expect(factText({ value: 7.5e9, unit: 'count', decimal: true }, 'en')).toBe('7.5B');
		expect(factText({ value: 2048, unit: 'bytes', decimal: true }, 'en')).toBe('2.048 kB');
		expect([0, 999, 1000, 16_640_625_000, 999_999e6, 1.6e13, 4e18].map((x) => decimalBytes(x))).toEqual([
			...['0 B', '999 B', '1 kB', '16.64 GB', '1 TB', '16 TB', '4,000 PB']
		]);
	});
	it('may be absent, a word, or many', () => {
		expect(factText({ value: null, unit: 'count' }, 'en')).toBe('–');
		expect(factText({ value: 'paged', unit: 'text' }, 'en')).toBe('paged');
		expect(factText({ value: [1, 2, 3], unit: 'count' }, 'en')).toBe('1 · 2 · 3');
		expect(factText({ value: [9, 9, 9, 9], unit: 'count' }, 'en')).toBe('9 · 9 · 9 · 9');
		expect(factText({ value: Array.from({ length: 64 }, () => 9), unit: 'count' }, 'en')).toBe('64 × 9');
		expect(factText({ value: Array.from({ length: 64 }, (_, i) => 64 - i), unit: 'count' }, 'en')).toBe('64 · 63 · 62 · 61 · … · 2 · 1');
	});
});
