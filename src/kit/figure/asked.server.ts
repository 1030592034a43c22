import type { Explainer } from '#kit/explainer.ts';
import type { Params, Schema } from '#kit/params/schema.ts';
import { openSpeaker } from '#kit/runtime/speaker.server.ts';

const answers = new Map<string, Promise<unknown>>();

/** What a state's picture is computed from; a state that needs a language model is asked of the site's own, once for all its pictures. */
export function askedData(slug: string, explainer: Explainer, params: Params<Schema>): Promise<unknown> {
	const key = `${slug} ${JSON.stringify(params)}`;
	const known = answers.get(key);
	if (known !== undefined) return known;
	const model = explainer.asks?.(params);
	const data =
		model === undefined || explainer.ask === undefined
			? Promise.resolve(explainer.recorded(params))
			: openSpeaker(process.cwd(), model).then((speaker) => explainer.ask?.(params, speaker));
	answers.set(key, data);
	return data;
}
