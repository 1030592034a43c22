/** What a query string opens: the one reading of it that the page, the embed, thumbnails, pictures and the command share. Pure. */
import { parseQuery } from '#kit/params/codec.ts';
import { initialParams, type Clamp, type Params, type Schema } from '#kit/params/schema.ts';

/** The part of an explainer that an address needs. */
export interface Openable<S extends Schema = Schema> {
	readonly model: { readonly params: S };
	/** What a bare address opens with. */
	readonly opening?: string;
	readonly views?: readonly { readonly id: string; readonly query: string }[];
	readonly startAt: 'first' | 'last' | number;
}

export interface Opened<S extends Schema = Schema> {
	readonly params: Params<S>;
	/** The second settings of a comparison ("b.name"), where the query compares. */
	readonly second: Params<S> | undefined;
	/** The step that was asked for, from 0; Infinity for the last one, undefined where the query names none. */
	readonly step: number | undefined;
	/** What was given and could not be used, in the order of the query, the step last. */
	readonly clamped: readonly Clamp[];
}

/** The step of an address; anything that is no step is the first one, and told. */
function readStep(text: string | null): { step: number | undefined; told?: Clamp } {
	if (text === null) return { step: undefined };
	if (text === 'last') return { step: Infinity };
	const step = Math.floor(text.trim() === '' ? NaN : Number(text));
	if (step >= 0) return { step };
	return { step: 0, told: { param: 'step', given: text.slice(0, 80), used: '0', why: step < 0 ? 'tooSmall' : 'notANumber' } };
}

/** `named=<view>` stands for that view's own query; what is written beside it goes before it. */
function withView(query: URLSearchParams, figure: Pick<Openable, 'views'>): { query: URLSearchParams; told?: Clamp } {
	const id = query.get('named');
	if (id === null) return { query };
	const view = figure.views?.find((v) => v.id === id);
	if (view === undefined) return { query, told: { param: 'named', given: id.slice(0, 80), used: '', why: 'unknownView' } };
	const whole = new URLSearchParams(query);
	for (const [name, value] of new URLSearchParams(view.query)) if (!query.has(name)) whole.append(name, value);
	return { query: whole };
}

/** What a bare address means. */
export function openingParams<S extends Schema>({ model, opening = '' }: Pick<Openable<S>, 'model' | 'opening'>): Params<S> {
	return parseQuery(model.params, new URLSearchParams(opening), initialParams(model.params)).params;
}

/** Parameters that a query does not name have their initial values, or all those of the opening when it names none. Never throws. */
export function openQuery<S extends Schema>(figure: Omit<Openable<S>, 'startAt'>, search: string | URLSearchParams): Opened<S> {
	const { query, told: noView } = withView(new URLSearchParams(search), figure);
	const schema = figure.model.params;
	const first = parseQuery(schema, query, initialParams(schema));
	const params = first.named ? first.params : openingParams(figure);
	const compares = query.has('compare') || [...query.keys()].some((key) => key.startsWith('b.'));
	const second = compares ? parseQuery(schema, query, params, 'b.') : undefined;
	const { step, told: noStep } = readStep(query.get('step'));
	const clamped = [...first.clamped, ...(second?.clamped ?? []), noView ?? [], noStep ?? []].flat();
	return { params, second: second?.params, step, clamped };
}

/** The step that a figure opens at, of those from 0 to `last`. */
export function startStep({ startAt }: Pick<Openable, 'startAt'>, last: number): number {
	return startAt === 'last' ? last : startAt === 'first' ? 0 : Math.min(last, startAt);
}

/** The step that is shown, of those from 0 to `last`, where `asked` is what openQuery read. */
export function stepShown(figure: Pick<Openable, 'startAt'>, asked: number | undefined, last: number): number {
	return asked === undefined ? startStep(figure, last) : Math.min(last, Math.max(0, asked));
}
