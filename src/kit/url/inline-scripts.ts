/**
 * Scripts small enough to stand in the HTML of pages that load no other. Each is one function without imports: its text is what is sent.
 */

/** A function call as a script element. Arguments travel as JSON, so that no text can end the element. */
export function inlineScript<A extends readonly string[]>(run: (...args: A) => void, ...args: A): string {
	const json = args.map((arg) => JSON.stringify(arg).replaceAll('<', '\\u003c')).join(',');
	return `<script>(${run.toString()})(${json})</` + 'script>';
}

/** Opens the reader's own language. */
export function openLanguage(zh: string, en: string): void {
	const wantsChinese = navigator.languages.some((language) => /^zh/i.test(language));
	location.replace(wantsChinese ? zh : en);
}

/** For a reader who has used the page before, as a mark in this browser says, scripts do not wait for a sign of life (see app.html). */
export function wakePage(mark: string): void {
	try {
		if (localStorage.getItem(mark) !== null) dispatchEvent(new Event('scroll'));
	} catch {
		// No storage: the first touch wakes the page.
	}
}

/** On the page for unknown addresses: names the figure whose slug is nearest to what was asked (Levenshtein distance). */
export function suggestNearest(): void {
	const asked = (location.pathname.split('/').filter(Boolean).pop() ?? '').toLowerCase().slice(0, 60);
	const distance = (a: string, b: string): number => {
		let row = Array.from({ length: b.length + 1 }, (_, i) => i);
		for (let i = 1; i <= a.length; i++) {
			const next = [i];
			for (let j = 1; j <= b.length; j++) {
				const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
				next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, change));
			}
			row = next;
		}
		return row[b.length]!;
	};
	for (const line of document.querySelectorAll<HTMLElement>('[data-nearest]')) {
		const links = [...(line.parentElement?.querySelectorAll<HTMLAnchorElement>('a[data-slug]') ?? [])];
		const slugOf = (link: HTMLAnchorElement): string => link.dataset['slug'] ?? '';
		const [best] = links.sort((a, b) => distance(asked, slugOf(a)) - distance(asked, slugOf(b)));
		if (best === undefined || distance(asked, slugOf(best)) > Math.max(2, slugOf(best).length / 2)) continue;
		const link = best.cloneNode(true) as HTMLAnchorElement;
		link.search = location.search;
		line.append(link, '?');
		line.hidden = false;
	}
}

/** Leads on to a figure in some state, without a stop on the way back. What stood behind the address goes along. */
export function openState(target: string): void {
	const [path = '', query = ''] = target.split('?');
	const named = new URLSearchParams(query);
	const more: string[] = [];
	new URLSearchParams(location.search).forEach((value, name) => {
		if (!named.has(name)) more.push(new URLSearchParams([[name, value]]).toString());
	});
	const whole = [query, ...more].filter(Boolean).join('&');
	location.replace(path + (whole === '' ? '' : `?${whole}`) + location.hash);
}
