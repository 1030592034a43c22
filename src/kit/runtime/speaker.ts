/** What a figure may ask of a language model, wherever it runs: in the page's worker or in a command in Node. */
import type { LanguageModel } from './client.ts';

export type Speaker = Pick<LanguageModel, 'config' | 'tokens' | 'encode' | 'nextLogits' | 'logitsFor' | 'generate' | 'lab'>;
