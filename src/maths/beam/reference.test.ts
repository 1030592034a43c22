/** A second witness: transformers 5.18 `_beam_search` retold array by array, its -1e9 and all, against the stepper on random models. */
import { describe, expect, it } from 'vitest';
import { stream } from '../rng.ts';
import { logSoftmax } from '../softmax.ts';
import { beamResults, beamSearch, type BeamOptions } from './beam.ts';

type Ask = (sequence: readonly number[]) => ArrayLike<number>;

/** torch.topk: the k largest with their indices. */
function topk(values: readonly number[], k: number): { value: number; index: number }[] {
	return values
		.map((value, index) => ({ value, index }))
		.sort((a, b) => b.value - a.value || a.index - b.index)
		.slice(0, k);
}

function reference(prompt: readonly number[], vocab: number, o: BeamOptions, ask: Ask): number[][] {
	const maxLength = prompt.length + o.maxNewTokens;
	let length = prompt.length;
	let running = Array.from({ length: o.beams }, () => [...prompt]);
	let runningScores: number[] = running.map((_, beam) => (beam === 0 ? 0 : -1e9));
	let best = running.map((sequence) => ({ sequence, score: -1e9, finished: false }));
	for (let improvable = true; ;) {
		const all = running.flatMap((sequence, beam) => Array.from(ask(sequence), (logProb) => logProb + runningScores[beam]!));
		const top = topk(all, Math.max(2, 1 + o.eos.length) * o.beams).map(({ value, index }, rank) => {
			const sequence = [...running[Math.floor(index / vocab)]!, index % vocab];
			const hit = o.eos.includes(index % vocab) || sequence.length >= maxLength;
			return { value, sequence, hit, finished: hit && rank < o.beams };
		});
		const next = topk(
			top.map(({ value, hit }) => value + (hit ? -1e9 : 0)),
			o.beams
		);
		running = next.map(({ index }) => top[index]!.sequence);
		runningScores = next.map(({ value }) => value);
		length++;
		const generated = length - prompt.length;
		const merged = [
			...best,
			...top.map(({ value, sequence, finished }) => ({
				sequence,
				finished,
				score: value / generated ** o.lengthPenalty + (finished ? 0 : -1e9)
			}))
		];
		best = topk(
			merged.map(({ score }) => score),
			o.beams
		).map(({ index }) => merged[index]!);
		const hoped = o.earlyStopping === 'never' && o.lengthPenalty > 0 ? o.maxNewTokens : generated;
		const possible = runningScores[0]! / hoped ** o.lengthPenalty;
		const worst = Math.min(...best.map(({ score }) => score));
		improvable &&= best.some(({ finished }) => possible > (finished ? worst : -1e9));
		const full = best.every(({ finished }) => finished) && o.earlyStopping === true;
		if (!improvable || full || top.every(({ hit }) => hit)) break;
	}
	return best.filter(({ finished }) => finished).map(({ sequence }) => sequence);
}

describe('beam search', () => {
	it('finds what transformers finds, in the same order', () => {
		const random = stream(77);
		const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)]!;
		for (let round = 0; round < 500; round++) {
			const beams = 2 + Math.floor(random() * 4);
			const vocab = 3 * beams + Math.floor(random() * 8);
			const options: BeamOptions = {
				beams,
				diversity: 0,
				eos: [0, 1].slice(0, Math.floor(random() * 3)),
				lengthPenalty: pick([-1, -0.5, 0, 0.6, 1, 2]),
				earlyStopping: pick([true, false, 'never']),
				maxNewTokens: 1 + Math.floor(random() * 7)
			};
			const bias = pick([0, 1, 5]); // of the end tokens
			const rows = new Map<string, Float64Array>();
			const ask: Ask = (sequence) => {
				const key = sequence.join();
				const row = rows.get(key) ?? logSoftmax(Array.from({ length: vocab }, (_, token) => random() * 6 + (token < 2 ? bias : 0)));
				rows.set(key, row);
				return row;
			};
			const got = beamResults(beamSearch([2, 3], options, ask)).map(({ sequence }) => sequence);
			expect(got).toEqual(reference([2, 3], vocab, options, ask));
		}
	});
});
