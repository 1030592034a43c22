/**
 * The answer to a topic, one Markdown file each, and the Vite plugin that turns it into HTML when the site is built:
 *
 *   ---
 *   figures:
 *     - paged-attention?scene=paper-fig6&step=3       states that show it, as in a link
 *   sources:
 *     - Kwon et al., …, SOSP 2023                     Markdown, one line each
 *   ---
 *
 *   ## en
 *   Answer with $TeX$ …
 *
 *   ### Follow-up
 *   **Question?** Answer …
 *
 *   ## zh
 *   …
 *
 *   ### 追问
 *   …
 */
import { readFile } from 'node:fs/promises';
import { Marked } from 'marked';
import type { Plugin } from 'vite';
// Relative: Vite loads this file before it knows the aliases.
import { renderSections, TEX } from '../kit/text/prose.plugin.ts';
import type { Locale } from '../kit/text/locale.ts';

/** A figure in one of its states. */
export interface State {
	readonly slug: string;
	/** Without "?"; empty for what a bare address shows. */
	readonly query: string;
}

export interface Told {
	/** HTML. */
	readonly answer: string;
	/** HTML: what an interviewer would ask next, with its answer. */
	readonly followUp: string;
	/** Both as bare words, for the search. */
	readonly words: string;
}

export interface Answer extends Readonly<Record<Locale, Told>> {
	readonly figures: readonly State[];
	/** HTML, one a source. */
	readonly sources: readonly string[];
}

const LISTS = ['figures', 'sources'] as const;
export const FOLLOW_UP: Readonly<Record<Locale, string>> = { en: 'Follow-up', zh: '追问' };

type Lists = Readonly<Record<(typeof LISTS)[number], readonly string[]>>;

/**
 * The lists above the text, and the text with as many empty lines in their place, so that its line numbers stay those of the file.
 * Items are taken as they stand: a colon or an ampersand in a source needs no quotes.
 */
export function frontMatter(source: string, file: string): { readonly lists: Lists; readonly body: string } {
	const [whole, inside = ''] = /^---\n([\s\S]*?)\n---(?:\n|$)/.exec(source) ?? [];
	if (whole === undefined) throw new Error(`${file}:1: the file begins with "---", its lists and "---"`);
	const lists: Record<string, string[]> = {};
	let list: string[] | undefined;
	for (const [i, line] of inside.split('\n').entries()) {
		const at = `${file}:${i + 2}`;
		const [, name] = /^(\w+):\s*$/.exec(line) ?? [];
		const [, item] = /^\s*-\s+(.*\S)\s*$/.exec(line) ?? [];
		if (name !== undefined) {
			if (!(LISTS as readonly string[]).includes(name)) throw new Error(`${at}: unknown list "${name}"; known: ${LISTS.join(', ')}`);
			if (lists[name] !== undefined) throw new Error(`${at}: "${name}" stands here twice`);
			list = lists[name] = [];
		} else if (item !== undefined && list !== undefined) list.push(item.replace(/^(["'])(.*)\1$/, '$2'));
		else if (line.trim() !== '') throw new Error(`${at}: neither "name:" nor "- item": ${line.trim()}`);
	}
	const { figures = [], sources = [] } = lists;
	if (figures.length === 0 || sources.length === 0) throw new Error(`${file}: an answer names at least one figure and one source`);
	return { lists: { figures, sources }, body: whole.replace(/[^\n]/g, '') + source.slice(whole.length) };
}

/** What is left of Markdown when its marks and formulas are taken out. */
export function bareWords(markdown: string): string {
	return markdown
		.replace(TEX, ' ')
		.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
		.replace(/^\s*\|?[-:| ]+\|?\s*$/gm, ' ')
		.replace(/[*_`#>|]+/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
}

/** Errors name the file, and the line where there is one. */
export function parseAnswer(text: string, file: string): Answer {
	const source = text.replaceAll('\r\n', '\n');
	const { lists, body } = frontMatter(source, file);
	const sections = renderSections(body, file, ['en', 'zh']);
	const tell = (locale: Locale): Told => {
		const parts = (sections[locale] ?? '').split(`<h3>${FOLLOW_UP[locale]}</h3>`);
		const [answer = '', followUp = ''] = parts.map((part) => part.trim());
		if (parts.length !== 2 || answer === '' || followUp === '') {
			throw new Error(`${file}: section "${locale}" is an answer, one "### ${FOLLOW_UP[locale]}" and what follows it`);
		}
		return { answer, followUp, words: bareWords(body.split(`\n## ${locale}\n`)[1]?.split(/^## /m)[0] ?? '') };
	};
	const marked = new Marked({ gfm: true });
	return {
		figures: lists.figures.map((figure) => {
			const [slug = '', query = ''] = figure.split(/\?(.*)/s);
			return { slug, query };
		}),
		sources: lists.sources.map((line) => marked.parseInline(line, { async: false })),
		en: tell('en'),
		zh: tell('zh')
	};
}

export function answers(): Plugin {
	return {
		name: 'answers',
		enforce: 'pre',
		async load(id) {
			const [file = ''] = id.split('?');
			if (!/\/notes\/answers\/t\d+\.md$/.test(file)) return null;
			this.addWatchFile(file);
			return `export default ${JSON.stringify(parseAnswer(await readFile(file, 'utf8'), file))};`;
		}
	};
}
