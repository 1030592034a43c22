import type { SamplingData } from './data.ts';

/**
 * The text that tokens make. Bytes become a character as soon as they are a whole one, across tokens; what is none stays in the form in which the
 * token is shown. (decodeURIComponent is the one decoder of UTF-8 in the language itself: a model has no browser around it.)
 */
export function joined(tokens: SamplingData['tokens'], ids: readonly number[]): string {
	let text = '';
	let shown = '';
	let bytes = '';
	for (const id of ids) {
		const token = tokens[id];
		if (token?.bytes === undefined) {
			text += shown + (token?.text ?? `#${id}`);
			[shown, bytes] = ['', ''];
			continue;
		}
		shown += token.text;
		bytes += token.bytes.map((b) => `%${b.toString(16).padStart(2, '0')}`).join('');
		try {
			text += decodeURIComponent(bytes);
			[shown, bytes] = ['', ''];
		} catch {
			// Not whole yet.
		}
	}
	return text + shown;
}
