import { describe, expect, it } from 'vitest';
import { parseQuery } from '#kit/params/codec.ts';
import { initialParams } from '#kit/params/schema.ts';
import { models } from '#maths/data/models.ts';
import { chartOf, nearestCurve } from './chart-layout.ts';
import { chartFrames, matching } from './frames-chart.ts';
import { heightOf } from './height.ts';
import { HEIGHT, stageOf, Y } from './layout.ts';
import { mapsOf } from './live-layout.ts';
import { model } from './model.ts';
import { boardOf } from './numbers-layout.ts';
import { params, type HeadParams } from './params.ts';
import { recorded } from './recorded.ts';

const p = (query: string): HeadParams => parseQuery(params, new URLSearchParams(query), initialParams(params)).params;
const frames = (query: string) => model.frames(p(query), recorded());

describe('geometry', () => {
	const scenes = ['', 'model=deepseek-v3-671b', 'attention=mha', 'model=llama-3-70b&tp=16', 'model=gemma-3-27b', 'heads=15&kvHeads=5'];
	it.each(scenes)('%s: widths count numbers, nothing leaves the stage', (query) => {
		const [first] = frames(query);
		const { scene, shape } = first!;
		if (scene.kind !== 'heads') throw new Error('another scene');
		const { boxes, ribbons } = stageOf(scene, 780);
		const widths = (row: string, tone: string) => boxes.filter((b) => b.row === row && b.tone === tone).reduce((sum, b) => sum + b.w, 0);
		const unit = widths('query', 'query') / (shape.heads * shape.headDim);
		expect(widths('state', 'state')).toBeCloseTo(unit * shape.hidden, 6);
		const area = (row: string) =>
			boxes.filter((b) => b.row === row && ['key', 'value', 'rope'].includes(b.tone)).reduce((sum, b) => sum + b.w * b.h, 0);
		const numbers = (scene.figures.perTokenLayer / 2) * scene.figures.copies;
		expect(area('kv')).toBeCloseTo(numbers * unit * 18, 4);
		expect(area('cache')).toBeCloseTo(numbers * unit * 9, 4);
		for (const b of boxes) {
			expect(b.x).toBeGreaterThanOrEqual(-1e-6);
			expect(b.x + b.w).toBeLessThanOrEqual(780 + 1e-6);
			expect(b.y + b.h).toBeLessThanOrEqual(HEIGHT);
		}
		for (const { head, kv } of ribbons) expect(kv).toBe(Math.floor(head / (shape.heads / scene.figures.stored)));
		expect(boxes.find((b) => b.id === 'gm')!.y).toBe(Y.gpu);
	});
	it('numbers fit the stage of a phone and of a page', () => {
		for (const query of ['view=numbers', 'view=numbers&attention=mla', 'view=numbers&attention=mha', 'view=numbers&attention=mqa&head=1']) {
			for (const width of [280, 328, 780]) {
				const height = heightOf(width, p(query));
				for (const { scene } of frames(query)) {
					if (scene.kind !== 'numbers') throw new Error('another scene');
					const board = boardOf(scene, width, height);
					expect(board.height).toBeLessThanOrEqual(height);
					for (const { x, w } of board.placed) expect(x + w).toBeLessThanOrEqual(Math.max(width, 300));
					expect(new Set(board.cells.map((cell) => cell.id)).size).toBe(board.cells.length);
				}
			}
		}
	});
	it('the chart finds the line under the pointer', () => {
		const { scene } = chartFrames(p('view=chart'))[2]!;
		if (scene.kind !== 'chart') throw new Error('another scene');
		const chart = chartOf(scene, 780, 440);
		const curve = chart.curves.find((c) => c.line.chosen)!;
		const [x, y] = curve.points[10]!;
		expect(nearestCurve([curve], x, y + 10)?.line.id).toBe('chosen');
		expect(nearestCurve([curve], x, y + 60)).toBeUndefined();
		expect(chart.y(2 ** 30)).toBeGreaterThan(chart.y(2 ** 31));
		expect(chart.curves.flatMap((c) => c.line.names)).toHaveLength(48);
	});
	it('the chart is filtered by words of name and kind', () => {
		expect(matching('')).toHaveLength(48);
		expect(matching('mla').map((m) => m.name)).toEqual(models.filter((m) => m.latent).map((m) => m.name));
		expect(matching('window').every((m) => m.local !== null)).toBe(true);
		expect(matching('gemma, kimi')).toHaveLength(5);
		expect(matching('nothing-like-this')).toEqual([]);
	});
	it('maps of one group stand side by side under one bracket', () => {
		for (const width of [328, 780]) {
			const { maps, brackets, height } = mapsOf(8, 4, 16, width);
			expect(brackets).toHaveLength(4);
			for (const { kv } of brackets) expect(new Set(maps.filter((m) => m.kv === kv).map((m) => m.y)).size).toBe(1);
			for (const m of maps) expect(m.x).toBeGreaterThanOrEqual(0);
			expect(height).toBeLessThan(900);
		}
	});
});

describe('the heads of the model in the page', () => {
	it('attend with rows of 1 to what lies before', () => {
		for (const { scene } of frames('view=live')) {
			if (scene.kind !== 'live') throw new Error('another scene');
			expect(scene.maps).toHaveLength(6); // the query heads of `stories`
			for (const map of scene.maps) {
				map.forEach((row, i) => {
					expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 2);
					expect(row.slice(i + 1).every((x) => x === 0)).toBe(true);
				});
			}
			expect(scene.within).toBeGreaterThan(0);
			expect(scene.between).toBeLessThan(1);
		}
	});
	it('measures how differently heads attend', () => {
		const one = [1, 0, 1, 0];
		const other = [1, 0, 0, 1];
		const data = { ...recorded(), tokens: ['a', 'b'], heads: 4, kvHeads: 2, attentions: [[...one, ...one, ...other, ...one]] };
		const { scene } = model.frames(p('view=live'), data)[0]!;
		if (scene.kind !== 'live') throw new Error('another scene');
		expect(scene.within).toBeCloseTo(0.5);
		expect(scene.between).toBeCloseTo(0.5);
	});
});
