/** The site's own origin, e.g. https://unrolled.example, as the build was told by SITE_ORIGIN; empty when it was not. */
export const siteOrigin = (): string => import.meta.env['SITE_ORIGIN'] as string;

/** An address as others need it: with the origin where it is known, else from the root. */
export const absolute = (path: string): string => siteOrigin() + path;
