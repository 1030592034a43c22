import { describe, expect, it } from 'vitest';
import { parseQuery, printQuery, queryString } from './codec.ts';
import { pack, unpack } from './pack.ts';
import { initialParams, int, list, oneOf, renamed, text } from './schema.ts';

const story = 'Once upon a time, there was a little girl named Lily. She loved to play outside in the park with her friend Tom. '.repeat(3);
const chinese = '从前有一个小女孩，她每天都去河边看鱼。'.repeat(6);
const schema = { mode: oneOf(['step', 'text'], 'step', { walk: 'step' }), prompt: text(2000, 'Hello'), logits: list({ min: 2, max: 4096 }, { min: -50, max: 50 }, [1, 0]) };
const initial = initialParams(schema);
const read = (query: string) => parseQuery(schema, new URLSearchParams(query), initial);
const printed = (params: Partial<typeof initial>) => queryString(printQuery(schema, { ...initial, ...params }, initial));

describe('a long value', () => {
	it.each([story, chinese, 'é😀\n\t"<>&'.repeat(40)])('is packed, comes back, and the address is shorter', (prompt) => {
		const query = printed({ prompt });
		expect(query).toMatch(/^prompt\.z=[\w-]+$/);
		expect(query.length).toBeLessThan(new URLSearchParams({ prompt }).toString().length);
		expect(read(query)).toMatchObject({ params: { prompt }, clamped: [], named: true });
	});
	it('is read in its plain form too', () => {
		expect(read(new URLSearchParams({ prompt: story }).toString())).toMatchObject({ params: { prompt: story }, clamped: [] });
	});
	it('may be a list', () => {
		const logits = Array.from({ length: 400 }, (_, i) => (i % 7) - 3);
		expect(printed({ logits })).toMatch(/^logits\.z=/);
		expect(read(printed({ logits })).params.logits).toEqual(logits);
	});
	it('stays readable while it is short, and where packing would not help', () => {
		expect(printed({ prompt: 'One day, Lily went to the park.' })).toBe('prompt=One+day,+Lily+went+to+the+park.');
		expect(pack('')).toBeUndefined();
		// Nothing repeats in it: base64 of what does not compress is longer than the text.
		const noise = Array.from({ length: 170 }, (_, i) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'[(i * i * 31 + i * 7) % 62]).join('');
		const packed = pack(noise);
		if (packed !== undefined) expect(packed.length).toBeLessThan(noise.length);
	});
	it('is also packed by the recipe in the documentation (Python’s zlib, raw, level 9)', () => {
		// python3 -c "import sys,zlib,base64;c=zlib.compressobj(9,wbits=-15);print(base64.urlsafe_b64encode(c.compress(sys.argv[1].encode())+c.flush()).decode().rstrip('='))" "从前有一个小女孩"
		expect(unpack('ARgA5__ku47liY3mnInkuIDkuKrlsI_lpbPlrak')).toBe('从前有一个小女孩');
	});
});

describe('a packed value that is damaged', () => {
	const whole = printed({ prompt: story });
	it.each([whole.slice(0, -9), 'prompt.z=', 'prompt.z=AAAA', 'prompt.z=%F0%9F', `prompt.z=${'A'.repeat(30_000)}`, 'prompt.z=!!'])('is told: %.40s', (query) => {
		const { params, clamped } = read(query);
		expect(params.prompt).toBe('Hello');
		expect(clamped).toHaveLength(1);
		expect(clamped[0]).toMatchObject({ param: 'prompt.z', used: 'Hello', why: 'damaged' });
	});
	it('does not hide the same parameter in its second settings', () => {
		const { params } = parseQuery(schema, new URLSearchParams(`b.${whole}`), initial, 'b.');
		expect(params.prompt).toBe(story);
	});
	it('of a parameter that does not exist is an unknown one', () => {
		expect(read('nope.z=AAAA').clamped).toEqual([{ param: 'nope.z', given: 'AAAA', used: '', why: 'unknownParameter' }]);
	});
});

describe('a parameter that was renamed', () => {
	const now = { kvHeads: renamed(int(1, 64, 8), 'numKvHeads', 'groups') };
	const start = initialParams(now);
	it.each(['kvHeads=4', 'numKvHeads=4', 'groups=4', 'kvHeads=4&groups=9', 'groups=4&kvHeads=9'])('is read by all its names, the first given counts: %s', (query) => {
		expect(parseQuery(now, new URLSearchParams(query), start)).toMatchObject({ params: { kvHeads: 4 }, clamped: [] });
	});
	it('is written by its own', () => {
		expect(printQuery(now, { kvHeads: 4 }, start)).toEqual([['kvHeads', '4']]);
	});
	it('tells what it clamped by the name that was given', () => {
		expect(parseQuery(now, new URLSearchParams('groups=400'), start).clamped).toEqual([{ param: 'groups', given: '400', used: '64', why: 'tooLarge' }]);
	});
	it('may have values that were renamed', () => {
		expect(read('mode=walk')).toMatchObject({ params: { mode: 'step' }, clamped: [] });
	});
});
