import { describe, expect, it } from 'vitest';
import golden from '../../../tests/golden/beam.json' with { type: 'json' };
import { log } from '../log.ts';
import { logSoftmax } from '../softmax.ts';
import { stream } from '../rng.ts';
import { bestContinuations } from './best.ts';
import { beamDone, beamInputs, beamResults, beamRunning, beamSearch, beamStart, beamStep, pathOf, type BeamOptions } from './beam.ts';

type Table = readonly (readonly number[])[];
const tables: Record<string, Table> = { table1: golden.table1, table2: golden.table2 };

/** A model that knows only the last token: its row of the table. */
const ask = (table: Table) => (sequence: readonly number[]) => table[sequence.at(-1)!]!.map((p) => log(p + golden.log_eps));

function search(table: Table, options: Partial<BeamOptions>) {
	return beamSearch([golden.bos], { eos: [golden.eos], ...options }, ask(table));
}

interface Case {
	id: string;
	kind: string;
	table: string;
	num_beams: number;
	length_penalty?: number;
	early_stopping?: boolean | string;
	max_new_tokens: number;
	sequences: number[][];
	scores: number[] | null;
	sum_logprob?: number[];
}

const KINDS: Record<string, (c: Case) => Partial<BeamOptions>> = {
	greedy_search: (c) => ({ beams: c.num_beams, maxNewTokens: c.max_new_tokens }),
	beam_search: (c) => ({
		beams: c.num_beams,
		maxNewTokens: c.max_new_tokens,
		lengthPenalty: c.length_penalty!,
		earlyStopping: c.early_stopping as boolean | 'never'
	})
};

describe('golden beams', () => {
	it.each(golden.cases as Case[])('$id', (c) => {
		const kind = KINDS[c.kind];
		if (kind === undefined) throw new Error(`no implementation for the golden kind ${c.kind}`);
		const results = beamResults(search(tables[c.table]!, kind(c)));
		expect(results.map((r) => r.sequence)).toEqual(c.sequences);
		c.scores?.forEach((score, i) => expect(results[i]!.score).toBeCloseTo(score, 6));
		c.sum_logprob?.forEach((sum, i) => expect(results[i]!.sumLogProb).toBeCloseTo(sum, 6));
	});

	it('table 1, exhaustively: the best sequences that end within four tokens, and what width 2 misses', () => {
		const all: { sequence: number[]; prob: number }[] = [];
		const grow = (sequence: number[], prob: number) => {
			if (sequence.at(-1) === golden.eos) all.push({ sequence, prob });
			else if (sequence.length <= 4) golden.table1[sequence.at(-1)!]!.forEach((p, token) => p > 0 && grow([...sequence, token], prob * p));
		};
		grow([golden.bos], 1);
		all.sort((a, b) => b.prob - a.prob);
		golden.table1_exhaustive_top.forEach((want, i) => {
			expect(all[i]!.sequence).toEqual(want.sequence);
			expect(all[i]!.prob).toBeCloseTo(want.prob, 12);
			expect(Math.log(all[i]!.prob)).toBeCloseTo(want.sum_logprob, 9);
		});
		const options = { lengthPenalty: 0, earlyStopping: 'never' as const, maxNewTokens: 4 };
		const found = (beams: number) => beamResults(search(golden.table1, { ...options, beams })).map((r) => r.sequence);
		expect(found(2)).not.toContainEqual(golden.table1_exhaustive_top[1]!.sequence);
		expect(found(8).slice(0, 2)).toEqual(golden.table1_exhaustive_top.slice(0, 2).map((t) => t.sequence));
	});
});

