/** What the figure is computed from besides its parameters: what a language model answered, live or recorded, or numbers of one's own. */
import type { SamplingParams } from './params.ts';

/** How a token is shown; `bytes` when it is a piece of a character. */
export interface TokenText {
	readonly text: string;
	readonly bytes?: readonly number[];
	readonly special?: boolean;
}

export interface WrittenToken {
	readonly id: number;
	/** (vocab): what it was drawn from. */
	readonly logits: ArrayLike<number>;
	/** Put there by the reader instead of the coin. */
	readonly forced: boolean;
}

export interface SamplingData {
	readonly origin: 'live' | 'recorded' | 'custom';
	readonly model: string;
	/** The text whose continuation this is; for recorded data not always the one that the reader typed. */
	readonly prompt: string;
	readonly promptIds: readonly number[];
	readonly written: readonly WrittenToken[];
	/** (vocab): the logits after everything written; null when the text has ended. */
	readonly next: ArrayLike<number> | null;
	/** By id; recorded data knows only the tokens that can be seen. */
	readonly tokens: readonly (TokenText | undefined)[];
	readonly eos: readonly number[];
	/** Mode beams: (steps)(running beams)(vocab) logits, and two texts to compare the tree with. */
	readonly beams?: {
		readonly rows: readonly (readonly ArrayLike<number>[])[];
		readonly greedy: readonly number[];
		readonly sampled: readonly number[];
	};
	/** Why the text ends before its length: its end token, or the model's context is full. */
	readonly ended?: 'eos' | 'context';
}

const customs = new WeakMap<object, SamplingData>();

/** Numbers that the reader gave: a vocabulary of their own, whose tokens are called by their index. The same numbers, the same object. */
export function customData(p: SamplingParams): SamplingData {
	const known = customs.get(p.logits);
	if (known !== undefined) return known;
	const data: SamplingData = {
		origin: 'custom',
		model: '',
		prompt: '',
		promptIds: [],
		written: [],
		next: p.logits,
		tokens: p.logits.map((_, id) => ({ text: `#${id}` })),
		eos: []
	};
	customs.set(p.logits, data);
	return data;
}

/** A token as a label: its leading space as a dot, line ends as an arrow, lone bytes in hexadecimal. */
export function labelOf(tokens: SamplingData['tokens'], id: number): string {
	const token = tokens[id];
	if (token === undefined) return `#${id}`;
	if (token.bytes !== undefined && token.bytes.length > 0) {
		return `‹${token.bytes.map((b) => b.toString(16).toUpperCase().padStart(2, '0')).join(' ')}›`;
	}
	if (token.text === '') return `#${id}`;
	return token.text
		.replaceAll('\n', '↵')
		.replaceAll('\t', '⇥')
		.replace(/^ +/, (s) => '·'.repeat(s.length));
}
