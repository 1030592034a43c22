/** The models of the site as static/models/ describes them: index, cards and training logs, read when the site is built. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Marked } from 'marked';
import type { ModelEntry } from '#kit/runtime/protocol.ts';
import type { Bilingual, Locale } from '#kit/text/locale.ts';

const folder = join(process.cwd(), 'static', 'models');

/** A point of a training log: bits per byte of unseen text after so many tokens. */
export interface LogRow {
	readonly tokens: number;
	readonly bits_per_byte: number;
}
/** An entry of models/index.json, with what only this page shows. */
export interface IndexEntry extends ModelEntry {
	readonly title: Bilingual<string>;
	readonly parameters: number;
	readonly licence: string;
	readonly default: boolean;
}
export interface Card {
	readonly entry: IndexEntry;
	/** The card without its heading, as HTML whose headings start at h3. */
	readonly html: string;
	readonly log: readonly LogRow[];
}

/** A card's Markdown as HTML, two levels below the page's own heading; its first heading is the model's name and left out. */
export function cardHtml(markdown: string): string {
	const marked = new Marked({
		gfm: true,
		walkTokens: (token) => {
			if (token.type === 'heading') (token as { depth: number }).depth += 1;
		}
	});
	const html = marked.parse(markdown.replace(/^# .*\n/, ''), { async: false });
	// Wide tables scroll by themselves, by keys too; the empty headings of two-column tables are no headings.
	return html
		.replaceAll('<table>', '<div class="scroll" tabindex="0"><table>')
		.replaceAll('</table>', '</table></div>')
		.replaceAll(/<thead>\s*<tr>\s*(<th><\/th>\s*)+<\/tr>\s*<\/thead>/g, '')
		.replaceAll('<th></th>', '<td></td>')
		.replaceAll(/<td>(\d\.\d+)e([+-])0*(\d+)<\/td>/g, (_, digits: string, sign: string, power: string) => {
			const value = Number(`${digits}e${sign}${power}`);
			return `<td>${value >= 0.01 && value < 1e4 ? value : `${digits}&nbsp;×&nbsp;10<sup>${sign === '-' ? '−' : ''}${power}</sup>`}</td>`;
		});
}

export function readCards(locale: Locale): readonly Card[] {
	const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as readonly IndexEntry[];
	return index.map((entry) => {
		const training = join(folder, entry.name, 'training.json');
		return {
			entry,
			html: cardHtml(readFileSync(join(folder, entry.name, locale === 'zh' ? 'README.zh.md' : 'README.md'), 'utf8')),
			log: existsSync(training) ? (JSON.parse(readFileSync(training, 'utf8')) as { log: readonly LogRow[] }).log : []
		};
	});
}
