/** Markdown to blocks: HTML that has still to be sanitised, and figures. */
import { Marked, type Token, type TokenizerAndRendererExtension, type Tokens } from 'marked';
import { figureLine, type FigureAddress, type Site } from './figure-address.ts';

export interface FigureBlock {
	readonly kind: 'figure';
	readonly key: string;
	readonly figure: FigureAddress;
	readonly label: string;
	readonly href: string;
	/** Its line, and where it begins in the text. */
	readonly raw: string;
	readonly from: number;
}
export type Block = { readonly kind: 'html'; readonly key: string; readonly html: string } | FigureBlock;

/** Longer notes are shown up to here: a browser would take seconds at every key. */
export const PREVIEW_LENGTH = 300_000;

const escape = (text: string): string =>
	text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);

/** A formula as code that says what it is: KaTeX sets it once the HTML is clean (see maths.ts). */
const placeholder = (tex: string, display: boolean): string => `<code data-tex="${display ? 'block' : 'inline'}">${escape(tex)}</code>`;

interface TexToken extends Tokens.Generic {
	type: 'tex' | 'texBlock';
	raw: string;
	text: string;
}

const INLINE_TEX = /^\$(?!\s)((?:\\[\s\S]|[^$\\\n])+?)(?<!\s)\$(?!\d)/;
const DISPLAY_TEX = /^\$\$([\s\S]+?)\$\$/;

const inlineTex: TokenizerAndRendererExtension = {
	name: 'tex',
	level: 'inline',
	start: (text) => {
		const at = text.indexOf('$');
		return at < 0 ? undefined : at;
	},
	tokenizer(text) {
		const display = DISPLAY_TEX.exec(text);
		const [raw, tex] = display ?? INLINE_TEX.exec(text) ?? [];
		if (raw === undefined || tex === undefined || tex.includes('\n\n')) return undefined;
		return { type: 'tex', raw, text: tex.trim(), display: display !== null };
	},
	renderer: (token) => placeholder((token as TexToken).text, (token as TexToken)['display'] === true)
};

const blockTex: TokenizerAndRendererExtension = {
	name: 'texBlock',
	level: 'block',
	start: (text) => /\n {0,3}\$\$/.exec(text)?.index,
	tokenizer(text) {
		const [raw, tex] = /^ {0,3}\$\$((?:(?!\n[ \t]*\n)[\s\S])+?)\$\$[ \t]*(?:\n|$)/.exec(text) ?? [];
		return raw === undefined || tex === undefined ? undefined : { type: 'texBlock', raw, text: tex.trim() };
	},
	renderer: (token) => `<p>${placeholder((token as TexToken).text, true)}</p>\n`
};

interface FigureToken extends Tokens.Generic {
	type: 'figure';
	label: string;
	href: string;
	figure: FigureAddress;
}

const figureBlock = (site: Site): TokenizerAndRendererExtension => ({
	name: 'figure',
	level: 'block',
	// A figure needs no blank line before it: its line ends the paragraph.
	start: (text) => {
		for (const { index } of text.matchAll(/\n(?= {0,3}[[</h])/g)) {
			if (figureLine(text.slice(index + 1, index + 4000), site) !== undefined) return index;
		}
		return undefined;
	},
	tokenizer(text) {
		const line = figureLine(text.slice(0, 4000).replace(/\n[\s\S]*/, '\n'), site);
		return line && { type: 'figure', raw: line.raw, label: line.label, href: line.href, figure: line.figure };
	},
	// Inside a list or a quotation a figure has no room: there its line stays a link.
	renderer: (token) => `<p><a href="${escape(String(token['href']))}">${escape(String(token['label'] || token['href']))}</a></p>\n`
});

/** What turns the notes of a site into blocks; `text` is cut at PREVIEW_LENGTH by the caller. Throws on nesting without end. */
export function blocksOf(site: Site): (text: string) => Block[] {
	const marked = new Marked({ gfm: true });
	marked.use({ extensions: [figureBlock(site), blockTex, inlineTex] });
	return (text) => {
		const blocks: Block[] = [];
		const times = new Map<string, number>();
		const keyOf = (content: string): string => {
			const n = times.get(content) ?? 0;
			times.set(content, n + 1);
			return `${content}\u0000${n}`;
		};
		const html = (tokens: Token[]): void => {
			const made = marked.parser(tokens);
			if (made.trim() !== '') blocks.push({ kind: 'html', key: keyOf(made), html: made });
		};
		let run: Token[] = [];
		const flush = (): void => {
			// An element may be opened in one token and closed in a later one: such a run is one piece.
			if (run.some(({ type }) => type === 'html')) html(run);
			else for (const token of run) html([token]);
			run = [];
		};
		let place = 0;
		for (const token of marked.lexer(text)) {
			// Tokens follow each other in the text, though some spaces between them belong to none.
			const from = Math.max(place, text.indexOf(token.raw, place));
			place = from + token.raw.length;
			if (token.type !== 'figure') {
				run.push(token);
				continue;
			}
			flush();
			const { figure, label, href } = token as FigureToken;
			blocks.push({ kind: 'figure', key: keyOf(`figure ${href}`), figure, label, href, raw: token.raw, from });
		}
		flush();
		return blocks;
	};
}
