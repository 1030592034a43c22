/** The words of the figure in both languages; their keys are equal by type. */
import type { Labels } from '#kit/explainer.ts';
import type { Bilingual } from '#kit/text/locale.ts';
import { en } from './text.en.ts';
import { zh } from './text.zh.ts';

export type MaskText = Labels & typeof en;
export const labels: Bilingual<MaskText> = { en, zh };
