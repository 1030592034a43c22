import { describe, expect, it } from 'vitest';
import { bySlug, slugs } from './named.ts';

const param = bySlug(
	slugs([{ slug: 'llama-3-8b' }, { slug: 'llama-3-70b' }, { slug: 'gpt-2' }, { slug: 'gpt-2-xl' }], 'custom'),
	'llama-3-8b'
);

describe('things of a table, by slug', () => {
	it.each([
		['gpt-2-xl', 'gpt-2-xl'],
		['GPT-2 XL', 'gpt-2-xl'],
		['Llama 3 70B', 'llama-3-70b'],
		['llama-3-7', 'llama-3-70b'],
		[' cus ', 'custom'],
		// The whole name of one, though another begins so too.
		['gpt-2', 'gpt-2']
	])('%j is %s', (given, value) => {
		expect(param.parse(given)).toEqual({ value });
	});
	it.each(['', ' ', '-', 'llama', 'gpt', 'gpt-2-xl-2', 'xl', '__proto__', 'constructor', '鲁迅', '../gpt-2', '\u0000', 'x'.repeat(10_000)])(
		'%j is none, and that is told',
		(given) => {
			expect(param.parse(given)).toEqual({ value: 'llama-3-8b', why: 'unknownValue' });
		}
	);
	it('lists what may be chosen, in the order of the table', () => {
		expect(param.values).toEqual(['llama-3-8b', 'llama-3-70b', 'gpt-2', 'gpt-2-xl', 'custom']);
	});
});
