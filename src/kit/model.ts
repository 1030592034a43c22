/** The contract of a model: parameters (and given data) in, frames and named facts out. No DOM, no clock, no chance. */
import type { Params, Schema } from '#kit/params/schema.ts';

/** One sentence of the figure: a key into the labels of both languages, and the numbers and names that it mentions. */
export interface Caption {
	readonly key: string;
	readonly values: Readonly<Record<string, string | number>>;
}

/** One step of a figure. `mark` names the step on the scrub bar: a key of `labels.marks`, with its value where it has one. */
export interface Frame {
	readonly caption: Caption;
	readonly mark?: { readonly key: string; readonly value?: string | number };
}

/** Several numbers or lists of groups under one name, by kind: exact in exports, told in short on the page. */
export type FactRecord = Readonly<Record<string, number | readonly (readonly number[])[]>>;

/** A number that the reader may quote. `unit` is a key of kit/text/format.ts; `source` says where the definition comes from. */
export interface Fact {
	readonly value: number | string | readonly number[] | FactRecord | null;
	readonly unit: Unit;
	readonly source: string;
	/** In powers of 1000, as papers about training print them: bytes as GB (otherwise GiB), counts as 7.5B (otherwise all digits). */
	readonly decimal?: boolean;
	/** What the number is set against, e.g. the same quantity before the cut; a key of `labels.notes` and its values. */
	readonly note?: Caption;
}
export type Unit =
	'count' | 'share' | 'bits' | 'bytes' | 'milliseconds' | 'tokensPerSecond' | 'ratio' | 'tokens' | 'perplexity' | 'time' | 'text';
export type Facts = Readonly<Record<string, Fact>>;

/** Parameters that are each in range but cannot stand together, with the smallest change that makes them possible. */
export interface Problem {
	readonly key: string;
	readonly values: Readonly<Record<string, string | number>>;
	readonly fix: Readonly<Record<string, unknown>>;
}

/** A figure without its picture. `D` is what cannot be computed from parameters, e.g. what the language model answered. */
export interface Model<S extends Schema, F extends Frame, D = void> {
	readonly params: S;
	/** Never throws and never returns an empty list, whatever the (clamped) parameters. */
	frames(p: Params<S>, data: D): readonly F[];
	/** `step` is the frame that is shown, for facts of a moment; a figure whose facts hold throughout ignores it. */
	facts(p: Params<S>, data: D, step?: number): Facts;
	/** What cannot stand together, told to the reader with a button for the fix; frames() copes with such parameters all the same. */
	check?(p: Params<S>): Problem | undefined;
	/** The frame as plain JSON for exports, without what only the picture needs. */
	toJSON?(frame: F): unknown;
}
