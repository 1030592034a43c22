/** What the figure shows before a model runs: the default model's attention over the opening text, lower triangles, four digits. */
import { initialParams } from '#kit/params/schema.ts';
import { shippedModel } from '#kit/runtime/site-models.ts';
import type { Speaker } from '#kit/runtime/speaker.ts';
import { ask } from './ask.ts';
import { params } from './params.ts';

export async function record(open: (model: string) => Promise<Speaker>): Promise<unknown> {
	const initial = initialParams(params);
	const { model, prompt, tokens, left, heads, kvHeads, attentions } = await ask(initial, await open(shippedModel(initial.pageModel)));
	const T = tokens.length;
	const triangle = (all: ArrayLike<number>): number[] => {
		const out: number[] = [];
		for (let row = 0; row < heads * T; row++) {
			for (let key = 0; key <= row % T; key++) out.push(Math.round(all[row * T + key]! * 1e4) / 1e4);
		}
		return out;
	};
	return { model, prompt, tokens, left, heads, kvHeads, attentions: attentions.map(triangle) };
}
