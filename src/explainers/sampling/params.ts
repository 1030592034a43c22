/** The parameters of the figure: names, ranges and starting values are public (they stand in links and exports). */
import { float, int, list, oneOf, optional, order, pairs, text, type Params } from '#kit/params/schema.ts';
import { modelParam } from '#kit/runtime/site-models.ts';
import { PROCESSORS, type Settings } from '#maths/sampling/settings.ts';

export const OPENING_PROMPT = 'One day, Lily went to the park. She saw a big';

export const params = {
	source: oneOf(['model', 'custom'], 'model'),
	model: modelParam(),
	prompt: text(2000, OPENING_PROMPT),
	logits: list({ min: 2, max: 4096 }, { min: -10_000, max: 10_000 }, [2, 1, 0.5, 0, -1, -2]),
	history: list({ min: 0, max: 4096 }, { min: 0, max: 4095, whole: true }, []),
	temperature: float(0, 10, 1, 0.01, 2),
	topK: int(0, 4096, 0, 50),
	topP: float(0, 1, 1, 0.01),
	minP: float(0, 1, 0, 0.01, 0.5),
	typicalP: float(0, 1, 1, 0.01),
	epsilonCutoff: float(0, 1, 0, 0.0001, 0.05),
	etaCutoff: float(0, 1, 0, 0.0001, 0.05),
	topH: float(0, 1, 0, 0.01),
	tfs: float(0, 1, 1, 0.01),
	topA: float(0, 1, 0, 0.01),
	topNSigma: float(0, 20, 0, 0.05, 5),
	sigma: oneOf(['population', 'sample'], 'population'),
	xtcProbability: float(0, 1, 0, 0.05),
	xtcThreshold: float(0, 1, 0.1, 0.01, 0.5),
	repetitionPenalty: float(0.01, 10, 1, 0.01, 2),
	presencePenalty: float(-10, 10, 0, 0.05, 2),
	frequencyPenalty: float(-10, 10, 0, 0.05, 2),
	noRepeatNgram: int(0, 20, 0, 6),
	dryMultiplier: float(0, 10, 0, 0.05, 2),
	dryBase: float(1, 10, 1.75, 0.05, 4),
	dryAllowedLength: int(1, 50, 2, 10),
	mirostat: oneOf(['0', '1', '2'], '0'),
	mirostatTau: float(0, 20, 5, 0.1, 10),
	mirostatEta: float(0, 1, 0.1, 0.01),
	mirostatMu: optional(float(0, 40, 0, 0.1)),
	minTokensToKeep: int(1, 4096, 1, 10),
	order: order(['hf', 'vllm', 'llamacpp'], PROCESSORS, 'hf'),
	draw: oneOf(['cdf', 'gumbel'], 'cdf'),
	seed: int(0, 2_147_483_647, 8, 100),
	draws: int(0, 10_000, 0, 1000),
	mode: oneOf(['step', 'text', 'beams'], 'step'),
	/** How many tokens the model has written before the one that is drawn now. */
	at: int(0, 199, 0, 24),
	/** Tokens that the reader put in the place of the drawn ones: position:id. */
	picks: pairs(200, { max: 199 }, { max: 1_000_000 }),
	maxTokens: int(1, 200, 24, 64),
	beams: int(1, 8, 3),
	lengthPenalty: float(-5, 5, 1, 0.1, 3),
	earlyStopping: oneOf(['true', 'false', 'never'], 'false'),
	diversity: float(0, 20, 0, 0.1, 3)
} as const;

export type SamplingParams = Params<typeof params>;

/** The part of the parameters that a decoding chain knows, under the same names. */
export function settingsOf(p: SamplingParams): Settings {
	return { ...p, mirostat: Number(p.mirostat) as Settings['mirostat'] };
}
