/** oEmbed (https://oembed.com), version 1.0, type "rich", as static files: what the page's <link> points to. */
import { absolute } from '#kit/url/origin.ts';
import { CARD } from './card.ts';
import { iframe } from './snippets.ts';

export interface Embedded {
	readonly title: string;
	readonly site: string;
	/** Paths from the root. */
	readonly home: string;
	readonly embed: string;
	readonly card: string;
	readonly width: number;
	readonly height: number;
}

export function oembed({ title, site, home, embed, card, width, height }: Embedded): Readonly<Record<string, string | number>> {
	return {
		version: '1.0',
		type: 'rich',
		title,
		provider_name: site,
		provider_url: absolute(home),
		cache_age: 86_400,
		html: iframe({ title, embed: absolute(embed), height }),
		width,
		height,
		thumbnail_url: absolute(card),
		thumbnail_width: CARD.width,
		thumbnail_height: CARD.height
	};
}
