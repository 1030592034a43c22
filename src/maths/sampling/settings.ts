/** The parameters of a decoding chain, under the names that stand in URLs and exports, and the order they are applied in. */

/** Every processor, in the order of the default chain of text-generation-webui, which has nearly all of them. */
export const PROCESSORS = [
	'penalties',
	'dry',
	'top-n-sigma',
	'temperature',
	'top-h',
	'top-k',
	'top-p',
	'min-p',
	'typical',
	'epsilon',
	'eta',
	'tfs',
	'top-a',
	'xtc',
	'mirostat'
] as const;
export type ProcessorName = (typeof PROCESSORS)[number];

/** Whose habits decide where implementations differ: ties in top-k, what penalties count, sigma, windows. */
export type Conventions = 'hf' | 'vllm' | 'llamacpp';

export interface Settings {
	/** T >= 0; 1 = off, 0 = greedy (vLLM: below 1e-5). */
	readonly temperature: number;
	/** 0 = off. */
	readonly topK: number;
	/** 1 = off. */
	readonly topP: number;
	/** Share of the largest probability; 0 = off. */
	readonly minP: number;
	/** Mass; 1 = off. */
	readonly typicalP: number;
	/** Probability; 0 = off. */
	readonly epsilonCutoff: number;
	/** The epsilon of the eta rule; 0 = off. */
	readonly etaCutoff: number;
	/** Share of the entropy; 0 = off (1 is a real setting: all of the entropy of the best 100). */
	readonly topH: number;
	/** z; 1 = off. */
	readonly tfs: number;
	/** a; 0 = off. */
	readonly topA: number;
	/** Number of standard deviations; 0 = off. */
	readonly topNSigma: number;
	/** Divide by N (llama.cpp) or N - 1 (text-generation-webui). The order `llamacpp` fixes it to population. */
	readonly sigma: 'population' | 'sample';
	/** Chance that XTC acts at all; 0 = off. */
	readonly xtcProbability: number;
	readonly xtcThreshold: number;
	/** 1 = off. */
	readonly repetitionPenalty: number;
	/** 0 = off. */
	readonly presencePenalty: number;
	/** 0 = off. */
	readonly frequencyPenalty: number;
	/** n of the n-grams that may not come twice; 0 = off. */
	readonly noRepeatNgram: number;
	/** 0 = off. */
	readonly dryMultiplier: number;
	readonly dryBase: number;
	readonly dryAllowedLength: number;
	/** 0 = off. */
	readonly mirostat: 0 | 1 | 2;
	/** Target surprise, bits. */
	readonly mirostatTau: number;
	/** Learning rate. */
	readonly mirostatEta: number;
	/** The state that mirostat starts with, bits; null = 2 tau. */
	readonly mirostatMu: number | null;
	/** What a cutter leaves at least. */
	readonly minTokensToKeep: number;
	/** `hf`, `vllm`, `llamacpp`, or processor names separated by commas. */
	readonly order: string;
	readonly draw: 'cdf' | 'gumbel';
	readonly seed: number;
}

/** Everything off: what is drawn is the model's own distribution. Secondary values are llama.cpp's defaults (common.h). */
export const defaultSettings: Settings = {
	temperature: 1,
	topK: 0,
	topP: 1,
	minP: 0,
	typicalP: 1,
	epsilonCutoff: 0,
	etaCutoff: 0,
	topH: 0,
	tfs: 1,
	topA: 0,
	topNSigma: 0,
	sigma: 'population',
	xtcProbability: 0,
	xtcThreshold: 0.1,
	repetitionPenalty: 1,
	presencePenalty: 0,
	frequencyPenalty: 0,
	noRepeatNgram: 0,
	dryMultiplier: 0,
	dryBase: 1.75,
	dryAllowedLength: 2,
	mirostat: 0,
	mirostatTau: 5,
	mirostatEta: 0.1,
	mirostatMu: null,
	minTokensToKeep: 1,
	order: 'hf',
	draw: 'cdf',
	seed: 0
};

/**
 * Which processors run, in which order, under each engine.
 * - hf: `_get_logits_processor` of transformers 5.18. What it lacks stands where its custom processors go (dry, top-n-sigma:
 *   before the temperature) or, the cutters, behind its own, in the order of text-generation-webui.
 * - vllm: `vllm/v1/sample/sampler.py`: min-p comes BEFORE top-k and top-p. What it lacks stands as in hf.
 * - llamacpp: `common/common.h`: heat comes LAST. tfs stands where older releases had it, behind top-k; the other cutters that it
 *   lacks stand behind min-p, so that everything that cuts still runs before the heat.
 */
