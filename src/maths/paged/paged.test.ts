import { describe, expect, it } from 'vitest';
import golden from '../../../tests/golden/paged.json';
import { stream } from '../rng.ts';
import { blocksFor, emptySlots } from './blocks-for.ts';
import { Buddy } from './buddy.ts';
import { contentOf } from './content.ts';
import type { Plan } from './memory.ts';
import { PagedMemory } from './paged-memory.ts';
import { paperFigure6, paperFigure8, paperFigure9 } from './paper.ts';
import { prefixHit } from './prefix-hit.ts';
import { reserve } from './reserve.ts';
import type { Run } from './run.ts';

const cases = golden as unknown as (Record<string, unknown> & { case: string })[];
const named = <T>(name: string): T[] => cases.filter((c) => c.case === name) as unknown as T[];
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows what its case looks like
const one = <T>(name: string): T => named<T>(name)[0]!;

const tables = (run: Run, ops = run.log.length) =>
	Object.fromEntries(
		run.log
			.stateAt(ops)
			.places()
			.map(({ sequence, table }) => [run.sequences[sequence]!.name, table.map((entry) => [...entry])])
	);
const blocksOf = (run: Run, ops?: number) =>
	Object.fromEntries(Object.entries(tables(run, ops)).map(([name, table]) => [name, table.map(([block]) => block)]));

describe('block arithmetic', () => {
	it.each(named<{ tokens: number; block_size: number; blocks: number; waste_slots: number; utilisation: number }>('blocks'))(
		'$tokens tokens in blocks of $block_size',
		(c) => {
			expect(blocksFor(c.tokens, c.block_size)).toBe(c.blocks);
			expect(emptySlots(c.tokens, c.block_size)).toBe(c.waste_slots);
			expect(c.tokens / (c.blocks * c.block_size)).toBe(c.utilisation);
		}
	);
	it.each(named<Record<'prompt_tokens' | 'common_prefix_cached' | 'block_size' | 'hit_tokens' | 'to_compute', number>>('vllm_prefix_hit'))(
		'prefix hit of $prompt_tokens tokens, $common_prefix_cached of them cached',
		(c) => {
			const hit = prefixHit(c.prompt_tokens, c.common_prefix_cached, c.block_size);
			expect([hit, c.prompt_tokens - hit]).toEqual([c.hit_tokens, c.to_compute]);
			// The block manager finds as much as the formula says.
			const common = Array.from({ length: c.common_prefix_cached }, (_, i) => i);
			const rest = Array.from({ length: c.prompt_tokens - common.length }, (_, i) => 100_000 + i);
			const tokens = [
				[...common, 99_999],
				[...common, ...rest]
			];
			const plan: Plan = (s) => ({ request: s, content: contentOf(tokens[s]!), reserve: 0, final: 0 });
			const memory = new PagedMemory({ blocks: 1000, blockSize: c.block_size, plan, caching: true });
			memory.open(0, tokens[0]!.length);
			memory.extend(0, tokens[0]!.length);
			expect(memory.open(1, c.prompt_tokens)).toBe(hit);
		}
	);
	it.each(
		named<
			Record<'prompt' | 'true_output' | 'max_len' | 'orca_max' | 'orca_pow2' | 'orca_oracle' | 'vllm_at_end' | 'vllm_at_start', number>
		>('reservation policies')
	)('reservation of $prompt + $true_output of $max_len', (c) => {
		const set = (policy: Parameters<typeof reserve>[0]) => reserve(policy, c.prompt, c.true_output, c.max_len);
		expect([set('contiguous-max'), set('contiguous-pow2'), set('contiguous-oracle')]).toEqual([c.orca_max, c.orca_pow2, c.orca_oracle]);
		expect(16 * blocksFor(c.prompt + c.true_output, 16)).toBe(c.vllm_at_end);
		expect(16 * blocksFor(c.prompt, 16)).toBe(c.vllm_at_start);
	});
	it('Fig. 3: what two reservations hold', () => {
		const { requests } = one<{
			requests: { max_len: number; prompt: number; generated: number; future_reserved: number; never_used: number }[];
		}>('paper fig 3 contiguous');
		for (const r of requests) {
			const set = reserve('contiguous-max', r.prompt, r.generated + r.future_reserved, r.max_len);
			expect(set - r.prompt - r.generated - r.future_reserved).toBe(r.never_used);
		}
	});
});

