/** What the figure shows before a model runs: the texts that the default model writes in the scenes as they open. */
import { initialParams } from '#kit/params/schema.ts';
import { shippedModel } from '#kit/runtime/site-models.ts';
import type { Speaker } from '#kit/runtime/speaker.ts';
import { ask } from './ask.ts';
import { params } from './params.ts';
import { questionKey } from './question.ts';

/** The scenes, and of those with several samples the numbers that the slider reaches first. */
const RECORDED = [
	['single', 1],
	['several', 1],
	['parallel', 2],
	['parallel', 3],
	['parallel', 4],
	['beam', 2],
	['beam', 3],
	['beam', 4]
] as const;

export async function record(open: (model: string) => Promise<Speaker>): Promise<unknown> {
	const initial = initialParams(params);
	const model = shippedModel(initial.model);
	const speaker = await open(model);
	const answers: Record<string, unknown> = {};
	for (const [scene, samples] of RECORDED) {
		const p = { ...initial, source: 'model', scene, samples } as const;
		const { texts, beams } = await ask(p, speaker);
		answers[questionKey(p)] = { texts, ...(beams === undefined ? {} : { beams }) };
	}
	return { model, answers };
}
