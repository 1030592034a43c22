import { describe, expect, it } from 'vitest';
import { parseQuery, printQuery, queryString } from './codec.ts';
import { float, initialParams, int, list, oneOf, text } from './schema.ts';

const schema = {
	mode: oneOf(['step', 'text'], 'step'),
	topK: int(0, 4096, 0),
	topP: float(0, 1, 1, 0.01),
	prompt: text(20, 'Hello'),
	logits: list({ min: 2, max: 9 }, { min: -9, max: 9 }, [1, 2])
};
const initial = initialParams(schema);
const parse = (query: string, base = initial, prefix = '') => parseQuery(schema, new URLSearchParams(query), base, prefix);

describe('reading', () => {
	it('leaves what is not named as it was', () => {
		expect(parse('topK=5').params).toEqual({ ...initial, topK: 5 });
		expect(parse('', { ...initial, topK: 7 }).params.topK).toBe(7);
	});
	it('tells every value that it had to change: what was given, what is used, and why', () => {
		expect(parse('topK=5000&topP=-1&mode=poem').clamped).toEqual([
			{ param: 'topK', given: '5000', used: '4096', why: 'tooLarge' },
			{ param: 'topP', given: '-1', used: '0', why: 'tooSmall' },
			{ param: 'mode', given: 'poem', used: 'step', why: 'unknownValue' }
		]);
	});
	it('tells names that no parameter has, and not those of the page or of a newsletter', () => {
		expect(parse('topk=5&__proto__=1&constructor=2').clamped.map((c) => [c.param, c.why])).toEqual([
			['topk', 'unknownParameter'],
			['__proto__', 'unknownParameter'],
			['constructor', 'unknownParameter']
		]);
		expect(parse('step=3&lang=zh&theme=dark&compare=1&utm_source=x&fbclid=1&from=timeline').clamped).toEqual([]);
	});
	it('keeps a monstrous value out of its note', () => {
		const [clamp] = parse(`mode=${'x'.repeat(5000)}`).clamped;
		expect(clamp?.given.length).toBeLessThanOrEqual(80);
	});
	it('counts a name that is given twice the first time', () => {
		expect(parse('topK=3&topK=9').params.topK).toBe(3);
	});
	it('finds the second settings behind their prefix, on top of the first', () => {
		const query = 'topK=5&b.topP=0.5&b.foo=1';
		const first = parse(query);
		expect(first.clamped).toEqual([]);
		const second = parse(query, first.params, 'b.');
		expect(second.params).toEqual({ ...initial, topK: 5, topP: 0.5 });
		expect(second.clamped.map((c) => [c.param, c.why])).toEqual([['b.foo', 'unknownParameter']]);
	});
	it('takes broken escapes and bare names as they come', () => {
		for (const query of ['%', '%E4%BD', '&&&', '=', '=5', 'topK', 'topK=%ZZ', '?topK=4', '#topK=4']) {
			expect(() => parse(query)).not.toThrow();
		}
		expect(parse('topK').clamped).toEqual([{ param: 'topK', given: '', used: '0', why: 'notANumber' }]);
	});
});

describe('printing', () => {
	it('names only what differs, in the order of the schema', () => {
		expect(printQuery(schema, { ...initial, prompt: 'Hi', topK: 5 }, initial)).toEqual([
			['topK', '5'],
			['prompt', 'Hi']
		]);
		expect(printQuery(schema, initial, initial)).toEqual([]);
		expect(printQuery(schema, { ...initial, topK: 5 }, initial, 'b.')).toEqual([['b.topK', '5']]);
	});
	it('can be read by people', () => {
		expect(
			queryString([
				['logits', '2,1,0.5'],
				['picks', '0:3'],
				['prompt', 'a b/c']
			])
		).toBe('logits=2,1,0.5&picks=0:3&prompt=a+b/c');
	});
	it.each(['a+b', 'a b', '100% & more', '%2C', '%2c,', 'x=y#z', '鲁迅😀', '"<>\\', 'a\nb\tc', '\u0000', ''])(
		'carries %j through an address',
		(prompt) => {
			const query = queryString(printQuery(schema, { ...initial, prompt }, initial));
			// Through a whole address, as a browser would make of it.
			const search = new URL(`https://example.org/en/x?${query}`).search;
			expect(parse(search).params.prompt).toBe(prompt);
		}
	);
});
