/** The picture on the page as a file: text stays text, tokens are written out, nothing refers to the page any more. */

/** Properties that the sheets of the page set on marks and that a lone file must carry itself. */
const CARRIED = [
	'fill',
	'stroke',
	'font-family',
	'font-size',
	'font-weight',
	'font-variant-numeric',
	'text-anchor',
	'dominant-baseline',
	'opacity',
	'display'
] as const;

/** A standalone SVG document of `svg` as it is drawn now, with the page's background and a title. */
export function standaloneSvg(svg: SVGSVGElement, title: string, link: string): string {
	const copy = svg.cloneNode(true) as SVGSVGElement;
	const from = [svg, ...svg.querySelectorAll('*')];
	const to = [copy, ...copy.querySelectorAll('*')];
	from.forEach((source, i) => {
		const target = to[i];
		if (!(target instanceof SVGElement)) return;
		const style = getComputedStyle(source);
		for (const property of CARRIED) {
			const value = style.getPropertyValue(property);
			if (value !== '' && value !== 'none' && value !== 'inline' && value !== 'normal' && value !== '1')
				target.setAttribute(property, value);
			else if (value === 'none' && (property === 'fill' || property === 'display')) target.setAttribute(property, 'none');
		}
		for (const name of ['class', 'style', 'role', 'tabindex', 'aria-label']) target.removeAttribute(name);
	});
	const box = svg.viewBox.baseVal;
	copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
	copy.setAttribute('width', String(box.width));
	copy.setAttribute('height', String(box.height));
	const paper = getComputedStyle(document.documentElement).getPropertyValue('--paper').trim();
	const make = (name: string, attributes: Record<string, string>, text = ''): SVGElement => {
		const element = document.createElementNS('http://www.w3.org/2000/svg', name);
		for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
		element.textContent = text;
		return element;
	};
	copy.prepend(
		make('title', {}, title),
		make('desc', {}, link),
		make('rect', { width: String(box.width), height: String(box.height), fill: paper })
	);
	return new XMLSerializer().serializeToString(copy);
}

/** Offers content as a file to save. */
export function save(name: string, type: string, content: BlobPart): void {
	const url = URL.createObjectURL(new Blob([content], { type }));
	const a = document.createElement('a');
	a.href = url;
	a.download = name;
	a.click();
	setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
