import { pushState, replaceState } from '$app/navigation';
import { printQuery, queryString } from '#kit/params/codec.ts';
import { openingParams, openQuery, type Openable } from '#kit/params/open.ts';
import { initialParams, type Clamp, type Param, type Params, type Schema } from '#kit/params/schema.ts';

/** Quiet time after which a drag becomes the address; browsers refuse more than a hundred changes in half a minute. */
const SETTLE_MS = 250;

/** What the address says, as state: parameters, the second settings of a comparison, the step, and what was clamped. */
export class UrlState<S extends Schema> {
	readonly schema: S;
	readonly initial: Params<S>;
	params = $state.raw<Params<S>>(undefined as never);
	/** The second settings, or undefined when nothing is compared; printed as "b.name" where they differ from the first. */
	second = $state.raw<Params<S> | undefined>(undefined);
	step = $state.raw<number | undefined>(undefined);
	clamped = $state.raw<readonly Clamp[]>([]);
	/** What a bare address means. */
	readonly opening: Params<S>;
	readonly #figure: Pick<Openable<S>, 'model' | 'opening' | 'views'>;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(schema: S, opening = '', views: Openable['views'] = []) {
		this.schema = schema;
		this.initial = initialParams(schema);
		this.#figure = { model: { params: schema }, opening, views };
		this.opening = openingParams(this.#figure);
		this.params = this.opening;
	}

	/** Takes the state of a query string. */
	read(search: string): void {
		const { params, second, step, clamped } = openQuery(this.#figure, search);
		this.params = params;
		this.second = second;
		this.step = step;
		this.clamped = clamped;
	}

	/** The query string of the state, without "?"; empty for the initial state. */
	print(step: number | undefined): string {
		const pairs = this.#pairs();
		if (this.second !== undefined) {
			const differing = printQuery(this.schema, this.second, this.params, 'b.');
			pairs.push(...(differing.length > 0 ? differing : [['compare', '1'] as [string, string]]));
		}
		if (step !== undefined) pairs.push(['step', String(step)]);
		return queryString(pairs);
	}

	/** Nothing for the opening; otherwise what differs from the initial values, and at least one name, so that it is no bare address. */
	#pairs(): [string, string][] {
		if (printQuery(this.schema, this.params, this.opening).length === 0) return [];
		const pairs = printQuery(this.schema, this.params, this.initial);
		const [name = ''] = Object.keys(this.schema);
		return pairs.length > 0 ? pairs : [[name, (this.schema[name] as Param).print(this.params[name])]];
	}

	/** Writes the state to the address: at once as a new entry of the history, or quietly after a pause. */
	write(step: number | undefined, commit: boolean): void {
		clearTimeout(this.#timer);
		const go = (): void => {
			const query = this.print(step);
			const url = `${location.pathname}${query === '' ? '' : `?${query}`}${location.hash}`;
			if (url === location.pathname + location.search + location.hash) return;
			if (commit) pushState(url, { figure: true });
			else replaceState(url, { figure: true });
		};
		if (commit) go();
		else this.#timer = setTimeout(go, SETTLE_MS);
	}

	close(): void {
		clearTimeout(this.#timer);
	}
}
