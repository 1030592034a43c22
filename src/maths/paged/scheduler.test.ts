import { describe, expect, it } from 'vitest';
import batching from '../../../tests/golden/batching.json';
import chunked from '../../../tests/golden/chunked_prefill.json';
import { stream } from '../rng.ts';
import { blocksFor } from './blocks-for.ts';
import { POLICIES } from './reserve.ts';
import type { Request } from './request.ts';
import { statusAt, type Run, type Setup } from './run.ts';
import { simulate } from './scheduler.ts';
import { chatRequests, customRequests, randomRequests, sharedPrefixRequests } from './workload.ts';

const roomy: Omit<Setup, 'requests'> = {
	limits: { maxBatch: 256, batching: 'continuous', preemption: 'recompute', tokenBudget: 0 },
	policy: 'paged',
	blocks: 5000,
	blockSize: 16,
	prefixCaching: false,
	maxLen: 4096
};

describe('static and continuous batching', () => {
	it.each(batching)('outputs $output_lengths, batch $max_batch', (c) => {
		const requests = customRequests(c.output_lengths.map((output) => [3, output]));
		const total = c.output_lengths.reduce((a, b) => a + b, 0);
		for (const kind of ['static', 'continuous'] as const) {
			const run = simulate({ ...roomy, requests, limits: { ...roomy.limits, maxBatch: c.max_batch, batching: kind } });
			expect(run.iterations).toBe(c[`${kind}_iterations`]);
			expect(run.finish).toEqual(c[`${kind}_finish`]);
			const stepped = run.moments.reduce((sum, moment) => sum + moment.stepped, 0);
			expect(stepped).toBe(total);
			expect(stepped / (run.iterations * c.max_batch)).toBeCloseTo(c[`${kind}_utilisation`], 12);
		}
	});
});

/** What went through the model in an iteration, as the reference writes it. */
function work(run: Run, iteration: number): [string, number, number][] {
	const out: [string, number, number][] = [];
	for (let i = 0; i < run.log.length; i++) {
		if (run.log.iteration(i) !== iteration) continue;
		const [op, request] = [run.log.op(i), run.sequences[run.log.sequence(i)]!.request];
		if (op === 'prefill') out.push(['P', request, run.log.value(i)]);
		else if (['append', 'grow', 'copy'].includes(op) && !out.some(([what, who]) => what === 'P' && who === request))
			out.push(['D', request, 1]);
	}
	return out;
}

describe('chunked prefill', () => {
	it.each(chunked)('$requests with $token_budget tokens an iteration', (c) => {
		const requests = customRequests(c.requests as [number, number][]);
		const run = simulate({ ...roomy, requests, limits: { ...roomy.limits, tokenBudget: c.token_budget } });
		expect(run.moments.map(({ iteration, tokens }) => ({ tokens, work: work(run, iteration) }))).toEqual(c.iterations);
	});
});

/** A random small world, tight enough for preemptions. */
function randomSetup(seed: number): Setup {
	const random = stream(seed);
	const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
	const int = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
	const samples = pick([1, 1, 1, 2, 3, 4]);
	const output = int(1, 20);
	const row = () => Array.from({ length: samples }, () => int(0, samples - 1));
	const beams = samples > 1 && random() < 0.5 ? { parents: Array.from({ length: output - 1 }, row) } : {};
	const requests: readonly Request[] = pick([
		() => customRequests(Array.from({ length: int(1, 8) }, () => [int(1, 40), int(1, 30)])),
		() =>
			Array.from({ length: int(1, 5) }, (_, i) => ({ name: `${i}`, prompt: int(1, 20), output, arrival: int(1, 9), samples, ...beams })),
		() => sharedPrefixRequests({ count: int(1, 6), shared: int(1, 30), prompt: int(1, 9), output: int(1, 12) }),
		() => chatRequests({ chats: int(1, 3), turns: int(1, 4), prompt: int(1, 9), output: int(1, 9), pause: int(0, 4) }),
		() => randomRequests({ count: int(1, 25), lengths: 'alpaca', rate: pick([0, 0.3, 2]), maxLen: 128, seed })
	])();
	return {
		requests,
		limits: {
			maxBatch: int(1, 12),
			batching: pick(['continuous', 'continuous', 'static']),
			preemption: pick(['swap', 'recompute']),
			tokenBudget: pick([0, 0, int(1, 40)])
		},
		policy: pick(['paged', 'paged', 'paged', ...POLICIES]),
		blocks: int(4, 60),
		blockSize: int(1, 9),
		prefixCaching: random() < 0.6,
		maxLen: 128
	};
}

