/** The words of the figure in both languages. Captions begin with a short lead that ends in a full stop. */
import type { Labels } from '#kit/explainer.ts';
import type { Bilingual } from '#kit/text/locale.ts';
import { en, type LayoutText } from './labels.en.ts';
import { zh } from './labels.zh.ts';

export type { LayoutText } from './labels.en.ts';
export const labels: Bilingual<LayoutText> = { en, zh } satisfies Bilingual<Labels>;
