/** Addresses of every figure: what is printed is read back, and what nobody should send is clamped, told, and never thrown. */
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { stream } from '#maths/rng.ts';
import type { Frame } from '#kit/model.ts';
import { parseQuery, printQuery, queryString, RESERVED } from '#kit/params/codec.ts';
import { initialParams, randomParams, type Clamp, type Param, type Params, type Schema } from '#kit/params/schema.ts';
import { messages } from '#kit/text/messages.ts';
import { UrlState } from '#kit/url/url-state.svelte.ts';
import { BROKEN_TEXT, figures, smaller, statesOf, type Figure } from './lib/explainers.ts';
import { hostileQuery } from './lib/hostile.ts';

vi.mock('$app/navigation', () => ({ pushState: () => undefined, replaceState: () => undefined, afterNavigate: () => undefined }));

const N = 2000;
/** Of the N states this many have the size that they ask for, the others a smaller one. */
const LARGE = 8;
const SMALL = 24;

const initialOf = ({ explainer }: Figure): Params<Schema> => initialParams(explainer.model.params);

/** Frames, facts, captions and JSON of a state. */
function expectValid({ explainer }: Figure, params: Params<Schema>): void {
	const { model } = explainer;
	const data = explainer.recorded(params);
	const frames = model.frames(params, data);
	expect(frames.length).toBeGreaterThan(0);
	const say = (frame: Frame): void => {
		for (const locale of ['en', 'zh'] as const) {
			const text = explainer.labels[locale].captions[frame.caption.key]?.(frame.caption.values);
			expect(text, `${frame.caption.key} in ${locale}`).toBeTruthy();
			expect(text).not.toMatch(BROKEN_TEXT);
		}
	};
	say(frames[0]!);
	say(frames.at(-1)!);
	for (const [id, fact] of Object.entries(model.facts(params, data, frames.length - 1))) {
		if (typeof fact.value === 'number') expect(fact.value, id).not.toBeNaN();
	}
	const problem = model.check?.(params);
	if (problem !== undefined) expect(explainer.labels.en.problems[problem.key]?.(problem.values), problem.key).toBeTruthy();
	expect(JSON.stringify(model.toJSON?.(frames.at(-1)!) ?? frames.at(-1))).toMatch(/^\{/);
}

/** Names are compared as the contract spells them: lower case, every run of other characters a hyphen. */
const slugOf = (name: string): string => name.toLowerCase().replace(/[^a-z0-9.]+/g, '-');

/** Whether `value` is what a reader meant who wrote `given`: decided without the schema's own parsing. */
function meant(param: Param, given: string, value: unknown): boolean {
	const text = given.trim();
	// A plus sign that nobody escaped arrives as a space.
	const bare = (x: string): string => x.replace(/[\s+]/g, '');
	if (param.kind !== 'text' && bare(param.print(value)) === bare(given)) return true;
	const numbers = (list: readonly number[], parts: readonly string[]): boolean =>
		list.length === parts.length && list.every((x, i) => x === Number(parts[i]));
	switch (param.kind) {
		case 'int':
		case 'float':
			return text !== '' && Number(text) === value;
		case 'optional':
			return text === '' ? value === null : Number(text) === value;
		case 'oneOf': {
			const wanted = slugOf(text);
			if (wanted === slugOf(String(value))) return true;
			// The beginning that one name alone has stands for that name (bySlug in kit/params/named.ts).
			const begun = (param.values ?? []).filter((name) => name.startsWith(wanted));
			return wanted !== '' && begun.length === 1 && begun[0] === value;
		}
		case 'flag':
			return (value === true ? ['1', 'true', 'yes', 'on'] : ['0', 'false', 'no', 'off']).includes(text.toLowerCase());
		case 'text':
			return given.toWellFormed() === value;
		case 'order':
			return text.toLowerCase().replaceAll(' ', '') === value;
		case 'list': {
			const parts = given.split(',').filter((part) => part.trim() !== '');
			if (!Array.isArray(value)) return false;
			if (value.some(Array.isArray) || given.includes(':')) {
				const pairs = new Map(parts.map((part) => part.split(':').map(Number) as [number, number]));
				return pairs.size === value.length && (value as [number, number][]).every(([a, b]) => pairs.get(a) === b);
			}
			return numbers(value as number[], parts);
		}
	}
}

beforeAll(() => {
	vi.stubGlobal('location', { pathname: '/en/x', search: '', hash: '' });
});

it('there are figures', () => {
	expect(figures.length).toBeGreaterThan(0);
});

describe.each(figures)('$slug', (figure) => {
	const { slug, explainer } = figure;
	const schema = explainer.model.params;
	const initial = initialOf(figure);

	it('has no parameter whose name belongs to the page', () => {
		for (const name of Object.keys(schema)) {
			expect(RESERVED as readonly string[]).not.toContain(name);
			expect(name).toMatch(/^([a-z][A-Za-z0-9]*|K)$/);
		}
	});

	it('starts with values in their own ranges', () => {
		for (const [name, param] of Object.entries(schema)) {
			const parsed = param.parse(param.print(param.initial));
			expect(parsed.why, name).toBeUndefined();
			expect(parsed.value, name).toEqual(param.initial);
		}
	});

	it('its opening and named views say nothing that would be clamped', () => {
		for (const { query, name } of statesOf(figure)) {
			const { clamped } = parseQuery(schema, new URLSearchParams(query), initial);
			expect(clamped, name).toEqual([]);
		}
		const ids = explainer.views.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		for (const id of ids) expect(id).toMatch(/^[a-z0-9]+([.-][a-z0-9]+)*$/);
	});

	it(`reads back what it prints, for ${N} random states through a whole address`, () => {
		const random = stream(11);
		for (let i = 0; i < N; i++) {
			const params = randomParams(schema, random);
			const query = queryString(printQuery(schema, params, initial));
			const { search } = new URL(`https://example.org/en/${slug}?${query}`);
			const parsed = parseQuery(schema, new URLSearchParams(search), initial);
			expect(parsed.params, query).toEqual(params);
			expect(parsed.clamped, query).toEqual([]);
		}
	});

	it('prints every value whole', () => {
		const random = stream(10);
		for (let i = 0; i < 300; i++) {
			for (const [name, any] of Object.entries(schema)) {
				const param = any as Param;
				const value = param.random(random);
				const back = param.parse(param.print(value)).value;
				// As JSON, where minus zero is zero. A slider's steps may miss the end of its range by a rounding.
				if (param.kind === 'float' || param.kind === 'optional') expect(back ?? -1, name).toBeCloseTo((value ?? -1) as number, 9);
				else expect(JSON.stringify(back), name).toBe(JSON.stringify(value));
			}
		}
	});

	it('keeps both settings of a comparison and the step in the address', () => {
		const random = stream(12);
		for (let i = 0; i < 200; i++) {
			const state = new UrlState(schema, explainer.opening);
			state.params = i === 0 ? state.opening : i === 1 ? initial : randomParams(schema, random);
			state.second = i % 3 === 0 ? undefined : i % 3 === 1 ? state.params : randomParams(schema, random);
			const again = new UrlState(schema, explainer.opening);
			again.read(`?${state.print(i)}`);
			expect(again.params).toEqual(state.params);
			expect(again.second).toEqual(state.second);
			expect(again.step).toBe(i);
			expect(again.clamped).toEqual([]);
		}
	});

	it(`gives a valid frame for ${N} random states`, { timeout: 60_000 }, () => {
		const random = stream(13);
		for (let i = 0; i < N; i++) {
			const params = randomParams(schema, random);
			const tried = i < LARGE ? params : smaller(schema, params, SMALL);
			try {
				expectValid(figure, tried);
			} catch (error) {
				throw new Error(`${slug}?${queryString(printQuery(schema, tried, initial))}`, { cause: error });
			}
		}
	});

	it(`gives a valid frame for ${N} hostile query strings and tells every clamp`, { timeout: 60_000 }, () => {
		const random = stream(14);
		for (let i = 0; i < N; i++) {
			const query = hostileQuery(schema, random);
			try {
				const search = new URLSearchParams(query);
				const { params, clamped } = parseQuery(schema, search, initial);
				for (const [name, given] of new Map([...search].reverse())) expectTold(name, given, params, clamped);
				expect(parseQuery(schema, new URLSearchParams(queryString(printQuery(schema, params, initial))), initial).params).toEqual(params);
				const state = new UrlState(schema, explainer.opening);
				state.read(`?${query}`);
				for (const clamp of state.clamped) {
					for (const words of Object.values(messages)) expect(words.clamp[clamp.why](clamp)).toContain(clamp.param);
				}
				expectValid(figure, i < LARGE ? params : smaller(schema, params, SMALL));
				if (state.second !== undefined) expectValid(figure, smaller(schema, state.second, SMALL));
			} catch (error) {
				throw new Error(`${slug}?${JSON.stringify(query).slice(0, 600)}`, { cause: error });
			}
		}
	});

	/** The first value that the address gives to a name is either used as it was meant, or there is a note that names what is used. */
	function expectTold(name: string, given: string, params: Params<Schema>, clamped: readonly Clamp[]): void {
		if (!Object.hasOwn(schema, name)) return;
		const param = schema[name] as Param;
		const note = clamped.find((clamp) => clamp.param === name);
		if (note === undefined) expect(meant(param, given, params[name]), `${name}=${given.slice(0, 200)}`).toBe(true);
		else expect(param.print(params[name])).toContain(note.used.replace(/…$/, ''));
	}
});
