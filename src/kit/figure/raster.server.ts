/**
 * SVG to PNG by resvg, with a font of our own (Noto Sans SC from npm): the picture is the same on every machine, whatever fonts it has.
 * Of the font only the characters that a picture needs are handed over: the whole of it costs resvg half a second a picture.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

const FAMILY = 'Noto Sans SC';
const FONTS = ['400Regular/NotoSansSC_400Regular.ttf', '700Bold/NotoSansSC_700Bold.ttf'];

interface Subset {
	readonly has: ReadonlySet<string>;
	readonly files: readonly string[];
}
let folder: string | undefined;
/** The subset in use, replaced by a larger one when a picture brings new characters; asked for one after another. */
let subset: Promise<Subset> = Promise.resolve({ has: new Set<string>(), files: [] });
let made = 0;

async function grown({ has, files }: Subset, wanted: ReadonlySet<string>): Promise<Subset> {
	if ([...wanted].every((character) => has.has(character))) return { has, files };
	const { default: subsetFont } = await import('subset-font');
	const all = new Set([...has, ...wanted]);
	if (folder === undefined) {
		const own = (folder = mkdtempSync(path.join(tmpdir(), 'figure-fonts-')));
		process.once('exit', () => rmSync(own, { recursive: true, force: true }));
	}
	const require = createRequire(import.meta.url);
	const cut = FONTS.map(async (file, i) => {
		const whole = readFileSync(require.resolve(`@expo-google-fonts/noto-sans-sc/${file}`));
		const name = path.join(folder!, `${made++}-${i}.ttf`);
		writeFileSync(name, await subsetFont(whole, [...all].join(''), { targetFormat: 'sfnt' }));
		return name;
	});
	return { has: all, files: await Promise.all(cut) };
}

/** A PNG of an SVG document, `zoom` device pixels for each of its own. Same text, same bytes. */
export async function svgToPng(svg: string, zoom = 2): Promise<Uint8Array> {
	// Printable ASCII always goes along, so that few pictures need a larger subset.
	const wanted = new Set([...svg, ...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i))].filter((c) => c >= ' '));
	subset = subset.then((known) => grown(known, wanted));
	const { files } = await subset;
	const { renderAsync } = await import('@resvg/resvg-js');
	const image = await renderAsync(svg, {
		fitTo: { mode: 'zoom', value: zoom },
		font: {
			loadSystemFonts: false,
			fontFiles: [...files],
			defaultFontFamily: FAMILY,
			sansSerifFamily: FAMILY,
			serifFamily: FAMILY,
			monospaceFamily: FAMILY
		}
	});
	return image.asPng();
}
