import { describe, expect, it } from 'vitest';
import { svgToPng } from './raster.server.ts';

const svg = (text: string): string =>
	`<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40" font-family="ui-sans-serif, 'PingFang SC', sans-serif"><rect width="120" height="40" fill="#fff"/><text x="4" y="24" font-size="16">${text}</text></svg>`;
const size = (png: Uint8Array): number[] => [Buffer.from(png).readUInt32BE(16), Buffer.from(png).readUInt32BE(20)];

describe('a picture as PNG', () => {
	it('has the size that is asked for', async () => {
		const png = await svgToPng(svg('softmax'));
		expect(Buffer.from(png.slice(1, 4)).toString()).toBe('PNG');
		expect(size(png)).toEqual([240, 80]);
		expect(size(await svgToPng(svg('softmax'), 1))).toEqual([120, 40]);
	});
	it('is the same bytes again, whatever was drawn in between and at once', async () => {
		const first = await svgToPng(svg('温度 0.8'));
		const [again] = await Promise.all([svgToPng(svg('温度 0.8')), svgToPng(svg('束搜索 β → ∑')), svgToPng(svg('显存'))]);
		expect(Buffer.from(again).equals(Buffer.from(first))).toBe(true);
		expect(Buffer.from(await svgToPng(svg('温度 0.8'))).equals(Buffer.from(first))).toBe(true);
	});
	it('draws Chinese: two characters are not the same box twice', async () => {
		const [a, b, empty] = await Promise.all([svgToPng(svg('温')), svgToPng(svg('度')), svgToPng(svg(''))]);
		expect(Buffer.from(a).equals(Buffer.from(b))).toBe(false);
		expect(Buffer.from(a).equals(Buffer.from(empty))).toBe(false);
	});
});
