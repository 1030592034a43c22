/** What the language model of the page adds: the reader's tokens, its attention under the mask, and its next token before and after. */
import type { TokenText } from '#kit/runtime/protocol.ts';

export interface LiveData {
	readonly origin: 'live';
	readonly tokens: readonly TokenText[];
	readonly layers: number;
	readonly heads: number;
	/** By layer, (heads, T, T), rows summing to 1: with the mask. */
	readonly attentions: readonly Float32Array[];
	/** Probabilities (vocab) of the next token without and with the mask. */
	readonly before: Float64Array;
	readonly after: Float64Array;
	readonly names: readonly TokenText[];
	/** Queries that the mask leaves nothing to read; the model was let read their own key instead. */
	readonly empty: number;
	/** Cells of the mask beyond the causal triangle: the model keeps its triangle, so it was not given them. */
	readonly beyond: number;
	/** Tokens that did not fit and were left out. */
	readonly dropped: number;
}
export interface NoData {
	readonly origin: 'none';
}
export type MaskData = LiveData | NoData;
export const NOTHING: NoData = { origin: 'none' };

/** A token as a label: its leading space as a dot, line ends as an arrow, lone bytes in hexadecimal. */
export function labelOf(token: TokenText | undefined): string {
	if (token === undefined) return '';
	if (token.bytes !== undefined && token.bytes.length > 0) {
		return `‹${token.bytes.map((b) => b.toString(16).toUpperCase().padStart(2, '0')).join(' ')}›`;
	}
	return token.text
		.replaceAll('\n', '↵')
		.replaceAll('\t', '⇥')
		.replace(/^ +/, (s) => '·'.repeat(s.length));
}
