/** Sets the formulas of a clean piece of HTML. KaTeX is fetched when the first formula is there. */
type Katex = (typeof import('katex'))['default'];

/** Longer ones are no formulas. */
const TEX_LENGTH = 5000;

let katex: Katex | undefined;
let loading: Promise<Katex> | undefined;

function load(): Promise<Katex> {
	loading ??= Promise.all([import('katex'), import('katex/dist/katex.min.css')]).then(([module]) => (katex = module.default));
	// Offline just now: asked for again with the next formula.
	loading.catch(() => (loading = undefined));
	return loading;
}

function set(place: HTMLElement, render: Katex['render']): void {
	const tex = place.textContent;
	const displayMode = place.dataset['tex'] === 'block';
	if (tex.length > TEX_LENGTH) return;
	const formula = document.createElement(displayMode ? 'div' : 'span');
	try {
		// trust: false: no links, no pictures, no classes of the note's own.
		render(tex, formula, {
			displayMode,
			throwOnError: true,
			strict: 'ignore',
			trust: false,
			maxSize: 20,
			maxExpand: 500,
			output: 'htmlAndMathml'
		});
	} catch (error) {
		place.classList.add('tex-error');
		place.title = error instanceof Error ? error.message : String(error);
		return;
	}
	// On a narrow screen a long formula scrolls, which must be possible by keys too.
	if (displayMode) formula.firstElementChild?.setAttribute('tabindex', '0');
	place.replaceWith(formula);
}

/** Replaces every formula below `root`; at once when KaTeX is there already. */
export function setFormulas(root: ParentNode): void {
	const places = [...root.querySelectorAll<HTMLElement>('[data-tex]')];
	if (places.length === 0) return;
	if (katex !== undefined) for (const place of places) set(place, katex.render);
	else
		void load().then(
			({ render }) => places.forEach((place) => set(place, render)),
			() => undefined
		);
}