describe('figures of the paper', () => {
	it('Fig. 6', () => {
		const run = paperFigure6();
		const want = one<{ events: { table: number[][] }[] }>('paper fig 6').events;
		expect(run.moments.map(({ ops }) => tables(run, ops)['A'])).toEqual(want.map(({ table }) => table));
	});
	it('Fig. 8', () => {
		const run = paperFigure8();
		const c = one<{
			shared_blocks: number[];
			final: { A1: number[]; A2: number[]; ref: Record<string, number> };
			blocks_used: number;
			blocks_without_sharing: number;
		}>('paper fig 8 copy-on-write');
		expect(blocksOf(run, run.moments[0]!.ops)).toEqual({ A1: c.shared_blocks, A2: c.shared_blocks });
		expect([...run.log.stateAt(3).refCounts()].filter((n) => n > 0)).toEqual([2, 2]);
		expect(blocksOf(run)).toEqual({ A1: c.final.A1, A2: c.final.A2 });
		const refs = run.log.stateAt(run.log.length).refCounts();
		for (const [block, count] of Object.entries(c.final.ref)) expect(refs[Number(block)]).toBe(count);
		expect(run.log.stateAt(run.log.length).usedBlocks).toBe(c.blocks_used);
		expect(Object.values(blocksOf(run)).flat().length).toBe(c.blocks_without_sharing);
	});
	it('Fig. 9', () => {
		const run = paperFigure9();
		const c = one<
			Record<'before' | 'after', Record<string, number[]>> &
				Record<'physical_before' | 'physical_after' | 'logical_after', number> & { freed: number[] }
		>('paper fig 9 beam k=4');
		expect(blocksOf(run, run.prologue)).toEqual(c.before);
		expect(run.log.stateAt(run.prologue).usedBlocks).toBe(c.physical_before);
		expect([...run.log.stateAt(run.prologue + 4).freeList()].slice(-4).sort()).toEqual(c.freed);
		expect(blocksOf(run)).toEqual(c.after);
		expect(run.log.stateAt(run.log.length).usedBlocks).toBe(c.physical_after);
		expect(Object.values(blocksOf(run)).flat()).toHaveLength(c.logical_after);
	});
});

interface Trace {
	case: string;
	block_size: number;
	num_blocks: number;
	events: {
		event: [string, string, (number[] | number)?];
		ok: boolean;
		cached_tokens?: number;
		tables: Record<string, number[]>;
		ref: number[];
		free: number[];
	}[];
}
describe('traces of a block manager, block for block', () => {
	it.each(cases.filter((c) => c.case.startsWith('trace')) as unknown as Trace[])('$case', (trace) => {
		const tokens: number[][] = [];
		const names: string[] = [];
		const plan: Plan = (s) => ({ request: s, content: contentOf(tokens[s]!), reserve: 0, final: 0 });
		const memory = new PagedMemory({ blocks: trace.num_blocks, blockSize: trace.block_size, plan, caching: true });
		for (const { event, ok, cached_tokens, tables: wantTables, ref, free } of trace.events) {
			const [what, name, given] = event;
			let done = true;
			if (what === 'add') {
				names.push(name);
				tokens.push(given as number[]);
				const id = names.length - 1;
				const n = tokens[id]!.length;
				done = memory.admits(id, n, 1, false);
				if (done) {
					const hit = memory.open(id, n);
					expect(hit).toBe(cached_tokens);
					memory.extend(id, n - hit);
				}
			} else {
				const id = names.lastIndexOf(name);
				if (what === 'gen') tokens[id]!.push(given as number);
				if (what === 'free') memory.close(id);
				else {
					done = memory.next(id) !== 'full';
					if (done) memory.extend(id, 1);
				}
			}
			expect(done).toBe(ok);
			const got: Record<string, number[]> = Object.fromEntries(
				memory.places().map(({ sequence, table }) => [names[sequence]!, table.map(([block]) => block)])
			);
			expect(got).toEqual(wantTables);
			expect([...memory.refCounts()]).toEqual(ref);
			expect([...memory.freeList()]).toEqual(free);
		}
	});
});

describe('the buddy allocator', () => {
	it('cuts, merges and never hands out a slot twice', () => {
		for (let seed = 0; seed < 20; seed++) {
			const random = stream(seed);
			const slots = 1 + Math.floor(random() * 3000);
			const start = [...new Buddy(slots).free].sort((a, b) => a[0] - b[0]);
			const buddy = new Buddy(slots);
			const held: { at: number; n: number }[] = [];
			for (let i = 0; i < 300; i++) {
				if (random() < 0.6) {
					const n = 1 + Math.floor(random() * 200);
					const at = buddy.take(n);
					if (at !== -1) held.push({ at, n });
				} else if (held.length > 0) {
					const [gone] = held.splice(Math.floor(random() * held.length), 1);
					buddy.give(gone!.at, gone!.n);
				}
				const size = (n: number) => 2 ** Math.ceil(Math.log2(n));
				const chunks = [...held.map(({ at, n }) => [at, size(n)] as const), ...buddy.free].sort((a, b) => a[0] - b[0]);
				expect(chunks.reduce((at, [from, n]) => (from === at ? at + n : NaN), 0)).toBe(slots);
			}
			for (const { at, n } of held) buddy.give(at, n);
			expect([...buddy.free].sort((a, b) => a[0] - b[0])).toEqual(start);
		}
	});
	it('takes the smallest fitting chunk, the lowest of those', () => {
		const buddy = new Buddy(32 + 8);
		expect([buddy.take(5), buddy.take(3), buddy.take(9), buddy.take(17)]).toEqual([32, 0, 16, -1]);
	});
});
