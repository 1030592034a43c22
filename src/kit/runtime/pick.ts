/** The draw of the decoding loop: what runChain draws, without the stages that only a figure looks at where that is possible. */
import { runChain, type Context } from '#maths/sampling/chain.ts';
import { activeProcessors, type Settings } from '#maths/sampling/settings.ts';

/** The settings asked last, and whether they are greedy: a text asks with the same object a hundred times. */
let asked: Settings | undefined;
let greedy = false;

/** Temperature 0 and nothing else: any draw of any seed takes the largest logit. */
function isGreedy(settings: Settings): boolean {
	if (settings === asked) return greedy;
	const active = activeProcessors(settings);
	asked = settings;
	greedy = settings.temperature === 0 && active.length === 1 && active[0] === 'temperature';
	return greedy;
}

/** @returns the id that `runChain` draws and the mirostat state it hands on. RangeError as runChain. */
export function pick(logits: Float32Array, context: Context, settings: Settings): { id: number; mu: number | undefined } {
	if (isGreedy(settings)) {
		let id = 0;
		for (let i = 1; i < logits.length; i++) if (logits[i]! > logits[id]!) id = i;
		// A broken graph (NaN) is runChain's to refuse.
		if (logits[id]! < Infinity) return { id, mu: context.mu };
	}
	const { draw, next } = runChain(logits, context, settings);
	return { id: draw.id, mu: next.mu };
}
