import adapter from '@sveltejs/adapter-static';

/** Everything is prerendered; BASE_PATH ("/llm-unrolled") serves the site under a sub-path. */
const base = /** @type {'' | `/${string}`} */ (process.env.BASE_PATH ?? '');
if (base !== '' && !/^\/[^/].*[^/]$|^\/[^/]$/.test(base)) {
	throw new Error(`BASE_PATH must start with one "/" and not end with one, e.g. /llm-unrolled; got "${base}"`);
}

/**
 * Slugs that were renamed have pages that lead on; where none was, there is none.
 * @param {{ routes: string[], message: string }} unseen
 */
function onlyMoved({ routes, message }) {
	if (routes.some((route) => !route.includes('[slug=moved]'))) throw new Error(message);
}

/** @type {import('@sveltejs/kit').Config} */
export default {
	kit: {
		adapter: adapter(),
		// Absolute addresses: 404.html is served at any depth, where relative ones would miss.
		paths: { base, relative: false },
		// While one picture is rasterised on another core, the next page is made.
		prerender: { concurrency: 4, entries: ['*', '/sitemap.xml', '/404', '/embed.js'], handleMissingId: 'fail', handleHttpError: 'fail', handleUnseenRoutes: onlyMoved },
		typescript: {
			config: (config) => ({
				...config,
				include: [...config.include, '../scripts/**/*', '../tests/**/*', '../*.config.*']
			})
		}
	}
};
