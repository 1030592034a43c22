import { describe, expect, it } from 'vitest';
import { openQuery, startStep, stepShown } from './open.ts';
import { float, int } from './schema.ts';

const figure = {
	model: { params: { topK: int(0, 99, 0), topP: float(0, 1, 1, 0.01) } },
	opening: 'topK=7',
	views: [{ id: 'cut', query: 'topP=0.5&step=2' }],
	startAt: 'last'
} as const;

describe('a query', () => {
	it('without a parameter opens the opening, with one the initial values and that', () => {
		expect(openQuery(figure, '').params).toEqual({ topK: 7, topP: 1 });
		expect(openQuery(figure, 'step=3&theme=dark').params).toEqual({ topK: 7, topP: 1 });
		expect(openQuery(figure, '?topP=0.5').params).toEqual({ topK: 0, topP: 0.5 });
	});
	it('compares where it says so, beginning from the first settings', () => {
		expect(openQuery(figure, 'topK=3').second).toBeUndefined();
		expect(openQuery(figure, 'topK=3&b.topP=0.5').second).toEqual({ topK: 3, topP: 0.5 });
		expect(openQuery(figure, 'compare=1').second).toEqual({ topK: 7, topP: 1 });
	});
	it('opens a view by its name; what stands beside it goes before it', () => {
		expect(openQuery(figure, 'named=cut')).toMatchObject({ params: { topK: 0, topP: 0.5 }, step: 2, clamped: [] });
		expect(openQuery(figure, 'named=cut&step=0&topK=9')).toMatchObject({ params: { topK: 9, topP: 0.5 }, step: 0 });
		expect(openQuery(figure, 'named=nothing')).toMatchObject({
			params: { topK: 7 },
			clamped: [{ param: 'named', given: 'nothing', used: '', why: 'unknownView' }]
		});
	});
	it.each([
		['step=3', 3, undefined],
		['step=last', Infinity, undefined],
		['step=2.9', 2, undefined],
		['step=-1', 0, 'tooSmall'],
		['step=', 0, 'notANumber'],
		['step=soon', 0, 'notANumber'],
		['topK=3', undefined, undefined]
	])('%s asks for step %s', (query, step, why) => {
		const opened = openQuery(figure, query);
		expect(opened.step).toBe(step);
		expect(opened.clamped.map((clamp) => clamp.why)).toEqual(why === undefined ? [] : [why]);
	});
});

describe('the step that is shown', () => {
	it('is the figure’s start, within what there is', () => {
		expect(startStep({ startAt: 'last' }, 4)).toBe(4);
		expect(startStep({ startAt: 'first' }, 4)).toBe(0);
		expect(startStep({ startAt: 12 }, 4)).toBe(4);
	});
	it('is the one asked for, within what there is', () => {
		expect(stepShown(figure, undefined, 4)).toBe(4);
		expect(stepShown(figure, 2, 4)).toBe(2);
		expect(stepShown(figure, 9, 4)).toBe(4);
		expect(stepShown(figure, Infinity, 4)).toBe(4);
	});
});
