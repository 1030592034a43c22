/** The words of the figure in both languages. */
import type { Labels } from '#kit/explainer.ts';
import type { Bilingual } from '#kit/text/locale.ts';
import { captions as captionsEn } from './captions.en.ts';
import { captions as captionsZh } from './captions.zh.ts';
import { words as en } from './words.en.ts';
import { words as zh } from './words.zh.ts';

export type SamplingText = Labels & typeof en & { readonly captions: typeof captionsEn };

export const labels: Bilingual<SamplingText> = { en: { ...en, captions: captionsEn }, zh: { ...zh, captions: captionsZh } };