function check(run: Run, ops: number): void {
	const { setup, log } = run;
	const memory = log.stateAt(ops);
	const refs = memory.refCounts();
	const places = memory.places();
	const counted = new Int32Array(setup.blocks);
	for (const { table } of places) for (const [block] of table) counted[block]!++;
	expect([...refs]).toEqual([...counted]); // reference counts = table entries
	const free = [...memory.freeList()];
	expect(new Set(free).size).toBe(free.length);
	expect(free.every((block) => refs[block] === 0)).toBe(true); // none both free and used
	const live = [...refs].filter((count) => count > 0).length;
	expect(free.length + live).toBe(setup.blocks); // conserved
	expect(memory.usedBlocks).toBe(live);
	if (setup.policy === 'paged') expect(memory.freeBlocks).toBe(free.length);
	const { used, reserved, internal, external, free: rest } = memory.waste(false);
	expect(used + reserved + internal + external + rest).toBe(setup.blocks * setup.blockSize);
	expect(Math.min(used, reserved, internal, external, rest)).toBeGreaterThanOrEqual(0);
	const filled = memory.filled();
	expect([...refs.keys()].reduce((sum, block) => sum + (refs[block]! > 0 ? filled[block]! : 0), 0)).toBe(used);
	if (setup.policy !== 'paged') return;
	expect(external).toBe(0);
	for (const { tokens, table } of places) {
		expect(table.length).toBe(blocksFor(tokens, setup.blockSize));
		expect(table.reduce((sum, [, n]) => sum + n, 0)).toBe(tokens);
		expect(table.length * setup.blockSize - tokens).toBeLessThan(setup.blockSize); // waste of a sequence
	}
	expect(reserved + internal).toBeLessThanOrEqual(places.length * (setup.blockSize - 1));
}

describe('invariants over random workloads', () => {
	it('blocks, counts and tokens are conserved, and everybody ends', () => {
		const seen = new Set<string>();
		let preemptions = 0;
		for (let seed = 0; seed < 160; seed++) {
			const setup = randomSetup(seed);
			const run = simulate(setup);
			preemptions += run.preemptions;
			const random = stream(seed + 1_000_000);
			for (let i = 0; i < run.log.length; i++) seen.add(run.log.op(i));
			for (let i = 0; i < 6; i++) check(run, Math.floor(random() * (run.log.length + 1)));
			for (let ops = 0; ops <= Math.min(25, run.log.length); ops++) check(run, ops);
			expect(run.log.stateAt(run.log.length).places()).toEqual([]); // all is given back
			setup.requests.forEach((request, r) => {
				const status = statusAt(run.changes[r]!, run.log.length);
				const rejected = status === 'rejected';
				expect(rejected ? 0 : run.finish[r]).toBe(rejected ? 0 : Math.max(1, run.finish[r]!));
				expect(['finished', 'rejected']).toContain(status);
				// Nothing is lost at a preemption: who finishes has had every token of its output, once.
				const steps = new Map<number, number>();
				for (let i = 0; i < run.log.length; i++) {
					if (run.sequences[run.log.sequence(i)]!.request !== r || !['append', 'grow', 'copy'].includes(run.log.op(i))) continue;
					steps.set(run.log.iteration(i), (steps.get(run.log.iteration(i)) ?? 0) + 1);
				}
				if (!rejected) expect([...steps.values()]).toEqual(Array.from({ length: request.output }, () => request.samples));
			});
		}
		expect(preemptions).toBeGreaterThan(20);
		expect([...seen].sort()).toEqual(
			[
				'append',
				'arrive',
				'copy',
				'drop',
				'evict',
				'finish',
				'fork',
				'full',
				'grow',
				'hit',
				'preempt',
				'prefill',
				'reject',
				'swapIn',
				'swapOut',
				'wait'
			].sort()
		);
	});
	it('the state after any operation is the same whichever way one comes to it', () => {
		for (let seed = 0; seed < 60; seed++) {
			const run = simulate(randomSetup(seed));
			const forward: string[] = [];
			const print = (ops: number) => {
				const memory = run.log.stateAt(ops);
				return JSON.stringify([
					memory.places(),
					[...memory.freeList()],
					[...memory.refCounts()],
					[...memory.cached()],
					[...memory.filled()]
				]);
			};
			for (let ops = 0; ops <= run.log.length; ops += 7) forward.push(print(ops));
			for (let i = forward.length - 1; i >= 0; i--) expect(print(i * 7)).toBe(forward[i]);
		}
	});
});

