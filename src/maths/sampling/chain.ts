/** A decoding chain: raw logits -> each active processor in order -> the draw. */
import { entropyBits } from '../entropy.ts';
import { log2 } from '../log2.ts';
import type { Context } from './context.ts';
import { Distribution } from './distribution.ts';
import { draw, type Draw } from './draw.ts';
import { muOf, nextMu } from './mirostat.ts';
import { ranking } from './order.ts';
import { PROCESSOR } from './processors.ts';
import { activeProcessors, resolveOrder, type Conventions, type ProcessorName, type Settings } from './settings.ts';

export type { Context } from './context.ts';

export interface Stage {
	readonly processor: 'softmax' | ProcessorName;
	/** (vocab); -Infinity where cut. */
	readonly logits: Float64Array;
	/** (vocab), softmax of logits: exactly 0 where cut. */
	readonly probs: Float64Array;
	/** Ids that are not cut, ascending. */
	readonly kept: readonly number[];
	/** Ids that THIS stage cut, ascending. */
	readonly cut: readonly number[];
	/** Mass, under the distribution that enters the stage, of what survives it. */
	readonly keptMass: number;
	/** The numbers of the caption; each processor's docstring names its own. */
	readonly info: Readonly<Record<string, number>>;
	/** Ids with a probability above 0 in descending order of it, ties by id. Sorted when it is first asked for. */
	readonly ranked: readonly number[];
	/** Entropy of `probs`, bits. Computed when it is first asked for. */
	readonly entropyBits: number;
}

/** Raw logits and what is known about them, for chains that start from the same logits again and again. */
export interface Raw {
	readonly d: Distribution;
	readonly stage: Stage;
}

export interface Chain {
	/** The first is `softmax`, the raw distribution; then one for each active processor. */
	readonly stages: readonly Stage[];
	readonly draw: Draw;
	readonly conventions: Conventions;
	/** What the next call's context takes over: mirostat's state; and the surprise, bits, that mirostat saw in the drawn token. */
	readonly next: { readonly mu?: number; readonly surpriseBits?: number };
}

/** The part of a stage that only some readers ask for. `order` names at least all ids that are not cut. */
function lazily(stage: Omit<Stage, 'ranked' | 'entropyBits'>, order: () => readonly number[]): Stage {
	const { probs } = stage;
	let ranked: readonly number[] | undefined;
	let bits: number | undefined;
	return {
		...stage,
		get ranked() {
			return (ranked ??= ranking(probs, order(), 0));
		},
		get entropyBits() {
			return (bits ??= entropyBits(probs));
		}
	};
}

/** The raw distribution. info: vocab, entropyBits, id and probability of the most likely token. */
function rawStage(d: Distribution): Stage {
	const id = d.best;
	const kept: number[] = [];
	for (let i = 0; i < d.logits.length; i++) if (d.logits[i]! > -Infinity) kept.push(i);
	const info = {
		vocab: d.logits.length,
		// The loop that writes a text never asks for it, and it costs as much as the rest.
		get entropyBits(): number {
			return stage.entropyBits;
		},
		id,
		probability: d.probs[id]!
	};
	const stage: Stage = lazily({ processor: 'softmax', logits: d.logits, probs: d.probs, kept, cut: [], keptMass: 1, info }, () => d.order);
	return stage;
}

/** What a processor made of the stage before it. */
function nextStage(processor: ProcessorName, before: Stage, d: Distribution, info: Stage['info']): Stage {
	// Whoever cuts nothing leaves the list as it is.
	const whole = d.size === before.kept.length;
	const kept: number[] = [];
	const cut: number[] = [];
	let keptMass = 0;
	for (const id of whole ? [] : before.kept) {
		if (d.logits[id]! > -Infinity) {
			kept.push(id);
			keptMass += before.probs[id]!;
		} else cut.push(id);
	}
	const mass = whole ? 1 : Math.min(1, keptMass);
	const stage = { processor, logits: d.logits, probs: d.probs, kept: whole ? before.kept : kept, cut, keptMass: mass, info };
	return lazily(stage, () => d.known ?? before.ranked);
}

/** Mirostat's answer to the token: the surprise under the distribution that mirostat left, and the state that it leads to. */
function feedback(stages: readonly Stage[], id: number, context: Context, s: Settings): Chain['next'] {
	const stage = stages.find((each) => each.processor === 'mirostat');
	if (!stage) return context.mu === undefined ? {} : { mu: context.mu };
	const surpriseBits = Math.max(0, -log2(stage.probs[id]!));
	return { mu: nextMu(muOf(context, s), surpriseBits, s), surpriseBits };
}

/** Copies and examines logits (vocab). RangeError when a logit is NaN or +Infinity or when none is above -Infinity. */
export function rawOf(logits: ArrayLike<number>): Raw {
	const raw = new Float64Array(logits);
	if (!raw.every((x) => x < Infinity)) throw new RangeError('runChain: a logit is NaN or +Infinity');
	if (!raw.some((x) => x > -Infinity)) throw new RangeError('runChain: no logit is above -Infinity');
	const d = new Distribution(raw);
	return { d, stage: rawStage(d) };
}

/**
 * Runs the active processors over logits (vocab) and draws. Pure: the same arguments give the same answer, bit for bit, on every engine.
 * RangeError as rawOf; no settings make it throw.
 */
export function runChain(logits: ArrayLike<number> | Raw, context: Context, settings: Settings): Chain {
	let { d, stage } = 'stage' in logits ? logits : rawOf(logits);
	const stages = [stage];
	for (const name of activeProcessors(settings)) {
		const result = PROCESSOR[name](d.logits, context, settings, d);
		d = new Distribution(result.logits, d.known);
		stage = nextStage(name, stage, d, result.info);
		stages.push(stage);
	}
	const drawn = draw(d.logits, d.probs, context.position, settings, d.known);
	const { conventions } = resolveOrder(settings.order);
	return { stages, draw: drawn, conventions, next: feedback(stages, drawn.id, context, settings) };
}
