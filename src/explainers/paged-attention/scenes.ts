/** What each scene asks of the engine. */
import { blocksFor } from '#maths/paged/blocks-for.ts';
import { powerOfTwo } from '#maths/paged/reserve.ts';
import type { Request } from '#maths/paged/request.ts';
import type { Setup } from '#maths/paged/run.ts';
import { chatRequests, customRequests, randomRequests, sharedPrefixRequests } from '#maths/paged/workload.ts';
import { uniform } from '#maths/rng.ts';
import type { PagedData } from './data.ts';
import type { PagedParams } from './params.ts';

/** Slots for keys and values of OPT-13B on an A100 with 40 GB: 12 GiB of 819,200 bytes a token (PagedAttention, Table 1: 15.7K). */
export const OPT_13B_SLOTS = 15_728;
export const isPaper = (p: Pick<PagedParams, 'scene'>): boolean => p.scene.startsWith('paper-');

/** Survivors of a beam step when no model was asked: each place continues one drawn by the seed, early places likelier. */
function standIn(seed: number, step: number, width: number): readonly number[] {
	return Array.from({ length: width }, (_, place) => {
		const parent = Math.floor(width * uniform(seed, step, place) ** 2);
		return uniform(seed, step, place + 100) < 0.6 ? place : parent;
	});
}

function lengthsOf(p: PagedParams, data: PagedData): readonly (readonly [number, number])[] {
	if (data.texts.length === 0) return p.requests;
	return data.texts.map(({ prompt, outputs }) => [Math.max(1, prompt.length), Math.max(1, data.beams?.length ?? outputs[0]?.length ?? 1)]);
}

export function requestsOf(p: PagedParams, data: PagedData): readonly Request[] {
	const lengths = lengthsOf(p, data);
	const [prompt, output] = lengths[0]!;
	switch (p.scene) {
		case 'single':
			return customRequests([[prompt, output]]);
		case 'parallel':
			return customRequests([[prompt, output]], p.samples);
		case 'beam': {
			const rows = data.beams?.slice(1).map((step) => step.parents);
			const parents = rows ?? Array.from({ length: output - 1 }, (_, i) => standIn(p.seed, i, p.samples));
			return customRequests([[prompt, output]], p.samples).map((request) => (p.samples === 1 ? request : { ...request, parents }));
		}
		case 'prefix':
			return sharedPrefixRequests({ count: Math.max(2, lengths.length), shared: p.prefix, prompt, output });
		case 'multiturn':
			return chatRequests({ chats: lengths.length > 1 ? 2 : 1, turns: p.turns, prompt, output, pause: 1 });
		case 'workload':
			return randomRequests({ count: p.count, lengths: p.lengths, rate: p.rate, maxLen: p.maxLen ?? 2048, seed: p.seed });
		default:
			return customRequests(lengths);
	}
}

/** The greatest length when the reader leaves the choice: that of OPT for a workload, otherwise the next power of two. */
function maxLenOf(p: PagedParams, requests: readonly Request[]): number {
	if (p.maxLen !== null) return p.maxLen;
	if (p.scene === 'workload') return 2048;
	const longest = requests.reduce((most, { prompt, output }) => Math.max(most, prompt + output), 1);
	return Math.min(131_072, Math.max(16, powerOfTwo(longest)));
}

/** Blocks when the reader leaves the choice: the paper's GPU for a workload, otherwise all requests at once, or one that reserves the maximum. */
function blocksOf(p: PagedParams, requests: readonly Request[], maxLen: number): number {
	if (p.blocks !== null) return p.blocks;
	if (p.scene === 'workload') return Math.max(1, Math.floor(OPT_13B_SLOTS / p.blockSize));
	const wanted = requests.reduce((sum, r) => sum + r.samples * blocksFor(r.prompt + r.output, p.blockSize), 0);
	const shown = p.scene === 'multiturn' ? Math.ceil(wanted / 2) + 2 : wanted + 2;
	const alone = requests.reduce((most, r) => Math.max(most, blocksFor(r.samples * maxLen, p.blockSize)), 0);
	return Math.min(20_000, Math.max(8, 4 * Math.ceil(Math.max(shown, alone) / 4)));
}

/** The engine's setup for every scene but the paper's, which are scripts. */
export function setupOf(p: PagedParams, data: PagedData): Setup {
	const requests = requestsOf(p, data);
	const { maxBatch, batching, preemption, tokenBudget, policy, blockSize, prefixCaching } = p;
	const maxLen = maxLenOf(p, requests);
	return {
		...{ requests, policy, blockSize, prefixCaching, limits: { maxBatch, batching, preemption, tokenBudget } },
		blocks: blocksOf(p, requests, maxLen),
		maxLen
	};
}
