import { describe, expect, it } from 'vitest';
import { stream } from '#maths/rng.ts';
import { areaPicture, tilePaths, type Colour } from './area-picture.ts';

const BLACK: Colour = [0, 0, 0, 1];
const WHITE: Colour = [255, 255, 255, 1];
/** Random rows of two tones that leave nothing empty. */
function randomRows(random: () => number, rows: number, cols: number): readonly number[][] {
	return Array.from({ length: rows }, () => {
		const out: number[] = [];
		for (let at = 0; at < cols;) {
			const end = Math.min(cols, at + 1 + Math.floor(random() * 5));
			out.push(at, end, random() < 0.5 ? 0 : 1);
			at = end;
		}
		return out;
	});
}

describe('area pictures', () => {
	it('one dot a cell gives back the cells', () => {
		const picture = areaPicture(2, 3, (r) => (r === 0 ? [0, 1, 1] : [1, 3, 0]), [BLACK, WHITE], 3, 2);
		expect([...picture].filter((_, i) => i % 4 === 3)).toEqual([255, 0, 0, 0, 255, 255]);
		expect(picture[0]).toBe(255);
	});
	it('keeps the mean, up and down, for random matrices', () => {
		const random = stream(5);
		for (let i = 0; i < 60; i++) {
			const [rows, cols, width, height] = [0, 0, 0, 0].map(() => 1 + Math.floor(random() * 40)) as [number, number, number, number];
			const list = randomRows(random, rows, cols);
			let white = 0;
			for (const row of list) for (let j = 0; j < row.length; j += 3) white += row[j + 2]! * (row[j + 1]! - row[j]!);
			const picture = areaPicture(rows, cols, (r) => list[r]!, [BLACK, WHITE], width, height);
			const reds = [...picture].filter((_, j) => j % 4 === 0);
			expect(Math.abs(reds.reduce((a, b) => a + b, 0) / reds.length / 255 - white / (rows * cols))).toBeLessThan(0.003);
			for (let j = 3; j < picture.length; j += 4) expect(picture[j]).toBe(255);
		}
	});
	it('tiles mix to the same share', () => {
		const random = stream(6);
		for (let i = 0; i < 40; i++) {
			const [rows, cols] = [1 + Math.floor(random() * 60), 1 + Math.floor(random() * 60)];
			const [width, height] = [Math.min(cols, 7), Math.min(rows, 5)];
			const list = randomRows(random, rows, cols);
			const mixed = new Float64Array(width * height);
			for (const { tone, alpha, d } of tilePaths(rows, cols, (r) => list[r]!, 2, width, height)) {
				for (const [, x, y, w] of d.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
					for (let c = Number(x); c < Number(x) + Number(w); c++) {
						const at = Number(y) * width + c;
						mixed[at] = mixed[at]! * (1 - alpha) + tone * alpha;
					}
				}
			}
			const picture = areaPicture(rows, cols, (r) => list[r]!, [BLACK, WHITE], width, height);
			mixed.forEach((share, at) => expect(Math.abs(share - picture[at * 4]! / 255)).toBeLessThan(0.02));
		}
	});
	it('draws a causal triangle as few rectangles', () => {
		const paths = tilePaths(4096, 4096, (r) => [0, r + 1, 1, r + 1, 4096, 0], 2, 96, 96);
		expect(paths.reduce((sum, { d }) => sum + d.split('M').length - 1, 0)).toBeLessThan(96 * 5);
	});
});
