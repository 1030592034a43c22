import { isLocale, type Locale } from '#kit/text/locale.ts';

export const match = (param: string): param is Locale => isLocale(param);
