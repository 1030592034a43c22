/**
 * embed.js, for other people's pages: turns links to figures and `<llm-unrolled>` elements into figures that size themselves. Without it they
 * stay good links. No dependency; it needs neither inline scripts nor inline styles nor eval, so that it works under a strict CSP
 * (script-src and frame-src of the figures' site).
 */
import { TYPE, VERSION, type Event } from '#kit/embed/protocol.ts';

/** Attributes of the element, and data-… of a link, that become options in the frame's address. */
const OPTIONS = ['lang', 'theme', 'controls', 'autoplay', 'loop', 'step'];
const LANGUAGES = 'en|zh';
/** Pixels below the window within which a figure is fetched. */
const AHEAD = 400;
/** Height until the figure has told its own. */
const FIRST_HEIGHT = 480;

interface Shown {
	readonly frame: HTMLIFrameElement;
	/** Whether the theme is the host's to say. */
	readonly follows: boolean;
	theme: string;
}

export function run(slugs: readonly string[]): void {
	const script = document.currentScript as HTMLScriptElement | null;
	const base = new URL('.', script?.src ?? location.href);
	const alone = script?.dataset['links'] !== 'all';
	const path = new RegExp(`^${base.pathname.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?:embed/)?(${LANGUAGES})/(${slugs.join('|')})(?:/([\\w.-]+))?/?$`);
	const shown: Shown[] = [];

	/** The frame's address for a link to a figure in some state, or undefined for any other link. */
	const embedOf = (href: string, from: Element, prefix: string): URL | undefined => {
		const link = new URL(href, base);
		const [, lang = '', slug = '', view] = (link.origin === base.origin && path.exec(link.pathname)) || [];
		if (slug === '') return undefined;
		const url = new URL(`embed/${lang}/${slug}`, base);
		url.search = link.search;
		if (view !== undefined) url.searchParams.set('named', view);
		for (const name of OPTIONS) {
			const value = from.getAttribute(prefix + name);
			if (value !== null) url.searchParams.set(name, value);
		}
		return url;
	};

	/** Dark or light, as the paper under the element is: whatever a site calls its themes, that is what its reader sees. */
	const themeOf = (element: Element): string => {
		for (let at: Element | null = element; at !== null; at = at.parentElement) {
			const [r = 0, g = 0, b = 0, a = 1] = (/\(([^)]+)\)/.exec(getComputedStyle(at).backgroundColor)?.[1] ?? '').split(/[ ,/]+/).map(Number);
			if (a > 0.5 && getComputedStyle(at).backgroundColor.startsWith('rgb')) return 0.299 * r + 0.587 * g + 0.114 * b < 128 ? 'dark' : 'light';
		}
		return matchMedia('(prefers-color-scheme: dark)').matches && getComputedStyle(document.documentElement).colorScheme.includes('dark')
			? 'dark'
			: 'light';
	};

	const send = ({ frame }: Shown, command: object): void =>
		frame.contentWindow?.postMessage({ type: TYPE, version: VERSION, ...command }, base.origin);
	const retheme = (): void => {
		for (const one of shown) {
			const theme = one.follows ? themeOf(one.frame) : one.theme;
			if (theme === one.theme) continue;
			one.theme = theme;
			send(one, { command: 'theme', theme });
		}
	};

	const show = (url: URL, place: Element, title: string): void => {
		const frame = document.createElement('iframe');
		const follows = !['light', 'dark'].includes(url.searchParams.get('theme') ?? '');
		const theme = follows ? themeOf(place) : '';
		if (follows) url.searchParams.set('theme', theme);
		frame.src = url.href;
		frame.title = title;
		// Its own origin, so that the model can run and links can open; never the host's page.
		if (base.origin !== location.origin)
			frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads');
		Object.assign(frame.style, { display: 'block', width: '100%', height: `${FIRST_HEIGHT}px`, border: '0', colorScheme: 'normal' });
		place.replaceChildren(frame);
		shown.push({ frame, follows, theme });
	};

	const watcher = new IntersectionObserver(
		(entries) => {
			for (const { isIntersecting, target } of entries) {
				if (!isIntersecting) continue;
				watcher.unobserve(target);
				waiting.get(target)?.();
				waiting.delete(target);
			}
		},
		{ rootMargin: `${AHEAD}px` }
	);
	const waiting = new Map<Element, () => void>();
	const later = (place: Element, url: URL, title: string): void => {
		waiting.set(place, () => show(url, place, title));
		watcher.observe(place);
	};

	/** Whether a link is all that its block says: one within a sentence stays a link. */
	const standsAlone = (link: HTMLAnchorElement): boolean => {
		const block = link.closest('p, li, div, figure, td, dd, section, article, blockquote');
		return block !== null && (block.textContent ?? '').trim() === (link.textContent ?? '').trim() && block.querySelectorAll('a').length === 1;
	};
	const upgradeLink = (link: HTMLAnchorElement): void => {
		const wish = link.dataset['embed'];
		if (wish === 'off' || link.closest('llm-unrolled, nav') !== null || (wish === undefined && alone && !standsAlone(link))) return;
		const url = embedOf(link.href, link, 'data-');
		if (url === undefined) return;
		const place = document.createElement('div');
		place.className = 'llm-unrolled';
		link.replaceWith(place);
		place.append(link);
		link.dataset['embed'] = 'off';
		later(place, url, (link.textContent ?? '').trim() || url.pathname);
	};
	const upgrade = (root: ParentNode): void => {
		for (const link of root.querySelectorAll<HTMLAnchorElement>('a[href]')) upgradeLink(link);
	};

	class Figure extends HTMLElement {
		connectedCallback(): void {
			if (this.dataset['ready'] === '') return;
			// Children may not be parsed yet; a moment later they are.
			setTimeout(() => {
				const inner = this.querySelector('a')?.href;
				const [figure = '', query = ''] = (this.getAttribute('figure') ?? '').split(/\?(.*)/s);
				const own = `${this.getAttribute('lang') === 'zh' ? 'zh' : 'en'}/${figure}?${this.getAttribute('query') ?? query}`;
				const url = embedOf(this.getAttribute('src') ?? (figure === '' ? (inner ?? '') : own), this, '');
				if (url === undefined) return;
				this.dataset['ready'] = '';
				this.style.display = 'block';
				later(this, url, this.getAttribute('title') ?? (this.textContent?.trim() || figure));
			});
		}
		/** Shows a step, counted from 0. */
		seek(step: number | 'last'): void {
			const one = shown.find(({ frame }) => frame.parentElement === this);
			if (one) send(one, { command: 'seek', step });
		}
	}
	if (!customElements.get('llm-unrolled')) customElements.define('llm-unrolled', Figure);

	addEventListener('message', ({ data, source, origin }: MessageEvent<unknown>) => {
		const message = data as (Partial<Event> & { type?: string; version?: number; height?: number }) | null;
		const one = shown.find(({ frame }) => frame.contentWindow === source);
		if (!one || origin !== base.origin || typeof message !== 'object' || message?.type !== TYPE || message.version !== VERSION) return;
		const { event, height } = message;
		if (event === 'height' && typeof height === 'number' && height > 0 && height < 20_000) one.frame.style.height = `${height}px`;
		else if (event === 'ready' || event === 'step')
			one.frame.parentElement?.dispatchEvent(new CustomEvent(`llm-unrolled:${event}`, { bubbles: true, detail: message }));
	});

	const begin = (): void => {
		upgrade(document);
		// Sites that are one page bring their text later, again and again.
		new MutationObserver((changes) => {
			for (const { addedNodes } of changes)
				for (const node of addedNodes) if (node instanceof Element) upgrade(node.matches('a') ? (node.parentNode ?? node) : node);
		}).observe(document.body, { childList: true, subtree: true });
		const themes = new MutationObserver(() => setTimeout(retheme, 50));
		for (const element of [document.documentElement, document.body]) themes.observe(element, { attributes: true });
		matchMedia('(prefers-color-scheme: dark)').addEventListener('change', retheme);
	};
	if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
	else begin();
}
