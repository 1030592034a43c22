import { isWritten, type PagedParams } from './params.ts';

/** What of the parameters the answer depends on. */
export function questionKey(p: PagedParams): string {
	const { model, scene, promptA, promptB, write, samples, seed } = p;
	if (!isWritten(p)) return '';
	const prompts = scene === 'several' ? [promptA, promptB] : [promptA];
	return JSON.stringify([model, scene, prompts, write, scene === 'several' || scene === 'single' ? 1 : samples, seed]);
}
