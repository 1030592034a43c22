/**
 * The script in the head of every embed: one function without imports, for its text is what is sent (see inline-scripts.ts).
 * It knows the theme before anything is painted, tells the host the height, and fetches the figure's script when somebody wants it: at the
 * first sign of life, when the address names a state, or when the host asks for something. The script is a classic one: in a frame with
 * `sandbox="allow-scripts"` alone the page has no origin, and a plain static host would answer none of its module requests.
 */
export interface Frame {
	/** Sends an event of protocol.ts to the host. */
	post(event: object): void;
	/** Buttons that were pressed before the figure's script was there, by their place among all. */
	readonly pressed: readonly number[];
	/** Hands over the messages that came so far and all that come. */
	listen(take: (data: unknown) => void): void;
}

export function bootstrap(script: string): void {
	const root = document.documentElement;
	const query = new URLSearchParams(location.search);
	const setTheme = (theme: unknown): void => {
		if (theme === 'light' || theme === 'dark') root.setAttribute('data-theme', theme);
		else root.removeAttribute('data-theme');
	};
	setTheme(query.get('theme'));
	root.setAttribute('data-embed', query.get('controls') ?? 'player');
	if (self.origin === 'null') root.setAttribute('data-closed', '');

	// The host, as far as the browser tells: only its window may command, and only from the origin that it had when it made the frame.
	const host = window.parent;
	const told = (location.ancestorOrigins as DOMStringList | undefined)?.[0] ?? (document.referrer === '' ? '' : new URL(document.referrer).origin);
	const origin = told === '' || told === 'null' ? undefined : told;
	const post = (event: object): void => {
		if (host !== window) host.postMessage({ type: 'llm-unrolled', version: 1, ...event }, origin ?? '*');
	};

	const waiting: unknown[] = [];
	let taker: ((data: unknown) => void) | undefined;
	const signs = ['pointerdown', 'pointermove', 'touchstart', 'focusin', 'keydown'];
	let awake = false;
	const wake = (): void => {
		if (awake) return;
		awake = true;
		for (const sign of signs) removeEventListener(sign, wake, true);
		const element = document.createElement('script');
		element.src = script;
		// The picture and its caption are here already; without the script they stay.
		element.onerror = () => root.removeAttribute('data-pending');
		document.head.append(element);
	};
	const pressed: number[] = [];
	addEventListener(
		'click',
		({ target }) => {
			const button = target instanceof Element ? target.closest('#embed button') : null;
			if (button !== null && taker === undefined) pressed.push([...document.querySelectorAll('#embed button')].indexOf(button));
		},
		true
	);
	for (const sign of signs) addEventListener(sign, wake, { capture: true, passive: true });
	addEventListener('message', ({ data, source, origin: from }: MessageEvent<unknown>) => {
		const message = data as { type?: unknown; version?: unknown; command?: unknown; theme?: unknown } | null;
		if (source !== host || host === window || (origin !== undefined && from !== origin)) return;
		if (typeof message !== 'object' || message?.type !== 'llm-unrolled' || message.version !== 1) return;
		if (message.command === 'theme') return setTheme(message.theme);
		if (taker) return taker(message);
		waiting.push(message);
		if (waiting.length > 50) waiting.shift();
		wake();
	});
	(window as unknown as { llmUnrolled: Frame }).llmUnrolled = {
		post,
		pressed,
		listen(take) {
			taker = take;
			waiting.splice(0).forEach(take);
		}
	};

	document.addEventListener('DOMContentLoaded', () => {
		const measure = (): void => post({ event: 'height', height: Math.ceil(document.body.getBoundingClientRect().height) });
		new ResizeObserver(measure).observe(document.body);
		measure();
		// A theme changes nothing of the figure, and without all its controls the picture that is here is the whole of it.
		const full = query.get('controls') === 'full';
		const changing = [...query.keys()].filter((name) => name !== 'theme' && (name !== 'controls' || full));
		if (changing.length > 0) wake();
		else root.removeAttribute('data-pending');
	});
}
