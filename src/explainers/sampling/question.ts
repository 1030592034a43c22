import { settingsOf, type SamplingParams } from './params.ts';

/** What of the parameters the answer depends on: the same key, the same answer. */
export function questionKey(p: SamplingParams): string {
	const { source, model, prompt, mode, at } = p;
	if (source === 'custom') return 'custom';
	if (mode === 'step' && at === 0) return JSON.stringify([model, prompt]);
	if (mode === 'beams') {
		return JSON.stringify([
			model,
			prompt,
			'beams',
			p.beams,
			p.lengthPenalty,
			p.earlyStopping,
			p.diversity,
			p.maxTokens,
			settingsOf(p),
			p.picks
		]);
	}
	// The draws of one position do not change what was written before it.
	const { draws: _draws, lengthPenalty: _l, earlyStopping: _e, diversity: _d, beams: _b, logits: _x, history: _h, ...rest } = p;
	return JSON.stringify(rest);
}