describe('the tree', () => {
	const state = search(golden.table1, { beams: 2, maxNewTokens: 4 });

	it('holds every candidate with its parent, its score and what became of it', () => {
		for (const node of state.nodes) {
			const parent = state.nodes[node.parent];
			expect(node.id).toBe(state.nodes.indexOf(node));
			expect(node.step).toBe((parent?.step ?? 0) + 1);
			expect(node.sumLogProb).toBeCloseTo((parent?.sumLogProb ?? 0) + node.logProb, 14);
			if (parent) expect(parent.status).toBe('expanded');
			expect(node.status === 'pruned').toBe(node.why !== undefined);
			expect(pathOf(state, node.id)).toHaveLength(node.step);
		}
		expect(state.nodes.some((node) => node.status === 'running')).toBe(false);
		expect(state.nodes.filter((node) => node.step === 1)).toHaveLength(4);
		expect(
			state.nodes
				.filter((node) => node.status === 'finished')
				.map((node) => node.id)
				.sort()
		).toEqual(
			beamResults(state)
				.map((r) => r.node)
				.sort()
		);
	});

	it('says why each was pruned', () => {
		const seen = new Set<string>();
		for (const table of [golden.table1, golden.table2])
			for (const earlyStopping of [true, false, 'never'] as const)
				for (const lengthPenalty of [-1, 0, 1, 2])
					for (const beams of [2, 3]) {
						const end = search(table, { beams, earlyStopping, lengthPenalty, maxNewTokens: 6 });
						for (const node of end.nodes) if (node.why) seen.add(node.why);
						for (const node of end.nodes) {
							if (node.why === 'late') expect(node.ends !== undefined && node.rank >= beams).toBe(true);
							if (node.why === 'outscored') expect(node.ends).toBeUndefined();
							if (node.why === 'beaten' || node.why === 'displaced') expect(node.score).toBeLessThanOrEqual(beamResults(end).at(-1)!.score);
						}
					}
		expect([...seen].sort()).toEqual(['beaten', 'displaced', 'late', 'outscored', 'stopped']);
	});

	it('is stepped without changing the state before', () => {
		const start = beamStart([0], { beams: 2, eos: [4], maxNewTokens: 3 });
		expect(beamInputs(start)).toEqual([[0]]);
		const one = beamStep(start, beamInputs(start).map(ask(golden.table1)));
		const copy = structuredClone(one);
		expect(beamInputs(one)).toEqual([
			[0, 1],
			[0, 2]
		]);
		const two = beamStep(one, beamInputs(one).map(ask(golden.table1)));
		expect(one).toEqual(copy);
		expect(two.step).toBe(2);
		expect(() => beamStep(one, [])).toThrow(RangeError);
		const end = search(golden.table1, { beams: 2 });
		expect(beamDone(end) && beamRunning(end).length === 0).toBe(true);
		expect(beamStep(end, [])).toBe(end);
	});
});

describe('greedy', () => {
	it('stops at the first end token', () => {
		const end = search(
			golden.table1.map((row, i) => (i === 0 ? [0, 0, 0, 1, 0] : row)),
			{ beams: 1, maxNewTokens: 9 }
		);
		expect(beamResults(end).map((r) => r.sequence)).toEqual([[0, 3, 4]]);
	});

	it('does not go on behind an end token, even where a longer result would score higher', () => {
		const table = [[0, 0.3, 0.3, 0, 0.4], ...Array.from({ length: 4 }, () => [0, 1, 0, 0, 0])];
		const end = search(table, { beams: 1, maxNewTokens: 9, earlyStopping: 'never' });
		expect(beamResults(end).map((r) => r.sequence)).toEqual([[0, 4]]);
		expect(beamResults(search(table, { beams: 2, maxNewTokens: 9, earlyStopping: 'never' }))[0]!.sequence).toHaveLength(10);
	});
});

describe('length penalty', () => {
	it('above 0 favours long results, 0 is the plain sum', () => {
		const winner = (lengthPenalty: number) =>
			beamResults(search(golden.table2, { beams: 2, lengthPenalty, earlyStopping: 'never', maxNewTokens: 6 }))[0]!;
		expect(winner(1).sequence.length).toBeGreaterThan(winner(0).sequence.length);
		expect(winner(0).score).toBeCloseTo(winner(0).sumLogProb, 14);
		const long = winner(2);
		expect(long.score).toBeCloseTo(long.sumLogProb / (long.sequence.length - 1) ** 2, 14);
	});

	it('below 0, "never" hopes for the present length: a longer one could only lose', () => {
		const table = [
			[0, 0.5, 0.01, 0, 0.49],
			[0, 0, 0, 1, 0],
			[0, 0, 0, 0, 1],
			[0, 0, 0, 0, 1],
			[1, 0, 0, 0, 0]
		];
		const end = search(table, { beams: 2, lengthPenalty: -1, earlyStopping: 'never', maxNewTokens: 20 });
		expect(beamResults(end).map((r) => r.sequence)).toEqual([
			[0, 4],
			[0, 1, 3, 4]
		]);
	});
});

