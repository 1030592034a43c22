/** The frames of one token's chain, and of a whole text. */
import { runChain, type Chain, type Stage } from '#maths/sampling/chain.ts';
import { cdfLine, drawGumbel } from '#maths/sampling/draw.ts';
import { rankOf, surpriseBits } from '#maths/sampling/facts.ts';
import { byProbability } from '#maths/sampling/order.ts';
import type { ProcessorName } from '#maths/sampling/settings.ts';
import { uniform } from '#maths/rng.ts';
import type { Frame } from '#kit/model.ts';
import type { Tree } from './beams.ts';
import { chainAt } from './chain-at.ts';
import { labelOf, type SamplingData, type WrittenToken } from './data.ts';
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
	const order = byProbability(probs, kept);
	const throwCoin = cdfLine(probs, order);
	for (let i = 0; i < p.draws; i++) {
		if (p.draw === 'gumbel') {
			const some = order.map((id) => logits[id]!);
			const coins = order.map((id) => uniform(p.seed, position, (i + 1) * 1_000_003 + id));
			counts[order[drawGumbel(some, coins).id]!]! += 1;
		} else counts[throwCoin(uniform(p.seed, position, (i + 1) * 1_000_003))]! += 1;
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

/** Texts whose frames were asked for: picture and facts of one state share them. */
const texts = new WeakMap<SamplingParams, { readonly data: SamplingData; readonly frames: SamplingFrame[] }>();

/** Mode text: one frame a written token, each with the distribution that it was drawn from. */
export function textFrames(p: SamplingParams, data: SamplingData): SamplingFrame[] {
	const hit = texts.get(p);
	if (hit?.data === data) return hit.frames;
	const frames = makeTextFrames(p, data);
	texts.set(p, { data, frames });
	return frames;
}

/** Chains that are remembered at once: more than a picture shows. With 49,152 tokens one weighs 2 MB and takes some milliseconds. */
const CHAINS = 48;

function makeTextFrames(p: SamplingParams, data: SamplingData): SamplingFrame[] {
	const written = data.written.slice(0, p.maxTokens);
	if (written.length === 0) return stepFrames({ ...p, at: 0 }, data).slice(-1);
	const settings = settingsOf(p);
	const chains = new Map<number, Chain>();
	/** Mirostat's state before each token, as far as it is known. */
	const mu: (number | undefined)[] = [undefined];
	const run = (position: number): Chain => {
		const output = written.slice(0, position).map((token) => token.id);
		const before = mu[position];
		const context = { prompt: data.promptIds, output, position, ...(before === undefined ? {} : { mu: before }) };
		const chain = runChain(written[position]!.logits, context, settings);
		mu[position + 1] = chain.next.mu;
		return chain;
	};
	const chainOf = (position: number): Chain => {
		// Only mirostat hands something on from token to token.
		if (settings.mirostat !== 0) while (mu.length <= position) run(mu.length - 1);
		const chain = chains.get(position) ?? run(position);
		chains.delete(position);
		chains.set(position, chain);
		if (chains.size > CHAINS) chains.delete(chains.keys().next().value!);
		return chain;
	};
	return written.map((token, position) => textFrame(token, position, data, () => chainOf(position)));
}

/** A text is long and little of it is looked at: what needs the chain of a token is computed when it is asked for. */
function textFrame({ id, forced }: WrittenToken, position: number, data: SamplingData, chainOf: () => Chain): SamplingFrame {
	const last = (): Stage => chainOf().stages.at(-1)!;
	const raw = (): Float64Array => chainOf().stages[0]!.probs;
	return {
		processor: 'token',
		get probs() {
			return last().probs;
		},
		get kept() {
			return last().kept;
		},
		get stage() {
			return last();
		},
		get before() {
			return raw();
		},
		get chain() {
			return chainOf();
		},
		tokens: data.tokens,
		position,
		id,
		get caption() {
			const stage = last();
			const values = {
				position: position + 1,
				token: labelOf(data.tokens, id),
				probability: stage.probs[id] ?? 0,
				raw: raw()[id] ?? 0,
				rank: rankOf(raw(), id) + 1,
				entropyBits: stage.entropyBits,
				surpriseBits: surpriseBits(raw()[id] ?? 0),
				kept: stage.kept.length,
				u: chainOf().draw.u ?? 0
			};
			return { key: forced ? 'tokenPicked' : 'token', values };
		},
		mark: { key: 'token', value: labelOf(data.tokens, id) }
	};
}
