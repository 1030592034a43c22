/** The words of the figure in both languages. Captions begin with a short lead that ends in a full stop. */
import type { Labels } from '#kit/explainer.ts';
import type { Bilingual } from '#kit/text/locale.ts';
import * as enWords from './labels.en.ts';
import * as zhWords from './labels.zh.ts';
import { names as enNames } from './names.en.ts';
import { names as zhNames } from './names.zh.ts';

const en = { ...enWords, ...enNames };
export type HeadText = typeof en;
const zh: HeadText = { ...zhWords, ...zhNames };

export const labels: Bilingual<HeadText> = { en, zh } satisfies Bilingual<Labels>;
