import type { Locale } from '#kit/text/locale.ts';
import { notesDataPath } from '#kit/url/paths.ts';
import type { Body, TopicContent } from './content.ts';

export interface Loaded {
	readonly content: TopicContent;
	readonly body: Body;
}

/** Fetches answers in one language, each once; one that failed is tried again when it is next asked for. */
export function answerLoader(locale: Locale): (id: string) => Promise<Loaded> {
	const loads = new Map<string, Promise<Loaded>>();
	return (id) => {
		const known = loads.get(id);
		if (known) return known;
		const loading = fetch(notesDataPath(`${id}.${locale}.json`)).then(async (response) => {
			if (!response.ok) throw new Error(String(response.status));
			return (await response.json()) as Loaded;
		});
		loading.catch(() => loads.delete(id));
		loads.set(id, loading);
		return loading;
	};
}
