/** In which state the reader last saw each figure: for the notebook, which offers to insert it. Kept in this browser only. */
const KEY = 'seen-states';
const MOST = 12;

export interface Seen {
	readonly slug: string;
	readonly query: string;
}

/** The states seen last, the newest first, one for each figure. */
export function recentStates(): readonly Seen[] {
	try {
		const list: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
		if (!Array.isArray(list)) return [];
		return list.filter(
			(one: Partial<Seen> | null): one is Seen => typeof one?.slug === 'string' && typeof one.query === 'string' && one.query !== ''
		);
	} catch {
		// No storage, or something else under our name: nothing to offer.
		return [];
	}
}

/** A state without a query is the figure as it opens, which needs no remembering. */
export function rememberState(slug: string, query: string): void {
	try {
		const others = recentStates().filter((one) => one.slug !== slug);
		localStorage.setItem(KEY, JSON.stringify([...(query === '' ? [] : [{ slug, query }]), ...others].slice(0, MOST)));
	} catch {
		// As above: the reader loses a convenience, nothing else.
	}
}

/** Remembers a figure's state whenever the reader turns to something else. Answers with what ends it. */
export function rememberOnLeaving(slug: string, query: () => string): () => void {
	const leave = (): void => rememberState(slug, query());
	addEventListener('blur', leave);
	addEventListener('pagehide', leave);
	return () => {
		removeEventListener('blur', leave);
		removeEventListener('pagehide', leave);
	};
}
