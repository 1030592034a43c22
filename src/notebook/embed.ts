/** A live figure in a frame: its address, and what it and the notebook tell each other. The only place that knows either. */
import { TYPE, VERSION } from '#kit/embed/protocol.ts';
import { embedPath } from '#kit/url/paths.ts';
import type { FigureAddress } from './figure-address.ts';

export type Theme = 'auto' | 'light' | 'dark';

/** With all controls: a figure in one's own note is there to be changed. What the link itself asks for goes first. */
export function embedSrc({ lang, slug, query }: FigureAddress, theme: Theme): string {
	const asked = new URLSearchParams(query);
	const options = [
		...(asked.has('controls') ? [] : ['controls=full']),
		...(theme === 'auto' || asked.has('theme') ? [] : [`theme=${theme}`])
	];
	const whole = [query, ...options].filter(Boolean).join('&');
	return embedPath(lang, slug, whole);
}

/** Figures are between these heights in CSS pixels; anything else is no height. */
const [LOWEST, HIGHEST] = [40, 8000];

/** The height that a frame tells its host, or nothing when the message says something else. */
export function heightOf(message: unknown): number | undefined {
	if (typeof message !== 'object' || message === null) return undefined;
	const { type, version, event, height } = message as Readonly<Record<string, unknown>>;
	if (type !== TYPE || version !== VERSION || event !== 'height') return undefined;
	return typeof height === 'number' && height >= LOWEST && height <= HIGHEST ? Math.ceil(height) : undefined;
}

export const themeCommand = (theme: Theme) => ({ type: TYPE, version: VERSION, command: 'theme', theme });

/** The query of the state that the figure in a frame shows: it links to its own page in that state. */
export function stateIn(frame: HTMLIFrameElement): string | undefined {
	return frame.contentDocument?.querySelector<HTMLAnchorElement>('.credit a[href]')?.search.slice(1);
}
