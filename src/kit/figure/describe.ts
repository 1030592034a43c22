/** A figure's state as JSON: what the figure command prints and the page's data export saves. */
import type { Explainer, Labels } from '#kit/explainer.ts';
import type { Caption, Frame } from '#kit/model.ts';
import type { Clamp, Params, Schema } from '#kit/params/schema.ts';
import { locales, type Bilingual, type Locale } from '#kit/text/locale.ts';

export function captionText(explainer: Explainer, caption: Caption, locale: Locale): string {
	return explainer.labels[locale].captions[caption.key]?.(caption.values) ?? caption.key;
}

/** The names of all steps, for the scrub bar. */
export function marksOf(frames: readonly Frame[], text: Pick<Labels, 'marks'>): string[] {
	return frames.map(({ mark }, i) =>
		mark === undefined ? String(i + 1) : [text.marks[mark.key] ?? mark.key, mark.value].filter((part) => part !== undefined).join(' ')
	);
}

function bilingual<T>(make: (locale: Locale) => T): Bilingual<T> {
	return Object.fromEntries(locales.map((locale) => [locale, make(locale)])) as Record<Locale, T>;
}

export interface Description {
	readonly slug: string;
	readonly params: Readonly<Record<string, unknown>>;
	readonly clamped: readonly Clamp[];
	readonly step: number;
	readonly steps: number;
	readonly caption: Bilingual<string>;
	readonly facts: Readonly<Record<string, unknown>>;
	readonly frame: unknown;
	readonly frames?: readonly unknown[];
}

/** Describes one step, or with `all` every step. `step` is clamped to what there is, and that is told. */
export function describe(
	slug: string,
	explainer: Explainer,
	state: { params: Params<Schema>; clamped: readonly Clamp[]; step: number; all?: boolean },
	data: unknown
): Description {
	const { model } = explainer;
	const frames = model.frames(state.params, data);
	const step = Math.min(frames.length - 1, Math.max(0, state.step));
	const clamped = [...state.clamped];
	// The figure's own start may lie beyond the end of a short run; only a step that somebody asked for is told.
	if (Number.isFinite(state.step) && step !== state.step && state.step !== explainer.startAt) {
		clamped.push({ param: 'step', given: String(state.step), used: String(step), why: state.step < 0 ? 'tooSmall' : 'tooLarge' });
	}
	const frame = frames[step]!;
	const json = (f: Frame): unknown => model.toJSON?.(f) ?? f;
	const facts = Object.entries(model.facts(state.params, data, step)).map(([id, { value, unit, source }]) => [
		id,
		{ value, unit, source, label: bilingual((l) => explainer.labels[l].facts[id] ?? id) }
	]);
	return {
		slug,
		params: state.params,
		clamped,
		step,
		steps: frames.length,
		caption: bilingual((l) => captionText(explainer, frame.caption, l)),
		facts: Object.fromEntries(facts) as Record<string, unknown>,
		frame: json(frame),
		...(state.all === true ? { frames: frames.map(json) } : {})
	};
}
