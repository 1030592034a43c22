import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';

const rows = (...cells: (string | number)[]): string => toCsv({ columns: ['c'], rows: cells.map((cell) => [cell]) }).replace(/^c\r\n/, '');

describe('a table as CSV', () => {
	it('has a line for its columns and each row, ended as the standard ends them', () => {
		expect(
			toCsv({
				columns: ['token', 'p'],
				rows: [
					['a', 0.5],
					['b', 1]
				]
			})
		).toBe('token,p\r\na,0.5\r\nb,1\r\n');
	});
	it('quotes what would break a cell, and doubles quotes', () => {
		expect(rows('a,b')).toBe('"a,b"\r\n');
		expect(rows('say "hi"')).toBe('"say ""hi"""\r\n');
		expect(rows('two\nlines')).toBe('"two\nlines"\r\n');
		expect(rows('\r')).toMatch(/^"/);
	});
	it('gives no spreadsheet a formula to run', () => {
		for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '=HYPERLINK("http://example.org")']) {
			expect(rows(text).replace(/^"/, '')).toMatch(/^'/);
		}
	});
	it('leaves numbers numbers, also negative and tiny ones', () => {
		expect(rows(-1, 1e-7, 0)).toBe('-1\r\n1e-7\r\n0\r\n');
	});
});
