/** The contract of an explainer folder: what manifest.ts exports, and what its parts are. */
import type { Component } from 'svelte';
import type { Frame, Model } from '#kit/model.ts';
import type { Params, Schema } from '#kit/params/schema.ts';
import type { Speaker } from '#kit/runtime/speaker.ts';
import type { Bilingual, Locale } from '#kit/text/locale.ts';

/** What a picture is given. It keeps no time of its own: everything it shows follows from these. */
export interface ViewProps<S extends Schema, F extends Frame, L> {
	params: Params<S>;
	/** All frames, for pictures that show past and future too; `from` is frames[step], `to` the next one (or the same at the end). */
	frames: readonly F[];
	step: number;
	from: F;
	to: F;
	/** How far from `from` to `to`, eased, 0..1. */
	k: number;
	/** Size in CSS pixels; the picture's viewBox. */
	width: number;
	height: number;
	text: L;
	locale: Locale;
	/** Tells the reader why the mark under the pointer is there: one sentence, or nothing when the pointer leaves. */
	why?: (sentence: string | undefined) => void;
}

/** What labels.ts holds in each language. `Caption` keys are found in `captions`, fact ids in `facts`, and so on. */
export interface Labels {
	readonly captions: Readonly<Record<string, (v: Readonly<Record<string, string | number>>) => string>>;
	readonly facts: Readonly<Record<string, string>>;
	readonly notes: Readonly<Record<string, (v: Readonly<Record<string, string | number>>) => string>>;
	readonly marks: Readonly<Record<string, string>>;
	readonly params: Readonly<Record<string, string>>;
	readonly values: Readonly<Record<string, string>>;
	readonly views: Readonly<Record<string, string>>;
	readonly problems: Readonly<Record<string, (v: Readonly<Record<string, string | number>>) => string>>;
}

/** A named state: a stable id for links, and the parameters in which it differs from the start. */
export interface NamedView {
	readonly id: string;
	readonly query: string;
}

/** Parameters shown together under one heading (a key of labels.values); `more` starts folded. */
export interface ControlGroup {
	readonly key: string;
	readonly params: readonly string[];
	readonly more?: boolean;
}

/** A table of the frame: the figure's data for readers who cannot see it, and for the CSV export. */
export interface Table {
	readonly columns: readonly string[];
	readonly rows: readonly (readonly (string | number)[])[];
	/** What was left out of a long table, told in its foot. */
	readonly foot?: string;
}

/** Data that comes while the page is open, e.g. from the model in the page. Reactive: data() is read in derived values. */
export interface Live<S extends Schema, D> {
	/** The data for these parameters once it is there. */
	data(p: Params<S>): D | undefined;
	/** What is shown now; asks for what is missing, forgets what nobody waits for any more. */
	want(shown: readonly Params<S>[]): void;
	close(): void;
}

/** What a figure's own parts are given beside the shared controls. */
export interface PartProps<S extends Schema, D, L> {
	params: Params<S>;
	/** Changes parameters as the reader would; `commit` makes it a state that Back returns to. */
	set: (patch: Partial<Params<S>>, commit?: boolean) => void;
	data: D;
	live: Live<S, D> | undefined;
	text: L;
	locale: Locale;
	why: (sentence: string | undefined) => void;
}

export interface Explainer<S extends Schema = Schema, F extends Frame = Frame, D = unknown, L extends Labels = Labels> {
	readonly model: Model<S, F, D>;
	readonly View: Component<ViewProps<S, F, L>>;
	readonly labels: Bilingual<L>;
	/** Formulas of the facts, by fact id, as HTML (see text/tex.ts). */
	readonly formulas: Readonly<Record<string, string>>;
	readonly views: readonly NamedView[];
	readonly controls: readonly ControlGroup[];
	/** Data without asking anyone: computed, or recorded and labelled so. The server and a page without a model show this. */
	readonly recorded: (p: Params<S>) => D;
	/** The language model that these parameters need, by name, or nothing when they need none. */
	readonly asks?: (p: Params<S>) => string | undefined;
	/** Data from that model. */
	readonly ask?: (p: Params<S>, speaker: Speaker) => Promise<D>;
	readonly live?: () => Live<S, D>;
	/** Height of the stage in CSS pixels for its width. */
	readonly height: (width: number, p: Params<S>) => number;
	readonly table: (frame: F, p: Params<S>, data: D, text: L, locale: Locale) => Table;
	/** Parts of this figure alone: above the stage (a text being written), and first among the controls. */
	readonly Above?: Component<PartProps<S, D, L>>;
	readonly Side?: Component<PartProps<S, D, L>>;
	/** Full width, between the stage and the facts. */
	readonly Below?: Component<PartProps<S, D, L>>;
	/** What a bare address opens with; parameters that it does not name have their initial values. */
	readonly opening?: string;
	/** The step that the page opens at. */
	readonly startAt: 'first' | 'last' | number;
	/** Two parameter sets side by side on one playhead. */
	readonly compare: boolean;
}

/** Forgets the types of a figure's parameters, frames and labels, which nobody outside its folder needs. */
export function defineExplainer<S extends Schema, F extends Frame, D, L extends Labels>(explainer: Explainer<S, F, D, L>): Explainer {
	return explainer as unknown as Explainer;
}

export interface Manifest {
	readonly slug: string;
	readonly group: string;
	readonly order: number;
	readonly tags: readonly string[];
	readonly title: Bilingual<string>;
	readonly summary: Bilingual<string>;
	/** Topic ids of the interview topics that the figure answers. */
	readonly answers: readonly string[];
	readonly needsModel?: boolean;
	/** Slugs that it had once: links to them lead here. */
	readonly was?: readonly string[];
	readonly load: () => Promise<{ default: Explainer }>;
}
