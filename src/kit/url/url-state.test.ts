import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { float, int, oneOf, text } from '#kit/params/schema.ts';
import { UrlState } from './url-state.svelte.ts';

const history = vi.hoisted(() => ({ entries: [] as { how: string; url: string }[] }));
vi.mock('$app/navigation', () => {
	const go = (how: string) => (url: string) => {
		history.entries.push({ how, url });
		Object.assign(location, { search: url.includes('?') ? url.slice(url.indexOf('?')) : '' });
	};
	return { pushState: go('push'), replaceState: go('replace') };
});

const schema = { mode: oneOf(['step', 'text'], 'step'), topK: int(0, 99, 0), topP: float(0, 1, 1, 0.01), prompt: text(50, 'Hello') };
const open = (search: string, opening = ''): UrlState<typeof schema> => {
	const state = new UrlState(schema, opening);
	state.read(search);
	return state;
};

beforeEach(() => {
	vi.useFakeTimers();
	vi.stubGlobal('location', { pathname: '/en/x', search: '', hash: '' });
	history.entries.length = 0;
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

describe('an address', () => {
	it('without a query is the figure’s opening', () => {
		expect(open('', 'topK=7&topP=0.9').params).toMatchObject({ topK: 7, topP: 0.9 });
		expect(open('?step=3', 'topK=7').params.topK).toBe(7);
	});
	it('that names anything starts from the initial values, not from the opening', () => {
		expect(open('?topP=0.5', 'topK=7').params).toMatchObject({ topK: 0, topP: 0.5 });
	});
	it.each(['', 'topK=7', 'topK=7&topP=0.9'])('read again is the same state (opening %j)', (opening) => {
		const states = ['', '?topK=7', '?topP=0.5', '?topK=7&topP=0.9', '?mode=step', '?prompt=', '?prompt=a%26b%3D+c', '?topK=0&topP=1'];
		for (const search of states) {
			for (const second of ['', 'b.topK=5', 'b.prompt=', 'compare=1', 'b.topK=5&b.topP=0']) {
				const state = open(
					[search, second]
						.filter(Boolean)
						.join(search === '' ? '' : '&')
						.replace(/^(?!\?)(?=.)/, '?'),
					opening
				);
				const again = open(`?${state.print(2)}`, opening);
				expect(again.params).toEqual(state.params);
				expect(again.second).toEqual(state.second);
				expect(again.step).toBe(2);
				expect(again.clamped).toEqual([]);
			}
		}
	});
	it('says nothing when there is nothing to say', () => {
		expect(open('', 'topK=7').print(undefined)).toBe('');
		expect(open('?topK=7', 'topK=7').print(undefined)).toBe('');
		expect(open('?topP=0.5').print(4)).toBe('topP=0.5&step=4');
	});
	it('names a step by number or as the last one; anything else is told', () => {
		expect(open('?step=3').step).toBe(3);
		expect(open('?step=last').step).toBe(Infinity);
		expect(open('?step=2.9').step).toBe(2);
		expect(open('').step).toBeUndefined();
		const odd = open('?step=soon');
		expect(odd.step).toBe(0);
		expect(odd.clamped).toEqual([{ param: 'step', given: 'soon', used: '0', why: 'notANumber' }]);
	});
	it('with a step before the first tells that it is not there', () => {
		const state = open('?step=-4');
		expect(state.step).toBe(0);
		expect(state.clamped.map((c) => c.why)).toEqual(['tooSmall']);
	});
	it('tells what it clamped in either settings', () => {
		expect(open('?topK=500&b.topP=7&nope=1').clamped.map((c) => `${c.param} ${c.why}`)).toEqual([
			'topK tooLarge',
			'nope unknownParameter',
			'b.topP tooLarge'
		]);
	});
});

describe('writing', () => {
	it('makes one entry of the history of what the reader decided', () => {
		const state = open('');
		state.params = { ...state.params, topK: 5 };
		state.write(undefined, true);
		expect(history.entries).toEqual([{ how: 'push', url: '/en/x?topK=5' }]);
		state.write(undefined, true);
		expect(history.entries).toHaveLength(1);
	});
	it('waits until a drag comes to rest, and makes no entry of it', () => {
		const state = open('');
		for (const topK of [1, 2, 3, 4]) {
			state.params = { ...state.params, topK };
			state.write(undefined, false);
			vi.advanceTimersByTime(100);
		}
		expect(history.entries).toEqual([]);
		vi.advanceTimersByTime(1000);
		expect(history.entries).toEqual([{ how: 'replace', url: '/en/x?topK=4' }]);
	});
	it('leaves nothing behind when the figure closes', () => {
		const state = open('');
		state.params = { ...state.params, topK: 5 };
		state.write(undefined, false);
		state.close();
		vi.advanceTimersByTime(1000);
		expect(history.entries).toEqual([]);
	});
	it('returns to a bare address at the opening', () => {
		Object.assign(location, { search: '?topK=5' });
		const state = open('?topK=5', 'topK=7');
		state.params = state.opening;
		state.write(undefined, true);
		expect(history.entries).toEqual([{ how: 'push', url: '/en/x' }]);
	});
});
