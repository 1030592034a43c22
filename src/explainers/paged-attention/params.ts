/** The parameters of the figure: names, ranges and starting values are public (they stand in links and exports). */
import { flag, float, int, oneOf, optional, text, type Param, type Params } from '#kit/params/schema.ts';
import { modelParam } from '#kit/runtime/site-models.ts';
import { POLICIES } from '#maths/paged/reserve.ts';
import { requestList } from './request-list.ts';

export const SCENES = [
	'single',
	'several',
	'parallel',
	'beam',
	'prefix',
	'multiturn',
	'workload',
	'paper-fig6',
	'paper-fig8',
	'paper-fig9',
	'custom'
] as const;
export type Scene = (typeof SCENES)[number];

export const PROMPT_A = 'Once upon a time, there was a little girl';
export const PROMPT_B = 'One day, Tom saw a big dog';

/** The same parameter, with random values (for tests) that are no longer than `most`: a run of thousands of requests takes a second. */
const modest = (param: Param<number>, most: number): Param<number> => ({
	...param,
	random: (random) => (param.min ?? 0) + Math.floor(random() * (most + 1 - (param.min ?? 0)))
});

export const params = {
	scene: oneOf(SCENES, 'several'),
	blockSize: int(1, 256, 4, 32),
	blocks: optional(modest(int(1, 20_000, 1, 128), 128)),
	requests: requestList(256, { prompt: 100_000, output: 4096 }, [
		[7, 9],
		[5, 14],
		[11, 6]
	]),
	samples: int(1, 8, 2),
	policy: oneOf(POLICIES, 'paged'),
	versus: oneOf(['none', ...POLICIES], 'contiguous-max'),
	maxLen: optional(modest(int(2, 131_072, 2, 2048), 2048)),
	preemption: oneOf(['swap', 'recompute'], 'recompute'),
	prefixCaching: flag(true),
	batching: oneOf(['continuous', 'static'], 'continuous'),
	maxBatch: int(1, 4096, 256, 64),
	/** Tokens of an iteration at most (chunked prefill); 0: prompts are taken whole. */
	tokenBudget: modest(int(0, 65_536, 0, 512), 64),
	/** Random workload: whose lengths, how many requests, how many arrive in an iteration on average (0: all at once). */
	lengths: oneOf(['sharegpt', 'alpaca'], 'sharegpt'),
	count: modest(int(1, 2000, 200, 500), 12),
	rate: float(0, 100, 0, 0.01, 5),
	/** Tokens that the prompts of scene prefix share; turns of a chat. */
	prefix: modest(int(1, 4096, 18, 64), 64),
	turns: int(1, 8, 3),
	seed: int(0, 2_147_483_647, 0, 100),
	/** Whether a step is every token, every event of a block, or a whole iteration. */
	grain: oneOf(['auto', 'token', 'event', 'iteration'], 'auto'),
	/** custom: lengths as given; model: the page's model writes the tokens. */
	source: oneOf(['custom', 'model'], 'custom'),
	model: modelParam(),
	promptA: text(400, PROMPT_A),
	promptB: text(400, PROMPT_B),
	/** Tokens that the model writes for each sample. */
	write: int(1, 64, 10, 32)
} as const;

export type PagedParams = Params<typeof params>;

/** Scenes whose tokens the model can write. */
export const WRITTEN: readonly Scene[] = ['single', 'several', 'parallel', 'beam'];
export const isWritten = (p: Pick<PagedParams, 'source' | 'scene'>): boolean => p.source === 'model' && WRITTEN.includes(p.scene);
