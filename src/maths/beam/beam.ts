/**
 * Beam search as a pure stepper: start, then step with the log-probabilities of whatever runs, until done. After transformers 5.18
 * `_beam_search`; with one beam it is greedy search, as there. Two differences: the copies of the prompt that Hugging Face starts the
 * other beams with, at -1e9, do not exist here, and neither do continuations of probability 0.
 */
import { stepGroup } from './group.ts';
import { defaultBeamOptions, type BeamOptions } from './options.ts';
import { pathOf, type BeamState } from './state.ts';

export { defaultBeamOptions, type BeamOptions } from './options.ts';
export { pathOf, type BeamGroup, type BeamNode, type BeamState, type PrunedWhy } from './state.ts';

const whole = (x: number, min: number, max: number) => Math.min(max, Math.max(min, Math.round(x)));

/** The prompt alone runs. Options out of range are brought into it: 1 to 8 beams, at least one new token, diversity of at least 0. */
export function beamStart(prompt: readonly number[], options: Partial<BeamOptions> = {}): BeamState {
	const o = { ...defaultBeamOptions, ...options };
	const clamped = {
		...o,
		beams: whole(o.beams, 1, 8),
		maxNewTokens: Math.max(1, Math.round(o.maxNewTokens)),
		diversity: Math.max(0, o.diversity)
	};
	const groups = clamped.diversity > 0 ? clamped.beams : 1;
	return {
		prompt,
		options: clamped,
		step: 0,
		nodes: [],
		groups: Array.from({ length: groups }, () => ({ running: [-1], finished: [], done: false }))
	};
}

/** The nodes to extend, in the order in which beamStep wants their rows; -1 is the prompt. */
export function beamRunning(state: BeamState): readonly number[] {
	return state.groups.flatMap((group) => group.running);
}

/** The token sequences to ask the model about, prompt included, in the order of beamRunning. */
export function beamInputs(state: BeamState): readonly (readonly number[])[] {
	return beamRunning(state).map((node) => [...state.prompt, ...pathOf(state, node)]);
}

/** How often each token was chosen, at this step, by the groups before: what Hamming diversity charges for. */
export function hamming(chosen: readonly number[], vocab: number, diversity: number): Float64Array {
	const penalty = new Float64Array(vocab);
	for (const token of chosen) penalty[token] = (penalty[token] ?? 0) + diversity;
	return penalty;
}

/**
 * One step for every group that is not done. logProbs: (running)(vocab), log-softmax and then whatever processors the caller runs;
 * -Infinity is no continuation. A state that is done is returned as it is. RangeError when the rows are not those of beamRunning.
 *
 * Diverse beams (Vijayakumar et al. 2016; HammingDiversityLogitsProcessor of transformers 4.57, removed since): every beam is a group
 * of its own, and its penalty stays in the total that it is ranked by. At the greatest length a group ends as a beam search of width 1.
 */
export function beamStep(state: BeamState, logProbs: readonly ArrayLike<number>[]): BeamState {
	if (beamDone(state)) return state;
	const rows = beamRunning(state).length;
	if (logProbs.length !== rows) throw new RangeError(`beamStep: ${logProbs.length} rows for ${rows} running beams`);
	const { options } = state;
	const step = state.step + 1;
	const width = options.beams / state.groups.length;
	const nodes = state.nodes.map((node) => ({ ...node }));
	const chosen: number[] = [];
	let row = 0;
	const groups = state.groups.map((group, index) => {
		if (group.done) return group;
		const mine = logProbs.slice(row, (row += group.running.length));
		const penalty = options.diversity > 0 ? hamming(chosen, mine[0]!.length, options.diversity) : undefined;
		const next = stepGroup(group, index, width, mine, penalty, step, options, nodes);
		chosen.push(...next.chosen);
		return next.group;
	});
	return { ...state, step, nodes, groups };
}

export function beamDone(state: BeamState): boolean {
	return state.groups.every((group) => group.done);
}

export interface BeamResult {
	readonly node: number;
	/** Prompt included. */
	readonly sequence: readonly number[];
	/** Sum of log-probabilities, nats. */
	readonly sumLogProb: number;
	readonly score: number;
}

/** The finished sequences, best first; before the end of the search those found so far. */
export function beamResults(state: BeamState): readonly BeamResult[] {
	return state.groups
		.flatMap((group) => group.finished)
		.map((node) => ({
			node,
			sequence: [...state.prompt, ...pathOf(state, node)],
			sumLogProb: state.nodes[node]!.sumLogProb,
			score: state.nodes[node]!.score
		}))
		.sort((a, b) => b.score - a.score || a.node - b.node);
}

/** Runs a search to its end; `logProbs` answers for token sequences (prompt included) with rows (vocab). */
export function beamSearch(
	prompt: readonly number[],
	options: Partial<BeamOptions>,
	logProbs: (sequence: readonly number[]) => ArrayLike<number>
): BeamState {
	let state = beamStart(prompt, options);
	while (!beamDone(state)) state = beamStep(state, beamInputs(state).map(logProbs));
	return state;
}
