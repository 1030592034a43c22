/** What a reader pastes into notes: a link, Markdown, an iframe, a link with the script. Pure; addresses come whole. */

export interface Shared {
	/** What the state shows, in a few words. */
	readonly title: string;
	/** Address of the figure's page in this state. */
	readonly link: string;
	/** Address of the embed in this state. */
	readonly embed: string;
	/** Address of embed.js. */
	readonly script: string;
	/** Height of the figure as the reader sees it, in CSS pixels. */
	readonly height: number;
}

const html = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A link in Markdown. What would end its parts early is escaped. */
export const markdownLink = ({ title, link }: Pick<Shared, 'title' | 'link'>): string =>
	`[${title.replace(/[\\[\]]/g, '\\$&')}](${link.replaceAll('(', '%28').replaceAll(')', '%29')})`;

/** Works everywhere that takes HTML, also where only sandboxed frames are let in. */
export const iframe = ({ title, embed, height }: Pick<Shared, 'title' | 'embed' | 'height'>): string =>
	`<iframe src="${html(embed)}" title="${html(title)}" width="100%" height="${Math.ceil(height)}" style="border:0" loading="lazy"></iframe>`;

/** For docsify, VitePress, MkDocs, plain HTML: a good link, and a figure where the script runs. */
export const scripted = (shared: Pick<Shared, 'title' | 'link' | 'script'>): string =>
	`<p><a href="${html(shared.link)}">${html(shared.title)}</a></p>\n<script src="${html(shared.script)}" async></script>`;
