import type { HeadParams } from './params.ts';

/** What of the parameters the answer depends on: the same key, the same answer. */
export function questionKey({ pageModel, prompt }: HeadParams): string {
	return JSON.stringify([pageModel, prompt]);
}
