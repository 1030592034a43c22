/** A formula in TeX, set as HTML when the site is built (see prose.plugin.ts). Unbuilt, it is its own source. */
export function tex(strings: TemplateStringsArray): string {
	return `<code>${strings.raw.join('')}</code>`;
}
