import { pow } from '../pow.ts';
import { bestContinuations } from './best.ts';
import type { BeamOptions } from './options.ts';
import type { BeamGroup, BeamNode, PrunedWhy } from './state.ts';

type Mutable = { -readonly [K in keyof BeamNode]: BeamNode[K] };

/** Stop when nothing that still runs can win (`_check_early_stop_heuristic`), when full, or when nothing runs. */
function isDone(
	group: { running: readonly number[]; finished: readonly number[] },
	nodes: readonly BeamNode[],
	step: number,
	width: number,
	o: BeamOptions
): boolean {
	const best = nodes[group.running[0] ?? -1];
	if (best === undefined) return true;
	if (group.finished.length < width) return false;
	if (o.earlyStopping === true) return true;
	// The bound divides by the present length, a heuristic: a longer one may yet score higher. "never" takes the full length instead.
	const length = o.earlyStopping === 'never' && o.lengthPenalty > 0 ? o.maxNewTokens : step;
	const worst = nodes[group.finished.at(-1)!]!.score;
	return best.total / pow(length, o.lengthPenalty) <= worst;
}

/**
 * One step of one group, as transformers 5.18 `_beam_search`: appends its candidates to `nodes`, changes the status of those that it
 * prunes, and returns the group as it stands then and the tokens that it chose to go on with (also when it stops here, for the
 * diversity of the groups behind it). logProbs: (running)(vocab); penalty: (vocab) or nothing.
 */
export function stepGroup(
	group: BeamGroup,
	index: number,
	width: number,
	logProbs: readonly ArrayLike<number>[],
	penalty: ArrayLike<number> | undefined,
	step: number,
	o: BeamOptions,
	nodes: Mutable[]
): { group: BeamGroup; chosen: readonly number[] } {
	const prune = (id: number, why: PrunedWhy) => Object.assign(nodes[id]!, { status: 'pruned', why });
	const greedy = o.beams === 1;
	const parents = group.running.map((id) => nodes[id]);
	const scores = penalty === undefined ? logProbs : logProbs.map((row) => Float64Array.from(row, (x, token) => x - penalty[token]!));
	// So many that, even if all `width` best ones end in every way there is, `width` are left to go on with.
	const keep = Math.max(2, 1 + o.eos.length) * width;
	const candidates = bestContinuations(
		scores,
		parents.map((p) => p?.total ?? 0),
		keep
	).map(({ row, token, total }, rank): Mutable => {
		const parent = parents[row];
		const logProb = logProbs[row]![token]!;
		const ends = o.eos.includes(token) ? 'eos' : step >= o.maxNewTokens ? 'length' : undefined;
		return {
			id: nodes.length + rank,
			parent: parent?.id ?? -1,
			group: index,
			step,
			rank,
			token,
			logProb,
			penalty: penalty?.[token] ?? 0,
			sumLogProb: (parent?.sumLogProb ?? 0) + logProb,
			total,
			score: total / pow(step, o.lengthPenalty),
			status: 'running',
			...(ends === undefined ? {} : { ends })
		};
	});
	nodes.push(...candidates);
	for (const parent of parents) if (parent) parent.status = 'expanded';

	const ended = candidates.filter((c) => c.ends !== undefined);
	const running = candidates.filter((c) => c.ends === undefined && !(greedy && ended[0]?.rank === 0)).slice(0, width);
	const results = [...group.finished, ...ended.filter((c) => c.rank < width).map((c) => c.id)].sort(
		(a, b) => nodes[b]!.score - nodes[a]!.score || a - b
	);
	const finished = results.slice(0, width);
	for (const c of candidates) if (c.ends === undefined && !running.includes(c)) prune(c.id, 'outscored');
	for (const c of ended) if (c.rank >= width) prune(c.id, 'late');
	for (const id of results.slice(width)) prune(id, group.finished.includes(id) ? 'displaced' : 'beaten');
	for (const id of finished) nodes[id]!.status = 'finished';

	const next = { running: running.map((c) => c.id), finished };
	const chosen = candidates
		.filter((c) => c.ends !== 'eos')
		.slice(0, width)
		.map((c) => c.token);
	if (!isDone(next, nodes, step, width, o)) return { group: { ...next, done: false }, chosen };
	for (const id of next.running) prune(id, 'stopped');
	return { group: { running: [], finished, done: true }, chosen };
}
