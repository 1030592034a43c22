/**
 * What the figures look like: first, middle and last frame of the opening in both languages and on a phone, and the frame that each named view
 * opens at, drawn by the server renderer and compared with src/explainers/<slug>/golden/*.svg. `npm run golden` writes them; a commit that
 * changes them says how the picture changed.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { locales, type Locale } from '#kit/text/locale.ts';
import { ends, figures, framesOf, shownStep, statesOf, type Figure, type State } from './lib/explainers.ts';
import { picture, tidy } from './lib/golden.ts';

const WIDE = 780;
const PHONE = 340;
/** So many named views of a figure are kept as pictures; the others are drawn all the same, and must not throw. */
const VIEWS = 16;

const writes = (): boolean => (expect.getState().snapshotState as unknown as { _updateSnapshot: string })._updateSnapshot === 'all';
const folderOf = (slug: string): string => new URL(`../src/explainers/${slug}/golden/`, import.meta.url).pathname;

interface Picture {
	readonly file: string;
	readonly state: State;
	readonly step: number;
	readonly locale: Locale;
	readonly width: number;
}

function picturesOf(figure: Figure): Picture[] {
	const [start, ...views] = statesOf(figure) as [State, ...State[]];
	const count = framesOf(figure, start.params).length;
	const steps = ends(count).flatMap((step) =>
		locales.map((locale) => ({ file: `start.${step}.${locale}.svg`, state: start, step, locale, width: WIDE }))
	);
	const phone = locales.map((locale) => ({
		file: `start.phone.${locale}.svg`,
		state: start,
		step: shownStep(figure, start.query, count),
		locale,
		width: PHONE
	}));
	const named = views.slice(0, VIEWS).flatMap((state, i) => {
		const step = shownStep(figure, state.query, framesOf(figure, state.params).length);
		// The words are the same in every picture of a figure: one language each is enough to see them, in turns.
		const locale = locales[i % locales.length]!;
		return [{ file: `${state.name}.${locale}.svg`, state, step, locale, width: WIDE }];
	});
	return [...steps, ...phone, ...named];
}

/** Numbers in attributes that are no numbers, and elements left open. */
function expectDrawn(svg: string): void {
	expect(svg).not.toMatch(/="[^"]*\b(NaN|undefined|Infinity|null)\b/);
	expect(svg).not.toMatch(/\[object/);
	const open: string[] = [];
	for (const [, slash = '', name = '', closed = ''] of svg.matchAll(/<(\/?)([A-Za-z]+)(?:\s[^<>]*?)?(\/?)>/g)) {
		if (slash === '/') expect(open.pop()).toBe(name);
		else if (closed === '') open.push(name);
	}
	expect(open).toEqual([]);
}

describe.each(figures)('$slug', (figure) => {
	const { slug } = figure;
	const pictures = picturesOf(figure);

	it.each(pictures)('$file', async ({ file, state, step, locale, width }) => {
		const svg = picture(figure, state.params, framesOf(figure, state.params), { step, locale, width });
		expectDrawn(svg);
		const golden = `${folderOf(slug)}${file}`;
		// A picture that nobody has looked at is no golden one.
		if (!writes()) expect(existsSync(golden), `${golden} is missing: npm run golden writes it`).toBe(true);
		await expect(svg).toMatchFileSnapshot(golden);
	});

	it('keeps no picture that no state draws', () => {
		const folder = folderOf(slug);
		const expected = new Set(pictures.map(({ file }) => file));
		const stray = (existsSync(folder) ? readdirSync(folder) : []).filter((file) => !expected.has(file));
		if (writes()) for (const file of stray) rmSync(`${folder}${file}`);
		else expect(stray).toEqual([]);
	});

	it.each(statesOf(figure))('draws $name at every kind of moment and size', ({ params }) => {
		const frames = framesOf(figure, params);
		for (const step of ends(frames.length)) {
			for (const width of [280, WIDE]) {
				expectDrawn(picture(figure, params, frames, { step, locale: 'en', width, k: step === frames.length - 1 ? 0 : 0.4 }));
			}
		}
	});

	it('is the same picture when drawn again', () => {
		const [{ state, step, locale, width }] = pictures as [Picture];
		const draw = () => picture(figure, state.params, framesOf(figure, state.params), { step, locale, width });
		expect(draw()).toBe(draw());
	});

	it('ends a move where the next step begins', () => {
		const [start] = statesOf(figure) as [State];
		const frames = framesOf(figure, start.params);
		if (frames.length < 2) return;
		const at = (step: number, k: number) => picture(figure, start.params, frames, { step, locale: 'en', width: WIDE, k });
		// Both are drawn, and neither throws at the very ends of the move.
		for (const k of [1e-9, 1 - 1e-9]) expectDrawn(at(0, k));
		expect(at(0, 0)).not.toBe(at(1, 0));
	});
});

describe('a picture as text', () => {
	it('has numbers to a tenth in its marks, and words as they are', () => {
		expect(tidy('<svg><!--[--><text x="1.26" d="M0.04 -0.04L9.96 1e-7">0.963 of 1.25</text></svg>')).toBe(
			'<svg>\n<text x="1.3" d="M0 0L10 1e-7">0.963 of 1.25</text>\n</svg>\n'
		);
	});
});
