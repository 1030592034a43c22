/** Mode beams: the search replayed from the model's answers, one frame a step, and the tree that the picture draws. */
import { exp } from '#maths/exp.ts';
import { entropyBits } from '#maths/entropy.ts';
import { logSoftmax, softmax } from '#maths/softmax.ts';
import { runChain } from '#maths/sampling/chain.ts';
import { defaultSettings } from '#maths/sampling/settings.ts';
import { beamDone, beamResults, beamStart, beamStep, pathOf, type BeamNode, type BeamOptions, type BeamState } from '#maths/beam/beam.ts';
import type { Facts } from '#kit/model.ts';
import { labelOf, type SamplingData } from './data.ts';
import type { SamplingFrame } from './frames.ts';
import { joined } from './joined.ts';
import type { SamplingParams } from './params.ts';

export interface TreeNode {
	/** The tokens from the prompt to here, joined: the same path has the same key in every frame. */
	readonly key: string;
	readonly parent: string | undefined;
	readonly token: number;
	readonly label: string;
	readonly step: number;
	readonly probability: number;
	readonly sumLogProb: number;
	readonly score: number;
	readonly status: BeamNode['status'] | 'path';
	readonly why?: string;
	readonly greedy: boolean;
	readonly sampled: boolean;
}

export interface Tree {
	readonly nodes: readonly TreeNode[];
	readonly step: number;
	readonly done: boolean;
	readonly results: readonly {
		readonly ids: readonly number[];
		readonly text: string;
		readonly score: number;
		readonly sumLogProb: number;
	}[];
}

/** How many of the pruned candidates of a step are drawn: the best ones, which nearly made it. */
const PRUNED_SHOWN = 2;

export function beamOptions(p: SamplingParams, eos: readonly number[]): BeamOptions {
	return {
		beams: p.beams,
		lengthPenalty: p.lengthPenalty,
		earlyStopping: p.earlyStopping === 'never' ? 'never' : p.earlyStopping === 'true',
		diversity: p.diversity,
		maxNewTokens: p.maxTokens,
		eos
	};
}

/** The states of the search, the first with the prompt alone; ends early when the model's answers do. */
export function replay(p: SamplingParams, data: SamplingData): BeamState[] {
	let state = beamStart(data.promptIds, beamOptions(p, data.eos));
	const states = [state];
	for (const rows of data.beams?.rows ?? []) {
		const running = state.groups.reduce((n, group) => n + group.running.length, 0);
		if (beamDone(state) || rows.length !== running) break;
		state = beamStep(state, rows.map(logSoftmax));
		states.push(state);
	}
	return states;
}

/** The tree of a state: what runs, what finished and the best of what was pruned, with the greedy and the sampled text laid over it. */
export function treeOf(state: BeamState, data: SamplingData): Tree {
	const isShown = new Set<number>();
	const prunedAt = new Map<number, number>();
	for (const node of state.nodes) {
		if (node.status === 'pruned') {
			const n = prunedAt.get(node.step) ?? 0;
			const wasBeam = node.why === 'stopped' || node.why === 'displaced';
			if (n >= PRUNED_SHOWN && !wasBeam) continue;
			prunedAt.set(node.step, n + 1);
		}
		for (let at: BeamNode | undefined = node; at !== undefined && !isShown.has(at.id); at = state.nodes[at.parent]) isShown.add(at.id);
	}
	const nodes = new Map<string, TreeNode>();
	for (const node of state.nodes) {
		if (!isShown.has(node.id)) continue;
		const path = pathOf(state, node.id);
		const key = path.join('.');
		// Diverse groups may walk the same path: the one that is further on is the one to show.
		const known = nodes.get(key);
		if (known !== undefined && known.status !== 'pruned') continue;
		nodes.set(key, {
			key,
			parent: path.length === 1 ? undefined : path.slice(0, -1).join('.'),
			token: node.token,
			label: labelOf(data.tokens, node.token),
			step: node.step,
			probability: exp(node.logProb),
			sumLogProb: node.sumLogProb,
			score: node.score,
			status: node.status,
			...(node.why === undefined ? {} : { why: node.why }),
			greedy: false,
			sampled: false
		});
	}
	for (const kind of ['greedy', 'sampled'] as const) {
		const ids = (data.beams?.[kind] ?? []).slice(0, state.step);
		ids.forEach((token, i) => {
			const key = ids.slice(0, i + 1).join('.');
			const known = nodes.get(key);
			const bare = { key, parent: i === 0 ? undefined : ids.slice(0, i).join('.'), token, label: labelOf(data.tokens, token), step: i + 1 };
			const fresh = { ...bare, probability: NaN, sumLogProb: NaN, score: NaN, status: 'path' as const, greedy: false, sampled: false };
			nodes.set(key, { ...(known ?? fresh), [kind]: true });
		});
	}
	const results = beamResults(state).map(({ sequence, score, sumLogProb }) => {
		const ids = sequence.slice(state.prompt.length);
		return { ids, text: joined(data.tokens, ids), score, sumLogProb };
	});
	return { nodes: [...nodes.values()], step: state.step, done: beamDone(state), results };
}

