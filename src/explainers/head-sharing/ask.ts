/** Asks a language model for the attention of all its heads over the reader's text. */
import type { Speaker } from '#kit/runtime/speaker.ts';
import { MOST_TOKENS, type HeadData } from './data.ts';
import type { HeadParams } from './params.ts';

/** @throws RuntimeError, `unsupported` when the model has no laboratory graph. */
export async function ask(p: HeadParams, speaker: Speaker, signal?: AbortSignal): Promise<HeadData> {
	const options = signal === undefined ? {} : { signal };
	const ids = await speaker.encode(p.prompt, options);
	const shown = ids.slice(0, MOST_TOKENS);
	const { attentions } = await speaker.lab(shown, options);
	const name = (id: number): string => {
		const token = speaker.tokens[id];
		if (token?.bytes !== undefined && token.bytes.length > 0)
			return `‹${token.bytes.map((b) => b.toString(16).toUpperCase().padStart(2, '0')).join(' ')}›`;
		return (token?.text ?? `#${id}`).replaceAll('\n', '↵').replace(/^ /, '·') || `#${id}`;
	};
	const { heads, kvHeads } = speaker.config;
	return {
		origin: 'live',
		model: speaker.config.name,
		prompt: p.prompt,
		tokens: shown.map(name),
		heads,
		kvHeads,
		attentions,
		left: ids.length - shown.length
	};
}
