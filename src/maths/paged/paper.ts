import { Log } from '#maths/paged/log.ts';
import { prepare } from '#maths/paged/plan.ts';
import type { Op } from '#maths/paged/op.ts';
import type { Moment, Run, Setup, Status } from '#maths/paged/run.ts';

/** One operation of a script: what, to which sequence, the number, and the iteration it belongs to. */
export type Line = readonly [Op, number, number, number];

/** A run that follows a script instead of a scheduler: for figures that show a moment of somebody else's run. Nothing is freed at the end. */
export function playScript(setup: Setup, lines: readonly Line[]): Run {
	const { memory, family, sequences, first } = prepare(setup);
	const log = new Log(memory, family);
	const changes = setup.requests.map(() => [] as { ops: number; iteration: number; status: Status }[]);
	const moments: Moment[] = [];
	const record = (iteration: number): void => {
		const inside = lines.filter((line) => line[3] === iteration);
		const stepped = inside.filter(([op]) => op === 'append' || op === 'grow' || op === 'copy').length;
		const tokens = stepped + inside.reduce((sum, [op, , n]) => sum + (op === 'prefill' ? n : 0), 0);
		const { used, reserved, internal, external } = memory.waste(false);
		const running = changes.filter((list) => list.some(({ status }) => status !== 'waiting')).length;
		const sizes = { running, waiting: setup.requests.length - running, used, reserved, internal, external };
		moments.push({ iteration, ops: log.length, stepped, tokens, ...sizes, blocked: false });
	};
	lines.forEach(([op, sequence, value, iteration], i) => {
		const request = sequences[sequence]!.request;
		const mark = (status: Status): void => {
			if (changes[request]!.at(-1)?.status !== status) changes[request]!.push({ ops: log.length, iteration, status });
		};
		if (op === 'arrive') mark('waiting');
		else if (op === 'prefill') mark('prefill');
		else mark('decode');
		log.push(memory, op, sequence, value, iteration);
		if (lines[i + 1]?.[3] !== iteration) record(iteration);
	});
	const finish = setup.requests.map(() => 0);
	return { setup, log, sequences, first, moments, changes, finish, iterations: moments.length, preemptions: 0, prologue: 0 };
}

const LIMITS = { maxBatch: 256, batching: 'continuous', preemption: 'recompute', tokenBudget: 0 } as const;
const BASE = { limits: LIMITS, policy: 'paged', blockSize: 4, prefixCaching: false, maxLen: 2048 } as const;

/** Fig. 6: a prompt of 7 tokens in blocks 7 and 1, the next two tokens in block 1 and in block 3. Blocks of 4 tokens. */
export function paperFigure6(): Run {
	const requests = [{ name: 'A', prompt: 7, output: 2, arrival: 1, samples: 1 }];
	return playScript({ ...BASE, requests, blocks: 9, order: [7, 1, 3] }, [
		['arrive', 0, 7, 1],
		['prefill', 0, 7, 1],
		['append', 0, 1, 2],
		['grow', 0, 1, 3]
	]);
}

/** Fig. 8: two samples share blocks 7 and 1; the first to write copies block 1 to block 3, the second writes in place. */
export function paperFigure8(): Run {
	const requests = [{ name: 'A', prompt: 7, output: 1, arrival: 1, samples: 2 }];
	return playScript({ ...BASE, requests, blocks: 9, order: [7, 1, 3] }, [
		['arrive', 0, 7, 1],
		['prefill', 0, 7, 1],
		['fork', 1, 0, 1],
		['copy', 0, 1, 2],
		['append', 1, 1, 2]
	]);
}

/**
 * Fig. 9: four beams over blocks 0 to 8; the best four continuations are two of beam 1 and two of beam 2, so beams 0 and 3 die and
 * blocks 2, 4, 5 and 8 are free; the new tokens open blocks 9 to 12. The first part builds the state that the figure begins with.
 */
export function paperFigure9(): Run {
	const requests = [{ name: 'A', prompt: 4, output: 16, arrival: 1, samples: 4, parents: [], sampleNames: ['0', '1', '2', '3'] }];
	const each = (op: Op, iteration: number, beams = [0, 1, 2, 3]): Line[] => beams.map((beam) => [op, beam, 1, iteration]);
	const block = (from: number, beams = [0, 1, 2, 3]): Line[] => [
		...each('grow', from, beams),
		...[1, 2, 3].flatMap((later) => each('append', from + later, beams))
	];
	const before: Line[] = [
		['arrive', 0, 4, 1],
		['prefill', 0, 4, 1],
		['fork', 3, 0, 1],
		...block(2, [0, 3]),
		...block(6, [0, 3]),
		['fork', 1, 0, 9],
		['fork', 2, 0, 9],
		...block(10)
	];
	const shown: Line[] = [['drop', 0, 0, 14], ['drop', 3, 0, 14], ['fork', 0, 1, 14], ['fork', 3, 2, 14], ...each('grow', 14)];
	return { ...playScript({ ...BASE, requests, blocks: 13 }, [...before, ...shown]), prologue: before.length };
}