describe('diverse beams', () => {
	const options = { beams: 3, maxNewTokens: 3, earlyStopping: true };

	it('each beam is a group that pays for tokens chosen before it at the same step', () => {
		const start = beamStart([0], { ...options, diversity: 0.5, eos: [4] });
		expect(start.groups).toHaveLength(3);
		const one = beamStep(start, beamInputs(start).map(ask(golden.table1)));
		// 0.5 A against 0.4 B e^0.5: the second group turns to B; the third finds both taken, and A less 0.5 beats B less 0.5 and C.
		expect(one.groups.map((g) => one.nodes[g.running[0]!]!.token)).toEqual([1, 2, 1]);
		const third = one.nodes[one.groups[2]!.running[0]!]!;
		expect(third.penalty).toBe(0.5);
		expect(third.total).toBeCloseTo(third.sumLogProb - 0.5, 14);
	});

	it('no diversity is plain beam search; much of it makes all first tokens differ', () => {
		expect(beamStart([0], { ...options, diversity: 0 }).groups).toHaveLength(1);
		const end = search(golden.table1, { ...options, diversity: 50 });
		const first = end.groups.map((_, g) => end.nodes.find((n) => n.group === g && n.step === 1 && n.rank === 0)!.token);
		expect(new Set(first).size).toBe(3);
		expect(beamDone(end)).toBe(true);
		expect(beamResults(end)).toHaveLength(3);
		const short = search(golden.table1, { ...options, diversity: 50, maxNewTokens: 1 });
		expect(
			beamResults(short)
				.map((r) => r.sequence[1])
				.sort()
		).toEqual([1, 2, 3]);
	});
});

describe('any search', () => {
	it('ends, with at least one result, and the best results come first', () => {
		const random = stream(30);
		for (let round = 0; round < 300; round++) {
			const vocab = 2 + Math.floor(random() * 20);
			const rows = Array.from({ length: vocab }, () => logSoftmax(Array.from({ length: vocab }, () => random() * 6)));
			const options = {
				beams: Math.floor(random() * 12) - 1,
				lengthPenalty: [-2, -0.5, 0, 0.7, 1, 3][Math.floor(random() * 6)]!,
				earlyStopping: ([true, false, 'never'] as const)[Math.floor(random() * 3)]!,
				diversity: random() < 0.3 ? random() : 0,
				maxNewTokens: Math.floor(random() * 8),
				eos: random() < 0.8 ? [0, 1].slice(0, 1 + Math.floor(random() * 2)) : []
			};
			const end = beamSearch([vocab - 1], options, (sequence) => rows[sequence.at(-1)!]!);
			const results = beamResults(end);
			expect(results.length).toBeGreaterThan(0);
			expect(results.length).toBeLessThanOrEqual(end.options.beams);
			results.forEach((r, i) => i > 0 && expect(r.score).toBeLessThanOrEqual(results[i - 1]!.score));
		}
	});

	it('takes the k best continuations, ties to the earlier row and the lower token', () => {
		const rows = [
			[1, 5, -Infinity, 5],
			[3, 7, 3, NaN]
		];
		expect(bestContinuations(rows, [0, -2], 5)).toEqual([
			{ row: 0, token: 1, total: 5 },
			{ row: 0, token: 3, total: 5 },
			{ row: 1, token: 1, total: 5 },
			{ row: 0, token: 0, total: 1 },
			{ row: 1, token: 0, total: 1 }
		]);
	});
});
