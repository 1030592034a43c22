declare module 'subset-font' {
	/** A font with the glyphs of `text` alone. */
	export default function subsetFont(font: Uint8Array, text: string, options: { targetFormat: 'sfnt' | 'woff' | 'woff2' }): Promise<Uint8Array>;
}
