import { describe, expect, it } from 'vitest';
import { shortPath, shortPaths } from './short-path.ts';

describe('a path in fewer letters', () => {
	it.each([
		['M32.0 814.0L32.9 814.0L32.9 813.8L40.0 800.0Z', 'M32 814h0.9v-0.2l7.1 -13.8Z'],
		['M0,0L10,0L10,-5.50', 'M0 0h10v-5.5'],
		['M1 1L2 1M3 1L3 1', 'M1 1h1M3 1v0'],
		['M1 1H5V7L5 7Z', 'M1 1h4v6v0Z'],
		['M1 1 2 2', 'M1 1 2 2'],
		['M0 0C1 1 2 2 3 3', 'M0 0C1 1 2 2 3 3'],
		['M0 0L1 0ZL5 0', 'M0 0L1 0ZL5 0'],
		['', '']
	])('%s', (long, short) => {
		expect(shortPath(long)).toBe(short);
	});
	it('goes through the same points, however many, to a thousandth of a pixel', () => {
		const points = Array.from({ length: 3000 }, (_, i) => [i / 3, Math.sin(i) * 100] as const);
		const short = shortPath(`M${points.map(([x, y]) => `${x} ${y}`).join('L')}`);
		let [x, y] = [0, 0];
		const walked = [...short.matchAll(/([Mlhv])([-\d. ]+)/g)].map(([, command, text = '']) => {
			const [a = 0, b = 0] = text.split(' ').map(Number);
			x += command === 'v' ? 0 : a;
			y += command === 'v' ? a : b;
			return [x, y] as const;
		});
		expect(walked).toHaveLength(points.length);
		walked.forEach(([x, y], i) => {
			expect(Math.abs(x - points[i]![0])).toBeLessThan(0.001);
			expect(Math.abs(y - points[i]![1])).toBeLessThan(0.001);
		});
	});
	it('leaves the rest of the markup alone', () => {
		expect(shortPaths('<path id="a" d="M1.0 2.0L3.0 2.0"></path><text x="1.0">M1.0 L</text>')).toBe(
			'<path id="a" d="M1 2h2"></path><text x="1.0">M1.0 L</text>'
		);
	});
});
