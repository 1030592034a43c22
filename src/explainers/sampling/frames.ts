/** The frames of one token's chain, and of a whole text. */
import { entropyBits } from '#maths/entropy.ts';
import { runChain, type Chain, type Stage } from '#maths/sampling/chain.ts';
import { drawCdf, drawGumbel } from '#maths/sampling/draw.ts';
import { rankOf, surpriseBits } from '#maths/sampling/facts.ts';
import type { ProcessorName } from '#maths/sampling/settings.ts';
import { uniform } from '#maths/rng.ts';
import type { Frame } from '#kit/model.ts';
import type { Tree } from './beams.ts';
import { chainAt } from './chain-at.ts';
import { labelOf, type SamplingData } from './data.ts';
import { settingsOf, type SamplingParams } from './params.ts';
import { drawCaption, markValue, stageCaption } from './tell.ts';

export interface SamplingFrame extends Frame {
	readonly processor: 'softmax' | ProcessorName | 'draw' | 'token' | 'beams';
	/** (vocab), exactly 0 where cut. */
	readonly probs: Float64Array;
	/** Ids that are not cut, ascending. */
	readonly kept: readonly number[];
	/** The stage of the chain that the frame shows; the draw shows what the last stage left. */
	readonly stage: Stage;
	/** The distribution that enters the stage, (vocab). */
	readonly before: Float64Array;
	readonly chain: Chain;
	readonly tokens: SamplingData['tokens'];
	/** Where the coin was thrown: 0 is the first written token. */
	readonly position: number;
	/** The token that the text goes on with here: the drawn one, or the reader's. */
	readonly id: number;
	/** 1,000 draws and the like: how often each id was drawn, (vocab), or nothing. */
	readonly counts?: Uint32Array;
	readonly tree?: Tree;
}

/** How often each token comes up in `draws` independent draws from the final distribution: draw i has the coins of seed + i. */
function countDraws(p: SamplingParams, chain: Chain, position: number): Uint32Array | undefined {
	if (p.draws === 0) return undefined;
	const { logits, probs, kept } = chain.stages.at(-1)!;
	const counts = new Uint32Array(probs.length);
	const order = [...kept].sort((a, b) => probs[b]! - probs[a]! || a - b);
	for (let i = 0; i < p.draws; i++) {
		if (p.draw === 'gumbel') {
			const some = order.map((id) => logits[id]!);
			const coins = order.map((id) => uniform(p.seed, position, (i + 1) * 1_000_003 + id));
			counts[order[drawGumbel(some, coins).id]!]! += 1;
		} else counts[drawCdf(probs, uniform(p.seed, position, (i + 1) * 1_000_003), order).id]! += 1;
	}
	return counts;
}

/** Mode step: one frame a stage of the chain at position `at`, and the draw. */
export function stepFrames(p: SamplingParams, data: SamplingData): SamplingFrame[] {
	const chain = chainAt(p, data, p.at);
	const position = Math.min(p.at, data.next === null ? data.written.length - 1 : data.written.length);
	const id = p.picks.find(([i, token]) => i === position && token < chain.stages[0]!.probs.length)?.[1] ?? chain.draw.id;
	const counts = countDraws(p, chain, position);
	const shared = { chain, tokens: data.tokens, position, id, ...(counts === undefined ? {} : { counts }) };
	const frames = chain.stages.map((stage, i): SamplingFrame => {
		const value = markValue(stage.processor, p);
		return {
			...shared,
			processor: stage.processor,
			probs: stage.probs,
			kept: stage.kept,
			stage,
			before: (chain.stages[i - 1] ?? stage).probs,
			caption: stageCaption(stage, chain, data.tokens),
			mark: { key: stage.processor, ...(value === undefined ? {} : { value }) }
		};
	});
	const last = frames.at(-1)!;
	const draw: SamplingFrame = {
		...last,
		processor: 'draw',
		before: last.probs,
		caption: drawCaption(chain, p, data.tokens, id, counts),
		mark: { key: 'draw' }
	};
	return [...frames, draw];
}

/** Mode text: one frame a written token, each with the distribution that it was drawn from. */
export function textFrames(p: SamplingParams, data: SamplingData): SamplingFrame[] {
	const written = data.written.slice(0, p.maxTokens);
	if (written.length === 0) return stepFrames({ ...p, at: 0 }, data).slice(-1);
	const settings = settingsOf(p);
	let mu: number | undefined;
	return written.map(({ id, logits, forced }, position): SamplingFrame => {
		const output = written.slice(0, position).map((token) => token.id);
		const context = { prompt: data.promptIds, output, position };
		const chain = runChain(logits, mu === undefined ? context : { ...context, mu }, settings);
		mu = chain.next.mu;
		const stage = chain.stages.at(-1)!;
		const raw = chain.stages[0]!.probs;
		const values = {
			position: position + 1,
			token: labelOf(data.tokens, id),
			probability: stage.probs[id] ?? 0,
			raw: raw[id] ?? 0,
			rank: rankOf(raw, id) + 1,
			entropyBits: entropyBits(stage.probs),
			surpriseBits: surpriseBits(raw[id] ?? 0),
			kept: stage.kept.length,
			u: chain.draw.u ?? 0
		};
		return {
			processor: 'token',
			probs: stage.probs,
			kept: stage.kept,
			stage,
			before: raw,
			chain,
			tokens: data.tokens,
			position,
			id,
			caption: { key: forced ? 'tokenPicked' : 'token', values },
			mark: { key: 'token', value: labelOf(data.tokens, id) }
		};
	});
}
