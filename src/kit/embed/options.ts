/** The options of an embed, in its query beside the figure's own parameters. */
import { isLocale, type Locale } from '#kit/text/locale.ts';

export const CONTROLS = ['full', 'player', 'none'] as const;
export type Controls = (typeof CONTROLS)[number];

export interface EmbedOptions {
	/** Instead of the language of the address. */
	readonly lang: Locale | undefined;
	readonly controls: Controls;
	readonly autoplay: boolean;
	/** Steps between which playing goes round, both included, from 0; Infinity stands for the last one. */
	readonly loop: { readonly from: number; readonly to: number } | undefined;
}

/** Reads them from a query; what is no option is as if it had not been given. */
export function readOptions(query: URLSearchParams): EmbedOptions {
	const lang = query.get('lang') ?? '';
	const [, from = '', to = ''] = /^(\d{1,6})-(\d{1,6}|last)$/.exec(query.get('loop')?.trim() ?? '') ?? [];
	const loop = { from: Number(from), to: to === 'last' ? Infinity : Number(to) };
	return {
		lang: isLocale(lang) ? lang : undefined,
		controls: CONTROLS.find((c) => c === query.get('controls')) ?? 'player',
		autoplay: ['1', 'true', 'yes', 'on', ''].includes(query.get('autoplay')?.toLowerCase() ?? 'no'),
		loop: from !== '' && loop.to > loop.from ? loop : undefined
	};
}
