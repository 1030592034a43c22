/** Every registered figure with its parts, and the states that all of its tests look at. */
import { registry } from '#explainers/registry.ts';
import type { Explainer, Manifest } from '#kit/explainer.ts';
import type { Frame } from '#kit/model.ts';
import { parseQuery } from '#kit/params/codec.ts';
import { openQuery, stepShown } from '#kit/params/open.ts';
import { initialParams, type Param, type Params, type Schema } from '#kit/params/schema.ts';

export interface Figure {
	readonly slug: string;
	readonly manifest: Manifest;
	readonly explainer: Explainer;
}

export const figures: readonly Figure[] = await Promise.all(
	registry.map(async (manifest) => ({ slug: manifest.slug, manifest, explainer: (await manifest.load()).default }))
);

export interface State {
	readonly name: string;
	readonly query: string;
	readonly params: Params<Schema>;
}

export const paramsOf = ({ explainer }: Figure, query: string): Params<Schema> => {
	const schema = explainer.model.params;
	return parseQuery(schema, new URLSearchParams(query), initialParams(schema)).params;
};

/** What a bare address opens with, and every named view. */
export function statesOf(figure: Figure): State[] {
	const { opening = '', views } = figure.explainer;
	return [{ id: 'start', query: opening }, ...views].map(({ id, query }) => ({ name: id, query, params: paramsOf(figure, query) }));
}

/** The frames of a state without a language model: computed, or recorded. */
export function framesOf({ explainer }: Figure, params: Params<Schema>): readonly Frame[] {
	return explainer.model.frames(params, explainer.recorded(params));
}

/** The step that a link with this query shows, of `count` frames. */
export function shownStep({ explainer }: Figure, query: string, count: number): number {
	return stepShown(explainer, openQuery(explainer, query).step, count - 1);
}

/** First, middle and last, each once. */
export const ends = (count: number): number[] => [...new Set([0, Math.floor(count / 2), count - 1])];

/** Text that a formula without its numbers leaves behind. */
export const BROKEN_TEXT = /\b(NaN|undefined|null)\b|\[object/;

/**
 * Parameters that make a figure large are kept below `most`, the length of lists likewise: thousands of states must be tried in seconds.
 * What is large has tests of its own in the figure's folder.
 */
export function smaller(schema: Schema, params: Params<Schema>, most: number): Params<Schema> {
	const shrink = (param: Param, value: unknown): unknown => {
		if ((param.kind === 'int' || param.kind === 'optional') && Number.isInteger(value) && Number(value) > most)
			return Math.max(param.min ?? 0, Number(value) % (most + 1));
		return value;
	};
	return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, shrink(schema[name] as Param, value)])) as Params<Schema>;
}
