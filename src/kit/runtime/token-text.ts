/** Texts from tokens on the main thread, without the tokenizer: what a running text needs many times a second. */
import type { TokenText } from './protocol.ts';

/**
 * The text that tokens make together, inside a longer one: leading spaces stay, special tokens are left out, and bytes are read as UTF-8 across
 * tokens; what is no whole character (yet) becomes U+FFFD.
 */
export function joinTokens(tokens: readonly TokenText[], ids: readonly number[]): string {
	const encoder = new TextEncoder();
	const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	let text = '';
	for (const id of ids) {
		const token = tokens[id];
		if (!token || token.special) continue;
		text += decoder.decode(token.bytes ? Uint8Array.from(token.bytes) : encoder.encode(token.text), { stream: true });
	}
	return text + decoder.decode();
}
