import type { Family } from '#maths/paged/log.ts';
import type { Memory, Plan, SequencePlan } from '#maths/paged/memory.ts';
import { ContiguousMemory } from '#maths/paged/contiguous-memory.ts';
import { PagedMemory } from '#maths/paged/paged-memory.ts';
import { reserve } from '#maths/paged/reserve.ts';
import type { Sequence, Setup } from '#maths/paged/run.ts';

/** Numbers the sequences of all requests, tells the memory about them, and makes it. */
export function prepare(setup: Setup): { memory: Memory; family: Family; sequences: readonly Sequence[]; first: readonly number[] } {
	const sequences: Sequence[] = [];
	const plans: SequencePlan[] = [];
	const first: number[] = [];
	setup.requests.forEach((request, r) => {
		first.push(sequences.length);
		const pieces = request.pieces ?? [{ id: `p${r}`, length: request.prompt }];
		for (let sample = 0; sample < request.samples; sample++) {
			const own = request.parents !== undefined ? {} : { own: sample === 0 ? (request.own ?? `o${r}`) : `o${r}.${sample}` };
			plans.push({
				request: r,
				content: { pieces, ...own },
				reserve: setup.policy === 'paged' ? 0 : reserve(setup.policy, request.prompt, request.output, setup.maxLen),
				final: request.prompt + request.output
			});
			const name = request.samples === 1 ? request.name : (request.sampleNames?.[sample] ?? `${request.name}${sample + 1}`);
			sequences.push({ request: r, sample, name });
		}
	});
	const plan: Plan = (sequence) => plans[sequence]!;
	const { blocks, blockSize, prefixCaching: caching, order } = setup;
	const paged = { blocks, blockSize, plan, caching, ...(order === undefined ? {} : { order }) };
	return {
		memory: setup.policy === 'paged' ? new PagedMemory(paged) : new ContiguousMemory({ blocks, blockSize, plan }),
		family: (sequence) => {
			const from = first[plans[sequence]!.request]!;
			return { first: from, end: from + setup.requests[plans[sequence]!.request]!.samples };
		},
		sequences,
		first
	};
}
