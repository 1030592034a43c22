/**
 * What the browser itself holds the notebook's page to: nothing is fetched from, sent to or framed from another origin, and no handler
 * in markup ever runs. The site's own first script stands in the page, hence 'unsafe-inline' for script elements.
 */
export const CONTENT_POLICY = [
	"default-src 'self'",
	"script-src 'self' 'unsafe-inline'",
	"script-src-attr 'none'",
	"style-src 'self' 'unsafe-inline'",
	"img-src 'self' data:",
	"object-src 'none'",
	"base-uri 'none'",
	"form-action 'none'"
].join('; ');

/** The mark in localStorage of a browser that keeps notes: there the page opens them at once. */
export const USED = 'notebook-used';