export const ORDERS: Readonly<Record<Conventions, readonly ProcessorName[]>> = {
	hf: PROCESSORS,
	vllm: [
		'penalties',
		'dry',
		'top-n-sigma',
		'temperature',
		'min-p',
		'top-k',
		'top-p',
		'top-h',
		'typical',
		'epsilon',
		'eta',
		'tfs',
		'top-a',
		'xtc',
		'mirostat'
	],
	llamacpp: [
		'penalties',
		'dry',
		'top-n-sigma',
		'top-k',
		'tfs',
		'typical',
		'top-p',
		'min-p',
		'top-h',
		'epsilon',
		'eta',
		'top-a',
		'xtc',
		'temperature',
		'mirostat'
	]
};

/** The processors of a preset that the engine itself does not have: they run, and the figure says that they are not the engine's. */
export const FOREIGN: Readonly<Record<Conventions, ReadonlySet<ProcessorName>>> = {
	hf: new Set<ProcessorName>(['dry', 'top-n-sigma', 'tfs', 'top-a', 'xtc', 'mirostat']),
	vllm: new Set<ProcessorName>(['dry', 'top-n-sigma', 'top-h', 'typical', 'epsilon', 'eta', 'tfs', 'top-a', 'xtc', 'mirostat']),
	llamacpp: new Set<ProcessorName>(['top-h', 'epsilon', 'eta', 'tfs', 'top-a'])
};

export interface Order {
	readonly conventions: Conventions;
	readonly processors: readonly ProcessorName[];
}

function isPreset(order: string): order is Conventions {
	return Object.hasOwn(ORDERS, order);
}

/** The processors that an `order` names. A list of one's own follows Hugging Face's conventions; unknown and repeated names fall out. */
export function resolveOrder(order: string): Order {
	const text = order.trim().toLowerCase();
	if (isPreset(text)) return { conventions: text, processors: ORDERS[text] };
	const names = new Set(text.split(',').map((name) => name.trim()));
	return {
		conventions: 'hf',
		processors: [...names].filter((name): name is ProcessorName => (PROCESSORS as readonly string[]).includes(name))
	};
}

/** Is the processor switched on? A value outside its range (say top-p 2) counts as off. */
export function isSet(processor: ProcessorName, s: Settings): boolean {
	switch (processor) {
		case 'penalties':
			return s.repetitionPenalty !== 1 || s.presencePenalty !== 0 || s.frequencyPenalty !== 0 || s.noRepeatNgram >= 1;
		case 'dry':
			return s.dryMultiplier !== 0;
		case 'top-n-sigma':
			return s.topNSigma > 0;
		case 'temperature':
			return s.temperature !== 1;
		case 'top-h':
			return s.topH > 0;
		case 'top-k':
			return s.topK >= 1;
		case 'top-p':
			return s.topP < 1;
		case 'min-p':
			return s.minP > 0;
		case 'typical':
			return s.typicalP < 1;
		case 'epsilon':
			return s.epsilonCutoff > 0;
		case 'eta':
			return s.etaCutoff > 0;
		case 'tfs':
			return s.tfs < 1;
		case 'top-a':
			return s.topA > 0;
		case 'xtc':
			return s.xtcProbability > 0;
		case 'mirostat':
			return s.mirostat !== 0;
	}
}

/**
 * The processors that run: those of the order that are switched on. With the conventions of llama.cpp, mirostat replaces the whole
 * chain by temperature and itself (common/sampling.cpp).
 */
export function activeProcessors(s: Settings): readonly ProcessorName[] {
	const { conventions, processors } = resolveOrder(s.order);
	const alone = conventions === 'llamacpp' && s.mirostat !== 0;
	return processors.filter((name) => isSet(name, s) && (!alone || name === 'temperature' || name === 'mirostat'));
}

/** The processors that are switched on and yet do not run: not in the order, or pushed aside by llama.cpp's mirostat. */
export function ignored(s: Settings): readonly ProcessorName[] {
	const active = activeProcessors(s);
	return PROCESSORS.filter((name) => isSet(name, s) && !active.includes(name));
}
