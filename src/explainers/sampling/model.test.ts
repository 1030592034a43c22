import { describe as suite, expect, test } from 'vitest';
import { stream } from '#maths/rng.ts';
import { parseQuery } from '#kit/params/codec.ts';
import { initialParams, randomParams } from '#kit/params/schema.ts';
import { customData, labelOf } from './data.ts';
import { joined } from './joined.ts';
import { columnOf, labelSpots, ribbonsOf, shownIn, visibleTokens } from './layout.ts';
import { model } from './model.ts';
import { params, type SamplingParams } from './params.ts';
import { recorded } from './recorded.ts';

const initial = initialParams(params);
const at = (query: string): SamplingParams => parseQuery(params, new URLSearchParams(query), initial).params;
const framesOf = (query: string) => model.frames(at(query), recorded(at(query)));

suite('frames', () => {
	test('are the raw distribution, one for each active processor in order, and the draw', () => {
		const frames = framesOf('temperature=0.8&topP=0.9&topK=40');
		expect(frames.map((frame) => frame.processor)).toEqual(['softmax', 'temperature', 'top-k', 'top-p', 'draw']);
		const llama = framesOf('temperature=0.8&topP=0.9&topK=40&order=llamacpp');
		expect(llama.map((frame) => frame.processor)).toEqual(['softmax', 'top-k', 'top-p', 'temperature', 'draw']);
	});

	test('carry whole distributions that sum to one, exact zeros where cut', () => {
		for (const frame of framesOf('temperature=0.8&topP=0.9')) {
			expect(frame.probs).toHaveLength(2048); // the vocabulary of `stories`
			expect(frame.probs.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
			const kept = new Set(frame.kept);
			frame.probs.forEach((p, id) => (kept.has(id) ? expect(p).toBeGreaterThan(0) : expect(p).toBe(0)));
		}
	});

	test('the same settings leave three, two and one survivors in the three orders', () => {
		const engines = 'source=custom&temperature=2&topK=5&topP=0.72&minP=0.45';
		const survivors = ['hf', 'vllm', 'llamacpp'].map((order) => framesOf(`${engines}&order=${order}`).at(-1)!.kept.length);
		expect(survivors).toEqual([3, 2, 1]);
	});

	test('a pick of the reader replaces the coin and is told', () => {
		const data = recorded(initial);
		const frame = model.frames({ ...initial, picks: [[0, 300]] }, data).at(-1)!;
		expect(frame.id).toBe(300);
		expect(frame.caption.key).toBe('picked');
	});

	test('repeated draws follow the distribution', () => {
		const frame = framesOf('source=custom&draws=10000').at(-1)!;
		const total = frame.counts!.reduce((a, b) => a + b, 0);
		expect(total).toBe(10_000);
		frame.probs.forEach((p, id) => expect(Math.abs(frame.counts![id]! / total - p)).toBeLessThan(0.02));
		const gumbel = framesOf('source=custom&draws=10000&draw=gumbel').at(-1)!;
		gumbel.probs.forEach((p, id) => expect(Math.abs(gumbel.counts![id]! / total - p)).toBeLessThan(0.02));
	});
});

suite('a text', () => {
	const tokens = [{ text: ' a' }, { text: '<0xE4><0xBD>', bytes: [0xe4, 0xbd] }, { text: '<0xA0>', bytes: [0xa0] }, { text: '!' }];
	const random = stream(3);
	const written = Array.from({ length: 70 }, (_, i) => ({
		id: i % 4,
		logits: Float64Array.from(tokens, () => 4 * random()),
		forced: false
	}));
	const data = { ...recorded(initial), origin: 'live' as const, tokens, promptIds: [0], written, next: null };

	test('has the same frames whichever is looked at first', () => {
		for (const query of ['mode=text&maxTokens=70', 'mode=text&maxTokens=70&mirostat=2', 'mode=text&maxTokens=70&repetitionPenalty=1.3']) {
			const inOrder = model.frames(at(query), data).map((frame) => [frame.caption, [...frame.probs], frame.chain.draw]);
			const backwards = [...model.frames(at(query), data)].reverse().map((frame) => [frame.caption, [...frame.probs], frame.chain.draw]);
			expect(backwards.reverse()).toEqual(inOrder);
			expect(inOrder).toHaveLength(70);
		}
	});

	test('has its perplexity from the distributions before any setting', () => {
		const p = at('mode=text&maxTokens=70&temperature=0.5');
		const nats = written.map(({ id, logits }) => Math.log(logits.reduce((sum, x) => sum + Math.exp(x), 0)) - logits[id]!);
		expect(model.facts(p, data)['perplexity']!.value).toBeCloseTo(Math.exp(nats.reduce((a, b) => a + b) / 70), 9);
	});

	test('reads bytes across tokens as the characters that they make', () => {
		expect(joined(tokens, [0, 1, 2, 3])).toBe(' a你!');
		expect(joined(tokens, [1, 2, 1])).toBe('你<0xE4><0xBD>');
		expect(joined(tokens, [2, 0, 9])).toBe('<0xA0> a#9');
	});
});

suite('facts', () => {
	test('of the base vector with top-p 0.9, by hand', () => {
		const p = at('source=custom&topP=0.9');
		const facts = model.facts(p, customData(p));
		// exp(2), exp(1), exp(.5), exp(0) of exp(2) + exp(1) + exp(.5) + 1 + exp(-1) + exp(-2)
		expect(facts['keptMass']!.value).toBeCloseTo(0.962048, 6);
		expect(facts['keptTokens']!.value).toBe(4);
		expect(facts['nucleusSize']!.value).toBe(4);
		expect(facts['top1Probability']!.value).toBeCloseTo(0.579259, 6);
		expect(facts['entropyBits']!.value).toBeCloseTo(1.599_1, 2);
	});

	test('mass is measured before the first cut, over all cuts', () => {
		const p = at('source=custom&topK=3&topP=0.5');
		// top-k leaves .557 .205 .124, renormalised .629: top-p 0.5 leaves the first alone.
		expect(model.facts(p, customData(p))['keptMass']!.value).toBeCloseTo(0.557275, 6);
	});

	test('every one has a unit and a source, in every mode', () => {
		for (const query of ['', 'mode=text', 'mode=beams', 'source=custom']) {
			for (const [, fact] of Object.entries(model.facts(at(query), recorded(at(query))))) {
				expect(fact.unit).toBeTruthy();
				expect(fact.source.length).toBeGreaterThan(5);
			}
		}
	});
});

suite('parameters', () => {
	test('that are random never throw and give a valid frame', () => {
		const random = stream(7);
		for (let i = 0; i < 2000; i++) {
			const p = { ...randomParams(params, random), draws: i % 50 === 0 ? 50 : 0 };
			const frames = model.frames(p, recorded(p));
			expect(frames.length).toBeGreaterThan(0);
			const last = frames.at(-1)!;
			expect(Math.abs(last.probs.reduce((a, b) => a + b, 0) - 1)).toBeLessThan(1e-9);
			model.facts(p, recorded(p));
			model.check?.(p);
		}
	}, 60_000);

	test('that are switched on but not in an own order are told, with a fix', () => {
		const problem = model.check!(at('order=top-k,temperature&topP=0.5'));
		expect(problem?.values['names']).toBe('top-p');
		expect(model.check!({ ...initial, topP: 0.5, ...problem!.fix })).toBeUndefined();
	});
});

suite('a prompt', () => {
	test.each([
		['model=tang', { prompt: '白日依山尽，黄河' }],
		['prompt=春眠不觉晓', { model: 'tang' }],
		['model=stories260K&prompt=春', { model: 'tang' }]
	])('in a script that the model never saw is told, with a fix: %s', (query, fix) => {
		const problem = model.check!(at(query));
		expect(problem).toMatchObject({ key: 'unread', fix });
		expect(model.check!({ ...at(query), ...problem!.fix })).toBeUndefined();
	});
	test.each(['', 'model=tang&prompt=春眠 (spring)', 'prompt=The word 春', 'model=own&prompt=春', 'model=tang&prompt=', 'prompt=123'])(
		'that the model can read is not: %s',
		(query) => expect(model.check!(at(query))).toBeUndefined()
	);
});

suite('the river', () => {
	const frames = framesOf('temperature=0.8&topP=0.9');
	const visible = visibleTokens(frames, 10);
	const columns = frames.map((frame) => columnOf(shownIn(frame), visible));

	test('every column is full: segments touch and end at one', () => {
		for (const { segments } of columns) {
			expect(segments[0]!.y0).toBe(0);
			segments.slice(1).forEach((segment, i) => expect(segment.y0).toBeCloseTo(segments[i]!.y1, 12));
			expect(segments.at(-1)!.y1).toBeCloseTo(1, 9);
			expect(segments.reduce((n, segment) => n + segment.count, 0)).toBeGreaterThanOrEqual(segments.length);
		}
	});

	test('no token is lost: the counts add up to the tokens with mass', () => {
		expect(columns[0]!.segments.reduce((n, segment) => n + segment.count, 0)).toBe(frames[0]!.kept.length);
		expect(columns.at(-1)!.segments.reduce((n, segment) => n + segment.count, 0)).toBe(frames.at(-1)!.kept.length);
	});

	test('ribbons fill what they come from and what they enter', () => {
		columns.slice(1).forEach((column, i) => {
			const ribbons = ribbonsOf(columns[i]!, column);
			const entering = ribbons.reduce((sum, ribbon) => sum + ribbon.b1 - ribbon.b0, 0);
			expect(entering).toBeCloseTo(1, 9);
			const leaving = ribbons.reduce((sum, ribbon) => sum + ribbon.a1 - ribbon.a0, 0);
			expect(leaving).toBeCloseTo(columns[i]!.cutAt ?? 1, 9);
		});
	});

	test('the coin lands in the segment of the drawn token', () => {
		for (let seed = 0; seed < 200; seed++) {
			const some = framesOf(`temperature=1.5&minP=0.02&xtcProbability=0.5&seed=${seed}`);
			const last = some.at(-1)!;
			const column = columnOf(shownIn(last), visibleTokens(some, 8));
			const hit = column.segments.find((segment) => segment.token === last.chain.draw.id)!;
			expect(hit.y0 - 1e-9).toBeLessThanOrEqual(last.chain.draw.u!);
			expect(hit.y1 + 1e-9).toBeGreaterThanOrEqual(last.chain.draw.u!);
		}
	});

	test('labels keep their order and their distance', () => {
		const spots = labelSpots(columns[0]!.segments, 300, 15, 14);
		expect(spots.length).toBeGreaterThan(2);
		spots.slice(1).forEach((spot, i) => expect(spot.labelY - spots[i]!.labelY).toBeGreaterThanOrEqual(15 - 1e-9));
		expect(spots.every((spot) => spot.labelY >= 7 && spot.labelY <= 293)).toBe(true);
	});
});

test('tokens are shown as they are: spaces, line ends and lone bytes', () => {
	expect(labelOf([{ text: ' to' }], 0)).toBe('·to');
	expect(labelOf([{ text: '\n' }], 0)).toBe('↵');
	expect(labelOf([{ text: '<0xE4>', bytes: [0xe4] }], 0)).toBe('‹E4›');
	expect(labelOf([], 5)).toBe('#5');
});
