import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';
import { readCommand } from './protocol.ts';

const head = { type: 'llm-unrolled', version: 1 };

describe('a command', () => {
	it.each([
		{ command: 'seek', step: 0 },
		{ command: 'seek', step: 'last' },
		{ command: 'play' },
		{ command: 'pause' },
		{ command: 'theme', theme: 'dark' }
	])('is read: %j', (command) => {
		expect(readCommand({ ...head, ...command, more: 'ignored' })).toEqual(command);
	});
	it.each([
		undefined,
		null,
		'seek',
		[],
		{ command: 'play' },
		{ ...head },
		{ ...head, version: 2, command: 'play' },
		{ ...head, type: 'other', command: 'play' },
		{ ...head, command: 'seek' },
		{ ...head, command: 'seek', step: -1 },
		{ ...head, command: 'seek', step: 1.5 },
		{ ...head, command: 'seek', step: '3' },
		{ ...head, command: 'seek', step: NaN },
		{ ...head, command: 'seek', step: 1e300 },
		{ ...head, command: 'theme', theme: 'sepia' },
		{ ...head, command: 'constructor' }
	])('of another shape is none: %j', (message) => {
		expect(readCommand(message)).toBeUndefined();
	});
});

describe('options', () => {
	const read = (query: string) => readOptions(new URLSearchParams(query));
	it('have defaults', () => {
		expect(read('')).toEqual({ lang: undefined, controls: 'player', autoplay: false, loop: undefined });
	});
	it('are read', () => {
		expect(read('lang=zh&controls=none&autoplay=1&loop=2-5')).toEqual({ lang: 'zh', controls: 'none', autoplay: true, loop: { from: 2, to: 5 } });
		expect(read('loop=2-last').loop).toEqual({ from: 2, to: Infinity });
		expect(read('autoplay').autoplay).toBe(true);
	});
	it.each(['lang=de', 'controls=all', 'autoplay=0', 'autoplay=no', 'loop=5-2', 'loop=3-3', 'loop=-1-4', 'loop=a-b', 'loop='])('that are none change nothing: %s', (query) => {
		expect(read(query)).toEqual(read(''));
	});
});
