/**
 * What a note may do to the page: show text. DOMPurify keeps the elements and attributes of ordinary Markdown; no script, no handler,
 * no frame, no form, no style, no id, and no picture of another origin, which would tell that origin what is read here.
 */
import DOMPurify, { type Config, type WindowLike } from 'dompurify';

const TAGS = (
	'h1 h2 h3 h4 h5 h6 p br hr a em strong b i u del s ins sub sup mark small kbd code pre samp var abbr q cite blockquote ul ol li dl dt dd ' +
	'table thead tbody tfoot tr th td caption details summary figure figcaption img span div ruby rt rp input'
).split(' ');
const ATTRIBUTES = 'href src alt title width height align colspan rowspan start open lang dir type checked disabled data-tex'.split(' ');

/** A picture within the note itself. DOMPurify would let any data address be a picture. */
const OWN_PICTURE = /^data:image\/(?:png|jpeg|gif|webp);base64,/i;

const CONFIG = {
	ALLOWED_TAGS: TAGS,
	ALLOWED_ATTR: ATTRIBUTES,
	ALLOW_DATA_ATTR: false,
	ALLOW_ARIA_ATTR: false,
	ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|data:image\/(?:png|jpeg|gif|webp);base64,|[^a-z]|[a-z+.-]+(?:[^a-z+.\-:]|$))/i,
	RETURN_DOM_FRAGMENT: true
} as const satisfies Config;

export interface SanitiseOptions {
	/** Addresses of pictures are those of this page. */
	readonly page: string;
	/** What stands for a picture of another origin: "Picture from example.org, not loaded". */
	readonly foreign: (host: string) => string;
}

export function createSanitiser(
	window: WindowLike & { document: Document },
	{ page, foreign }: SanitiseOptions
): (html: string) => DocumentFragment {
	const purify = DOMPurify(window);
	const origin = new URL(page).origin;
	const parse = (address: string): URL | undefined => (URL.canParse(address, page) ? new URL(address, page) : undefined);

	purify.addHook('afterSanitizeAttributes', (node) => {
		if (node.hasAttribute('href')) {
			const url = parse(node.getAttribute('href') ?? '');
			if (node.localName !== 'a' || url === undefined || !['http:', 'https:', 'mailto:'].includes(url.protocol))
				node.removeAttribute('href');
			else {
				// A new tab, which learns nothing of the notebook: what is being written stays where it is.
				node.setAttribute('target', '_blank');
				node.setAttribute('rel', 'noopener noreferrer nofollow');
			}
		}
		if (node.localName === 'input') {
			// Of all fields only the boxes of task lists remain, and nobody ticks them.
			if (node.getAttribute('type') !== 'checkbox') node.remove();
			else {
				node.setAttribute('disabled', '');
				node.setAttribute('aria-label', node.closest('li')?.textContent.trim().slice(0, 200) ?? '…');
			}
		}
		if (node.localName !== 'img' && node.hasAttribute('src')) node.removeAttribute('src');
	});

	/** Pictures of other origins become links; done in the inert document, before anything is shown. */
	function keepPicturesHome(fragment: DocumentFragment): void {
		for (const img of fragment.querySelectorAll('img')) {
			const src = img.getAttribute('src');
			const url = src === null ? undefined : parse(src);
			if (url?.origin === origin || OWN_PICTURE.test(src ?? '')) {
				img.setAttribute('loading', 'lazy');
				img.setAttribute('decoding', 'async');
				if (!img.hasAttribute('alt')) img.setAttribute('alt', '');
				continue;
			}
			const alt = img.getAttribute('alt') ?? '';
			const known = url !== undefined && /^https?:$/.test(url.protocol);
			const words = `${known ? foreign(url.host) : ''}${known && alt !== '' ? ': ' : ''}${alt}`;
			// Within a link there is one already.
			const place = fragment.ownerDocument.createElement(known && img.closest('a') === null ? 'a' : 'span');
			if (place.localName === 'a' && known) {
				place.setAttribute('href', url.href);
				place.setAttribute('target', '_blank');
				place.setAttribute('rel', 'noopener noreferrer nofollow');
			}
			place.className = 'foreign-picture';
			place.textContent = words;
			img.replaceWith(place);
		}
	}

	return (html) => {
		// Nothing at all is left of some texts, though its type does not say so.
		const fragment = (purify.sanitize(html, CONFIG) as DocumentFragment | null) ?? window.document.createDocumentFragment();
		keepPicturesHome(fragment);
		return fragment;
	};
}
