/**
 * Vite plugin, at build only: prose in Markdown with TeX becomes HTML; TeX that does not parse fails the build with file and line.
 *   prose.en.md  ->  export default { idea: '<p>…', walk: '…', … }   one entry for each `## section`
 *   tex`…`       ->  the formula's HTML, in any .ts or .svelte file that imports `tex` from #kit/text/tex.ts
 */
import { readFile } from 'node:fs/promises';
import katex from 'katex';
import { Marked } from 'marked';
import type { Plugin } from 'vite';

export const SECTIONS = ['idea', 'walk', 'maths', 'limits', 'sources'] as const;
export type Section = (typeof SECTIONS)[number];

/** Formulas in Markdown: $$display$$ and $inline$; a price, an escaped dollar or a shell variable is none. */
export const TEX = /\$\$([\s\S]+?)\$\$|(?<![\\\w])\$(?!\s)([^$\n]+?)(?<!\s)\$(?!\d)/g;

function lineOf(text: string, index: number): number {
	return text.slice(0, index).split('\n').length;
}

/** One formula as HTML with MathML inside, so that a screen reader can speak it. Throws KaTeX's own sentence. */
export function renderTex(source: string, displayMode: boolean): string {
	const html = katex.renderToString(source, { displayMode, throwOnError: true, strict: 'error', output: 'htmlAndMathml' });
	// On a narrow screen a long formula scrolls, which must be possible by keys too.
	return html.replace('class="katex-display"', 'class="katex-display" tabindex="0"');
}

/** Markdown with $…$ and $$…$$, by its `## section` headings, as HTML. All of `known` and no other must be there. Errors name file and line. */
export function renderSections(source: string, file: string, known: readonly string[]): Record<string, string> {
	const formulas: string[] = [];
	const keep = (tex: string, display: boolean, index: number): string => {
		try {
			formulas.push(renderTex(tex.trim(), display));
		} catch (error) {
			throw new Error(`${file}:${lineOf(source, index)}: ${(error as Error).message}`, { cause: error });
		}
		return `\u0000${formulas.length - 1}\u0000`;
	};
	// Formulas are taken out before Markdown sees them: an underscore in TeX is no emphasis.
	// Both kinds in one pass, so that every index is one of the file.
	const withoutTex = source.replace(TEX, (all: string, display: string | undefined, inline: string | undefined, index: number) =>
		display === undefined ? keep(inline ?? '', false, index) : keep(display, true, index)
	);
	const marked = new Marked({ gfm: true });
	const sections: Record<string, string> = {};
	for (const part of withoutTex.split(/^## /m).slice(1)) {
		const end = part.indexOf('\n');
		const id = part.slice(0, end).trim();
		if (!known.includes(id)) throw new Error(`${file}: unknown section "${id}"; known: ${known.join(', ')}`);
		// Code scrolls on a narrow screen, as a long formula does: by keys too.
		const html = marked.parse(part.slice(end + 1), { async: false }).replaceAll('<pre>', '<pre tabindex="0">');
		// eslint-disable-next-line no-control-regex -- the mark that stands for a formula
		sections[id] = html.replace(/\u0000(\d+)\u0000/g, (all, n: string) => formulas[Number(n)] ?? '').trim();
	}
	const missing = known.filter((id) => !sections[id]);
	if (missing.length > 0) throw new Error(`${file}: missing or empty section: ${missing.join(', ')}`);
	return sections;
}

/** The prose of a figure: its sections as HTML. */
export function renderProse(source: string, file: string): Record<string, string> {
	return renderSections(source, file, SECTIONS);
}

/** Replaces tex`…` by its HTML as a string. */
export function renderTexTags(code: string, file: string): string {
	return code.replace(/\btex`([^`]*)`/g, (all: string, source: string, index: number) => {
		if (source.includes('${')) throw new Error(`${file}:${lineOf(code, index)}: a formula is rendered at build and cannot hold a value`);
		try {
			return JSON.stringify(renderTex(source, false));
		} catch (error) {
			throw new Error(`${file}:${lineOf(code, index)}: ${(error as Error).message}`, { cause: error });
		}
	});
}

export function prose(): Plugin {
	return {
		name: 'prose',
		enforce: 'pre',
		async load(id) {
			const [file = ''] = id.split('?');
			if (!/\/prose\.(en|zh)\.md$/.test(file)) return null;
			this.addWatchFile(file);
			return `export default ${JSON.stringify(renderProse(await readFile(file, 'utf8'), file))};`;
		},
		transform(code, id) {
			if (!/\.(ts|svelte)(\?|$)/.test(id) || !/\bfrom ['"]#kit\/text\/tex\.ts['"]/.test(code)) return null;
			return { code: renderTexTags(code, id), map: null };
		}
	};
}
