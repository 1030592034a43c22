import adapter from '@sveltejs/adapter-static';

/** Everything is prerendered; BASE_PATH ("/llm-unrolled") serves the site under a sub-path. */
const base = /** @type {'' | `/${string}`} */ (process.env.BASE_PATH ?? '');
if (base !== '' && !/^\/[^/].*[^/]$|^\/[^/]$/.test(base)) {
	throw new Error(`BASE_PATH must start with one "/" and not end with one, e.g. /llm-unrolled; got "${base}"`);
}

/** @type {import('@sveltejs/kit').Config} */
export default {
	kit: {
		adapter: adapter(),
		// Absolute addresses: 404.html is served at any depth, where relative ones would miss.
		paths: { base, relative: false },
		prerender: { entries: ['*', '/sitemap.xml', '/404'], handleMissingId: 'fail', handleHttpError: 'fail' },
		typescript: {
			config: (config) => ({
				...config,
				include: [...config.include, '../scripts/**/*', '../tests/**/*', '../*.config.*']
			})
		}
	}
};
