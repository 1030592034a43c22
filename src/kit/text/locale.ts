/** The two languages of the site. English numbers and Chinese numbers share their digits; only words and spacing differ. */
export const locales = ['en', 'zh'] as const;
export type Locale = (typeof locales)[number];
export type Bilingual<T> = Readonly<Record<Locale, T>>;

export function isLocale(text: string): text is Locale {
	return (locales as readonly string[]).includes(text);
}

/** The language that the switch in the header leads to. */
export function otherLocale(locale: Locale): Locale {
	return locale === 'en' ? 'zh' : 'en';
}

/** BCP 47 tags for `lang` and `hreflang`. */
export const languageTag: Bilingual<string> = { en: 'en', zh: 'zh-Hans' };
