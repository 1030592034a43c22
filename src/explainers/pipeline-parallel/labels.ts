import type { Bilingual } from '#kit/text/locale.ts';
import { en, type PipelineText } from './labels.en.ts';
import { zh } from './labels.zh.ts';

export type { PipelineText } from './labels.en.ts';
export const labels: Bilingual<PipelineText> = { en, zh };
