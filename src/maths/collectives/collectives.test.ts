import { describe, expect, it } from 'vitest';
import golden from '../../../tests/golden/collectives.json';
import { stream } from '../rng.ts';
import { ringBytes, ringFactor, ringSeconds, ringSteps } from './cost.ts';
import { applyContributions, COLLECTIVES, contributions, replay, ringAllReduce, ringReduceScatter, ringTrace } from './ring.ts';

const traces = golden.filter((c) => c.steps !== undefined);
const times = golden.filter((c) => c.alpha !== undefined);
const random = stream(11);
const buffers = (n: number) => Array.from({ length: n }, () => Array.from({ length: n }, () => Math.floor(random() * 1000)));

describe('ring all-reduce', () => {
	it.each(traces.map((c) => [`of ${c.N}`, c] as const))('%s', (_, c) => {
		const trace = ringAllReduce(c.N);
		expect(trace.length).toBe(c.steps);
		if (c.trace) expect(trace).toEqual(c.trace);
		expect(ringFactor('all-reduce', c.N)).toBeCloseTo(c.bytes_sent_per_rank_over_S, 12);
		// Whose sum is whole after the reduce-scatter.
		let held = contributions('reduce-scatter', c.N);
		for (const step of ringReduceScatter(c.N)) held = applyContributions(held, step);
		expect(held.map((chunks) => chunks.findIndex((ranks) => ranks.length === c.N))).toEqual(c.owner_after_reduce_scatter);
	});
	it('replays to the sum, for every number of ranks', () => {
		for (let n = 1; n <= 17; n++) {
			const before = buffers(n);
			const sums = before[0]!.map((_, chunk) => before.reduce((sum, row) => sum + row[chunk]!, 0));
			const states = replay(before, ringAllReduce(n));
			expect(states.length).toBe(2 * (n - 1) + 1);
			for (const row of states.at(-1)!) expect(row).toEqual(sums);
			const scattered = replay(before, ringReduceScatter(n)).at(-1)!;
			for (const [r, row] of scattered.entries()) expect(row[(r + 1) % n]).toBe(sums[(r + 1) % n]);
			const gathered = replay(before, ringTrace('all-gather', n)).at(-1)!;
			for (const row of gathered) expect(row).toEqual(before.map((own, r) => own[r]));
		}
	});
	it('adds nothing twice, and every rank sends and receives one chunk a step', () => {
		for (const kind of COLLECTIVES)
			for (const n of [1, 2, 3, 5, 8]) {
				let held = contributions(kind, n);
				for (const step of ringTrace(kind, n)) {
					expect(new Set(step.sends.map((s) => s.src)).size).toBe(n);
					expect(new Set(step.sends.map((s) => s.dst)).size).toBe(n);
					for (const s of step.sends) expect(s.dst).toBe((s.src + 1) % n);
					held = applyContributions(held, step);
					for (const row of held) for (const ranks of row) expect(new Set(ranks).size).toBe(ranks.length);
				}
			}
	});
	it('sends the bytes of the formula', () => {
		for (const kind of COLLECTIVES)
			for (const n of [1, 2, 4, 7, 64]) {
				const sent = ringTrace(kind, n).reduce((sum, step) => sum + step.sends.filter((s) => s.src === 0).length, 0);
				expect(sent / n).toBeCloseTo(ringFactor(kind, n), 12);
				expect(ringTrace(kind, n).length).toBe(ringSteps(kind, n));
				expect(ringBytes(kind, n, 640)).toBeCloseTo((sent / n) * 640, 9);
			}
	});
});

describe('time of a collective', () => {
	it.each(times.map((c) => [`${c.N} ranks, ${c.bytes} bytes`, c] as const))('%s', (_, c) => {
		const seconds = (kind: Parameters<typeof ringSeconds>[0]) => ringSeconds(kind, c.N, c.bytes, c.bandwidth, c.alpha);
		expect(seconds('all-reduce')).toBeCloseTo(c.allreduce_s, 12);
		expect(seconds('reduce-scatter')).toBeCloseTo(c.reducescatter_s, 12);
		expect(seconds('all-gather')).toBeCloseTo(c.allgather_s, 12);
		expect(seconds('all-to-all')).toBeCloseTo(c.alltoall_s, 12);
		expect(ringSeconds('broadcast', c.N, c.bytes, c.bandwidth)).toBeCloseTo(c.broadcast_s_bandwidth_only, 12);
	});
});