describe('rules', () => {
	it('out of blocks, the request admitted last is preempted and comes back first', () => {
		const setup = {
			...roomy,
			requests: customRequests([
				[4, 8],
				[4, 8],
				[4, 2]
			]),
			blocks: 4,
			blockSize: 4,
			limits: { ...roomy.limits }
		};
		const run = simulate(setup);
		const events = Array.from({ length: run.log.length }, (_, i) => `${run.log.op(i)} ${run.sequences[run.log.sequence(i)]!.name}`);
		expect(events.filter((event) => /full|preempt/.test(event))).toEqual(['full A', 'preempt B']);
		expect(run.finish[0]! < run.finish[1]! && run.finish[1]! <= run.finish[2]!).toBe(true);
	});
	it('swapping keeps what is shared shared, and computes nothing again', () => {
		const requests = [
			{ name: 'A', prompt: 8, output: 12, arrival: 1, samples: 1 },
			{ name: 'B', prompt: 7, output: 6, arrival: 1, samples: 2 }
		];
		const run = simulate({ ...roomy, requests, blocks: 8, blockSize: 4, limits: { ...roomy.limits, preemption: 'swap' } });
		const ops = Array.from({ length: run.log.length }, (_, i) => i);
		const [out, back] = [ops.find((i) => run.log.op(i) === 'swapOut')!, ops.find((i) => run.log.op(i) === 'swapIn')!];
		const shape = (at: number) =>
			run.log
				.stateAt(at)
				.refCounts()
				.filter((n) => n > 0)
				.sort();
		const held = run.log.stateAt(out).usedBlocks - run.log.stateAt(out + 1).usedBlocks;
		expect(run.log.value(back)).toBe(held);
		expect([...shape(back + 1)].filter((n) => n === 2)).toEqual([2]);
		expect(ops.filter((i) => run.log.op(i) === 'prefill')).toHaveLength(2);
	});
	it('the next turn of a chat finds the whole conversation but its unfinished block', () => {
		const run = simulate({
			...roomy,
			requests: chatRequests({ chats: 1, turns: 3, prompt: 6, output: 7, pause: 0 }),
			blocks: 30,
			blockSize: 4,
			prefixCaching: true
		});
		const hits = Array.from({ length: run.log.length }, (_, i) => i).filter((i) => run.log.op(i) === 'hit');
		expect(hits.map((i) => run.log.value(i))).toEqual([12, 24]); // 13 and 26 tokens were there
	});
	it('one request of a small batch is 7 for contiguous-max in the memory of OPT-13B', () => {
		const requests = randomRequests({ count: 60, lengths: 'sharegpt', rate: 0, maxLen: 2048, seed: 1 });
		const setup = { ...roomy, requests, blocks: 983, maxLen: 2048 };
		const peak = (policy: Setup['policy']) => Math.max(...simulate({ ...setup, policy }).moments.map(({ running }) => running));
		expect(peak('contiguous-max')).toBe(7); // PagedAttention, Fig. 13
		expect(peak('contiguous-pow2')).toBeGreaterThan(7);
		expect(peak('paged')).toBeGreaterThan(peak('contiguous-oracle'));
	});
});
