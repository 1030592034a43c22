/** The words of the figure in English. */
import { int, many, n, s, type Values } from '#kit/text/values.ts';
import { number, percent } from '#kit/text/format.ts';
import { captions, why } from './sentences.en.ts';

const policies: Readonly<Record<string, string>> = {
	paged: 'paged',
	'contiguous-max': 'reserve max',
	'contiguous-pow2': 'reserve 2ⁿ',
	'contiguous-oracle': 'oracle'
};
const policy = (v: Values): string => policies[s(v, 'policy')] ?? s(v, 'policy');

export const en = {
	captions,
	why,
	facts: {
		utilisation: 'of the taken memory holds tokens',
		internalFragmentation: 'set aside and never used',
		externalFragmentation: 'nobody’s, and of no use',
		reserved: 'set aside for later tokens',
		blocksInUse: 'blocks in use',
		blocksSaved: 'blocks saved by sharing',
		running: 'requests running',
		waiting: 'requests waiting',
		preemptions: 'preemptions in the whole run',
		iterations: 'iterations for everything',
		throughput: 'drawn in each iteration',
		batchUse: 'of the batch’s rows draw a token'
	},
	notes: {
		slots: (v: Values) => `${int(v, 'part')} of ${many(v, 'all', 'slot')}`,
		average: () => 'average over the run',
		versus: (v: Values) => `average over the run; ${policy(v)}: ${percent(n(v, 'share'))}`,
		versusCount: (v: Values) => `${policy(v)}: ${int(v, 'n')}`,
		versusNumber: (v: Values) => `${policy(v)}: ${number(n(v, 'n'))}`,
		ofBlocks: (v: Values) => `of ${int(v, 'blocks')}`,
		saved: (v: Values) => `${percent(n(v, 'share'))} of ${int(v, 'logical')} table entries`,
		soFar: (v: Values) => `${int(v, 'n')} so far`,
		batch: (v: Values) => `rows: ${int(v, 'rows')}`
	},
	marks: {
		start: 'start',
		arrive: 'arrival',
		reject: 'refused',
		wait: 'waits',
		hit: 'prefix hit',
		prefill: 'prefill',
		evict: 'eviction',
		append: 'token',
		appends: 'tokens',
		grow: 'new block',
		copy: 'copy on write',
		fork: 'fork',
		drop: 'dropped',
		full: 'out of blocks',
		preempt: 'preempted',
		swapOut: 'swapped out',
		swapIn: 'swapped in',
		finish: 'finished',
		iteration: 'iteration'
	},
	params: {
		scene: 'Scene',
		blockSize: 'Block size (tokens)',
		blocks: 'Blocks',
		requests: 'Requests (prompt+output)',
		samples: 'Samples or beams',
		policy: 'Memory',
		versus: 'Beside it',
		maxLen: 'Greatest length',
		preemption: 'Preemption by',
		prefixCaching: 'Prefix caching',
		batching: 'Batching',
		maxBatch: 'Sequences at once',
		tokenBudget: 'Tokens an iteration',
		lengths: 'Lengths like',
		count: 'Requests',
		rate: 'Arrivals an iteration',
		prefix: 'Shared prefix (tokens)',
		turns: 'Turns of a chat',
		seed: 'Seed',
		grain: 'A step is',
		source: 'Tokens',
		model: 'Model',
		promptA: 'Prompt A',
		promptB: 'Prompt B',
		write: 'Tokens to write'
	},
	values: {
		single: 'one request',
		several: 'several',
		parallel: 'samples',
		beam: 'beams',
		prefix: 'shared prefix',
		multiturn: 'chat',
		workload: 'workload',
		'paper-fig6': 'paper, Fig. 6',
		'paper-fig8': 'Fig. 8',
		'paper-fig9': 'Fig. 9',
		custom: 'own requests',
		...policies,
		none: 'nothing',
		swap: 'swapping',
		recompute: 'recomputing',
		continuous: 'continuous',
		static: 'static',
		sharegpt: 'ShareGPT',
		alpaca: 'Alpaca',
		auto: 'automatic',
		token: 'a token',
		event: 'a block event',
		iteration: 'an iteration',
		'source.custom': 'lengths only',
		'source.model': 'the model writes',
		'tokenBudget=0': 'no limit',
		'rate=0': 'all at once',
		requestsGroup: 'Requests',
		scheduler: 'Scheduler',
		random: 'Random workload',
		steps: 'Steps',
		main: 'Scene',
		size: 'Memory'
	} as Readonly<Record<string, string>>,
	views: {
		opening: 'Two prompts in blocks',
		fig6: 'Paper, Fig. 6: blocks 7, 1, 3',
		fig8: 'Paper, Fig. 8: copy on write',
		fig9: 'Paper, Fig. 9: beams',
		parallel: 'Three samples of one prompt',
		beam: 'Four real beams',
		prefix: 'A shared system prompt',
		multiturn: 'A chat of three turns',
		recompute: 'Out of blocks: recompute',
		swap: 'Out of blocks: swap',
		reservation: 'Reserving the maximum',
		pow2: 'Reserving powers of two',
		static: 'Static batching',
		continuous: 'Continuous batching',
		chunked: 'Chunked prefill',
		sharegpt: '200 ShareGPT-like requests on one GPU',
		alpaca: '400 Alpaca-like requests',
		thousands: '2,000 requests, 10,000 blocks'
	},
	problems: {
		paper: () => 'The paper drew this figure with paged blocks of 4 tokens; its block numbers hold for these alone.',
		tooLong: (v: Values) =>
			`${s(v, 'name')} needs ${many(v, 'length', 'token')}, more than the greatest length of ${int(v, 'maxLen')}; it is refused.`,
		tooFew: (v: Values) =>
			`${s(v, 'name')} needs ${many(v, 'wanted', 'block')} and there ${n(v, 'blocks') === 1 ? 'is' : 'are'} ${int(v, 'blocks')}; it can never run.`
	},
	statuses: {
		waiting: 'waiting',
		prefill: 'its prompt is computed',
		decode: 'draws a token',
		preempted: 'preempted',
		swapped: 'in CPU memory',
		padding: 'done, and kept by its static batch',
		finished: 'finished',
		rejected: 'refused',
		absent: 'not there yet'
	} as Readonly<Record<string, string>> & { readonly absent: string },
	looks: { wait: 'waits', prefill: 'prefill', decode: 'decode', lost: 'preempted', padding: 'idle in the batch' },
	slots: { used: 'holds a token', reserved: 'reserved', internal: 'internal waste', external: 'external' },
	view: {
		logical: 'Logical blocks → block table',
		physical: 'Physical blocks',
		memory: 'Memory, in slots',
		waste: 'Where the memory goes',
		timeline: 'Requests over iterations',
		timelineShort: 'Requests',
		nobody: 'Nobody is here.',
		curve: 'Share of the memory: holds a token (area), taken (line)',
		curveShort: 'Memory: area used, line taken',
		blocks: (v: Values) => `${int(v, 'n')} × ${many(v, 'B', 'token')}`,
		free: (v: Values) => `Free list (${int(v, 'n')}), next first:`,
		more: (v: Values) => `… and ${many(v, 'n', 'more sequence', 'more sequences')}`,
		ofSlots: (v: Values) => `of ${many(v, 'n', 'slot')}`,
		use: (v: Values) => `${s(v, 'share')} used`,
		curveVersus: (v: Values) => `Share of the memory: holds a token (area), taken (line); dashed: ${s(v, 'policy')}, holds a token`,
		mapLine: (v: Values) => `${int(v, 'free')} free (${int(v, 'cached')} of them cached), ${int(v, 'shared')} shared`,
		map: (v: Values) =>
			`Map of ${int(v, 'blocks')} blocks: ${int(v, 'held')} held, ${int(v, 'shared')} shared, ${int(v, 'free')} free, ${int(v, 'cached')} of them cached.`,
		timelineTable: (v: Values) => `${int(v, 'requests')} requests over ${int(v, 'iterations')} iterations; now iteration ${int(v, 'now')}.`
	},
	live: {
		none: 'No text yet: lengths alone are shown until the model writes.',
		recorded: (v: Values) => `Recorded with ${s(v, 'model')}; run the model to write your own.`
	},
	table: {
		sequence: 'sequence',
		logical: 'logical block',
		block: 'physical block',
		filled: 'slots filled',
		references: 'references',
		foot: (v: Values) => `${int(v, 'free')} blocks are free.`
	}
};
export type PagedText = typeof en;
