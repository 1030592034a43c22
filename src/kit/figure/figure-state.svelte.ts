import { untrack } from 'svelte';
import type { Explainer, Live } from '#kit/explainer.ts';
import { captionText } from '#kit/figure/describe.ts';
import type { Facts, Frame, Problem } from '#kit/model.ts';
import { startStep, stepShown } from '#kit/params/open.ts';
import type { Clamp, Params, Schema } from '#kit/params/schema.ts';
import { Playhead } from '#kit/player/playhead.svelte.ts';
import type { Locale } from '#kit/text/locale.ts';
import { UrlState } from '#kit/url/url-state.svelte.ts';

export { startStep };

/** One set of parameters with all that follows from it. */
export interface Side {
	readonly params: Params<Schema>;
	readonly data: unknown;
	readonly frames: readonly Frame[];
	readonly problem: Problem | undefined;
}

/** Everything that an open figure is: the address, the sides that follow from it, where the reader stands. */
export class FigureState {
	readonly url: UrlState<Schema>;
	readonly playhead: Playhead;
	live = $state.raw<Live<Schema, unknown> | undefined>(undefined);
	readonly #explainer: Explainer;
	readonly #first: Side = $derived.by(() => this.#side(this.url.params));
	readonly #second: Side | undefined = $derived.by(() => (this.url.second === undefined ? undefined : this.#side(this.url.second)));
	readonly #facts: readonly Facts[] = $derived.by(() =>
		this.sides.map((side) => this.#explainer.model.facts(side.params, side.data, this.stepOf(side)))
	);
	/** The number of frames that the step was last fitted to. */
	#fitted = 0;
	/** A step of the address that only the model's answer will have, and where the reader stands until it comes. */
	#awaited = $state.raw<{ readonly step: number; readonly t: number } | undefined>(undefined);

	constructor(explainer: Explainer) {
		this.#explainer = explainer;
		this.url = new UrlState(explainer.model.params, explainer.opening, explainer.views);
		this.playhead = new Playhead(() => this.count);
		this.placeAt(undefined);
	}

	get first(): Side {
		return this.#first;
	}
	get second(): Side | undefined {
		return this.#second;
	}
	get sides(): readonly Side[] {
		return this.#second === undefined ? [this.#first] : [this.#first, this.#second];
	}
	/** Of each side, at the step that is shown. */
	get facts(): readonly Facts[] {
		return this.#facts;
	}
	get count(): number {
		return Math.max(this.#first.frames.length, this.#second?.frames.length ?? 0);
	}
	/** The step that a side shows: the shorter of two rests at its end. */
	stepOf(side: Side): number {
		return Math.min(this.playhead.step, side.frames.length - 1);
	}
	frameOf(side: Side, step = this.playhead.step): Frame {
		return side.frames[Math.min(step, side.frames.length - 1)]!;
	}
	captionOf(side: Side, locale: Locale): string {
		return captionText(this.#explainer, this.frameOf(side).caption, locale);
	}
	/** The step as the address tells it: nothing where the page starts anyway. */
	get stepToPrint(): number | undefined {
		const { step, last } = this.playhead;
		if (this.#awaits) return this.#awaited?.step;
		return step === startStep(this.#explainer, last) ? undefined : step;
	}

	/** Takes over what the address says. */
	read(search: string): void {
		this.url.read(search);
		this.placeAt(this.url.step);
	}
	placeAt(step: number | undefined): void {
		const last = this.count - 1;
		this.#fitted = this.count;
		this.#awaited = step !== undefined && Number.isFinite(step) && step > last ? { step, t: last } : undefined;
		this.playhead.scrub(stepShown(this.#explainer, step, last));
	}
	/** Whoever stood at the end stays at the end when parameters make the figure longer or shorter. */
	fit(): void {
		const { count } = this;
		if (count === this.#fitted) return;
		if (this.#awaited !== undefined && this.playhead.t === Math.min(this.#awaited.t, count - 1)) return this.placeAt(this.#awaited.step);
		this.#awaited = undefined;
		const atEnd = this.playhead.t >= Math.min(this.#fitted, count) - 1;
		this.#fitted = count;
		if (atEnd) this.playhead.scrub(count - 1);
	}
	/** Asks for the data that is shown and fits the step to what comes, for as long as the component lives that calls this at its start. */
	follow(): void {
		$effect(() => this.live?.want(this.sides.map((side) => side.params)));
		$effect(() => {
			// Read here, so that the effect runs again when it changes.
			if (this.count > 0) untrack(() => this.fit());
		});
	}
	set(patch: Readonly<Record<string, unknown>>, commit: boolean, second = false, clamped: readonly Clamp[] = []): void {
		if (second && this.url.second !== undefined) this.url.second = { ...this.url.second, ...patch } as Params<Schema>;
		else this.url.params = { ...this.url.params, ...patch } as Params<Schema>;
		this.url.clamped = clamped;
		this.#awaited = undefined;
		this.fit();
		this.url.write(this.stepToPrint, commit);
	}
	compare(on: boolean): void {
		this.url.second = on ? this.url.params : undefined;
		this.fit();
		this.url.write(this.stepToPrint, true);
	}
	close(): void {
		this.playhead.close();
		this.url.close();
		this.live?.close();
	}

	/** Whether the step of the address may still come: a model is asked, has not answered, and the reader has not moved. */
	get #awaits(): boolean {
		const { params } = this.#first;
		const awaited = this.#awaited;
		return (
			awaited !== undefined &&
			this.playhead.t === awaited.t &&
			this.#explainer.asks?.(params) !== undefined &&
			this.live?.data(params) === undefined
		);
	}

	#side(params: Params<Schema>): Side {
		const { model, recorded } = this.#explainer;
		const data = this.live?.data(params) ?? recorded(params);
		return { params, data, frames: model.frames(params, data), problem: model.check?.(params) };
	}
}
