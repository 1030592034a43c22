import type { Handle } from '@sveltejs/kit';
import { isLocale, languageTag } from '#kit/text/locale.ts';

/**
 * The scripts of a page wait for the reader's first sign of life (see app.html): its picture, text and numbers are in the HTML, and on a
 * slow line nobody should pay for scripts of a figure that is only read. Links become modulepreload when the page wakes.
 */
function startLater(html: string): string {
	return html
		.replaceAll(/(<link [^>]*rel=")(modulepreload")/g, '$1later-$2')
		.replaceAll(/^(\s*)(import\("[^"]+\/entry\/[^"]+"\))/gm, '$1awake.then(() => $2)');
}

/** The language of the document is the language of its address. */
export const handle: Handle = ({ event, resolve }) => {
	const lang = event.params['lang'] ?? '';
	const tag = languageTag[isLocale(lang) ? lang : 'en'];
	return resolve(event, { transformPageChunk: ({ html }) => startLater(html).replace('%lang%', tag) });
};
