/** Tokens of the theme as numbers, for canvases. In the browser only. */
import type { Colour } from '#kit/figure/area-picture.ts';
import type { Tone } from '#kit/figure/cells.ts';

/** A token as numbers: painted on one dot and read back, whatever notation it has. */
export function colourOf(element: HTMLElement, context: CanvasRenderingContext2D, { fill, alpha = 1 }: Tone): Colour {
	const name = /^var\((--[\w-]+)/.exec(fill)?.[1];
	context.clearRect(0, 0, 1, 1);
	context.fillStyle = name === undefined ? fill : getComputedStyle(element).getPropertyValue(name).trim();
	context.fillRect(0, 0, 1, 1);
	const [r = 0, g = 0, b = 0, a = 255] = context.getImageData(0, 0, 1, 1).data;
	return [r, g, b, (a / 255) * alpha];
}

/** Calls `changed` whenever the page's theme does; returns how to stop. */
export function watchTheme(changed: () => void): () => void {
	const observer = new MutationObserver(changed);
	observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
	const dark = matchMedia('(prefers-color-scheme: dark)');
	dark.addEventListener('change', changed);
	return () => {
		observer.disconnect();
		dark.removeEventListener('change', changed);
	};
}
