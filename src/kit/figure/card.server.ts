/** The picture that a link unfurls with (Open Graph, Twitter card): a figure in its state, its name above, at the size that both ask for. */
import { themeTokens } from '#kit/figure/picture.server.ts';
import { CARD } from '#kit/share/card.ts';
import sheetOfTokens from '#kit/theme/tokens.css?raw';

/** Width at which the figure is laid out before it is fitted into the card. */
export const CARD_FIGURE_WIDTH = 820;

const MARGIN = 48;
const TOP = 150;

export interface Card {
	/** A standalone SVG of the figure (pictureSvg). */
	readonly picture: string;
	readonly title: string;
	/** What the state shows, in a few words. */
	readonly subtitle: string;
	readonly site: string;
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** A title or a line that is too long for its place ends in an ellipsis. A Chinese character is twice as wide as a Latin one. */
function cut(text: string, most: number): string {
	let width = 0;
	let out = '';
	for (const character of text) {
		width += /[\u2E80-\uFFEF]/.test(character) ? 2 : 1.05;
		if (width > most) return `${out.trimEnd()}…`;
		out += character;
	}
	return out;
}

export function cardSvg({ picture, title, subtitle, site }: Card): string {
	const tokens = themeTokens(sheetOfTokens, 'light');
	const [head = '', , w = '1', h = '1'] = /^<svg [^>]*?( viewBox="0 0 ([\d.]+) ([\d.]+)")[^>]*>/.exec(picture) ?? [];
	const scale = Math.min((CARD.width - 2 * MARGIN) / Number(w), (CARD.height - TOP - MARGIN / 2) / Number(h));
	const [width, height] = [Number(w) * scale, Number(h) * scale];
	const inner = picture.slice(head.length).trimEnd().replace(/<title>[\s\S]*?<\/title>/, '');
	const at = `x="${(CARD.width - width) / 2}" y="${TOP}" width="${width}" height="${height}" viewBox="0 0 ${w} ${h}"`;
	const font = `font-family="${escape(tokens.get('--sans') ?? 'sans-serif')}"`;
	const line = (y: number, size: number, colour: string, text: string, more = ''): string =>
		`<text y="${y}" font-size="${size}" fill="${tokens.get(colour) ?? '#000'}" ${font} ${more}>${escape(text)}</text>`;
	return (
		`<svg xmlns="http://www.w3.org/2000/svg" width="${CARD.width}" height="${CARD.height}">` +
		`<rect width="100%" height="100%" fill="${tokens.get('--paper') ?? '#fff'}"/>` +
		line(76, 44, '--ink', cut(title, 38), `x="${MARGIN}" font-weight="700"`) +
		line(118, 24, '--ink-2', cut(subtitle, 84), `x="${MARGIN}"`) +
		line(72, 22, '--ink-3', site, `x="${CARD.width - MARGIN}" text-anchor="end"`) +
		`<svg ${at} class="picture">${inner}</svg>\n`
	);
}
