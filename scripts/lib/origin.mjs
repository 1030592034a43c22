/** SITE_ORIGIN: where the site will stand, for addresses that other programs read (link previews, oEmbed, the sitemap). */

/** @returns {string} without a slash at its end; empty when it is not said. @throws Error when it is no origin */
export function siteOrigin() {
	const given = process.env.SITE_ORIGIN ?? '';
	if (given === '') return '';
	const parsed = URL.canParse(given) ? new URL(given) : undefined;
	if (parsed === undefined || !/^https?:$/.test(parsed.protocol) || parsed.origin !== given.replace(/\/$/, ''))
		throw new Error(`SITE_ORIGIN must be an origin alone, e.g. https://unrolled.example (a path goes into BASE_PATH); got "${given}"`);
	return parsed.origin;
}