export function beamFrames(p: SamplingParams, data: SamplingData): SamplingFrame[] {
	const states = replay(p, data);
	return states.map((state, i): SamplingFrame => {
		const row = data.beams!.rows[i]?.[0] ?? data.next ?? data.beams!.rows[0]![0]!;
		const chain = runChain(row, { prompt: data.promptIds, output: [], position: i }, { ...defaultSettings, temperature: 1 });
		const stage = chain.stages[0]!;
		const tree = treeOf(state, data);
		const best = tree.results[0];
		const leaders = state.groups.flatMap((group) => group.running).map((id) => state.nodes[id]);
		const values = {
			step: state.step,
			beams: p.beams,
			running: leaders.length,
			finished: tree.results.length,
			best: best?.text ?? joined(data.tokens, leaders[0] === undefined ? [] : pathOf(state, leaders[0].id)),
			score: best?.score ?? leaders[0]?.total ?? 0,
			pruned: state.nodes.filter((node) => node.step === state.step && node.status === 'pruned').length
		};
		const key = i === 0 ? 'beamStart' : tree.done ? 'beamDone' : 'beamStep';
		return {
			processor: 'beams',
			probs: softmax(row),
			kept: stage.kept,
			stage,
			before: stage.probs,
			chain,
			tokens: data.tokens,
			position: i,
			id: -1,
			tree,
			caption: { key, values },
			mark: { key: 'beam', value: i }
		};
	});
}

const SOURCE = 'transformers 5.18 generation/utils.py _beam_search: sum of log-probabilities / length ^ length penalty';

export function beamFacts(p: SamplingParams, data: SamplingData): Facts {
	const final = replay(p, data).at(-1)!;
	const results = beamResults(final);
	const best = results[0];
	const sumOf = (ids: readonly number[]): number | null => {
		const tree = treeOf(final, data);
		const node = tree.nodes.find((n) => n.key === ids.slice(0, final.step).join('.'));
		return node === undefined || Number.isNaN(node.sumLogProb) ? null : node.sumLogProb;
	};
	const first = softmax(data.beams!.rows[0]?.[0] ?? data.next!);
	return {
		bestScore: { value: best?.score ?? null, unit: 'ratio', source: SOURCE },
		bestLogProb: { value: best?.sumLogProb ?? null, unit: 'ratio', source: 'definition: sum of ln p of its tokens' },
		greedyLogProb: {
			value: sumOf(data.beams!.greedy),
			unit: 'ratio',
			source: 'definition: sum of ln p of the greedy text, where the search looked at it'
		},
		finishedBeams: { value: results.length, unit: 'count', source: SOURCE },
		entropyBits: { value: entropyBits(first), unit: 'bits', source: 'Shannon 1948: of the first token' }
	};
}
