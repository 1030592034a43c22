/** The words of the figure in both languages. Captions begin with a short lead that ends in a full stop. */
import type { Labels } from '#kit/explainer.ts';
import { fixed, number, percent } from '#kit/text/format.ts';
import type { Bilingual } from '#kit/text/locale.ts';

type Values = Readonly<Record<string, string | number>>;
const n = (v: Values, key: string): number => Number(v[key] ?? 0);
const int = (v: Values, key: string): string => number(n(v, key));
const share = (v: Values, key: string): string => percent(n(v, key));
const tokens = (v: Values, key: string): string => `${int(v, key)} ${n(v, key) === 1 ? 'token' : 'tokens'}`;
const bits = (v: Values): string => fixed(n(v, 'entropyBits'), 2);
const engine: Readonly<Record<string, string>> = { hf: 'Hugging Face', vllm: 'vLLM', llamacpp: 'llama.cpp' };

const shortMarks = {
	softmax: 'softmax',
	penalties: 'penalty',
	dry: 'DRY',
	'top-n-sigma': 'nσ',
	temperature: 'T',
	'top-h': 'top-h',
	'top-k': 'top-k',
	'top-p': 'top-p',
	'min-p': 'min-p',
	typical: 'typical',
	epsilon: 'ε',
	eta: 'η',
	tfs: 'TFS',
	'top-a': 'top-a',
	xtc: 'XTC',
	mirostat: 'mirostat',
	draw: 'draw'
};

const en = {
	captions: {
		softmax: (v: Values) =>
			`Softmax. The model gives each of its ${tokens(v, 'vocab')} a probability, none of them zero by accident. “${v.idToken ?? ''}” leads with ${share(v, 'probability')}; the entropy is ${bits(v)} bits.`,
		penalties: (v: Values) =>
			`Penalties. ${int(v, 'penalised')} of the tokens seen before had their logits moved${n(v, 'banned') > 0 ? `, and ${int(v, 'banned')} would repeat an n-gram and are cut` : ''}. Looked at: ${tokens(v, 'counted')}${n(v, 'window') > 0 ? ` (the last ${int(v, 'window')}, llama.cpp’s window)` : ''}.`,
		dry: (v: Values) =>
			n(v, 'penalised') === 0
				? 'DRY. No token would continue a repetition long enough to be punished.'
				: `DRY. ${tokens(v, 'penalised')} would lengthen a repetition; “${v.idToken ?? ''}” would make it ${n(v, 'longest') + 1} tokens long and loses ${number(n(v, 'penalty'), 3)} of its logit.`,
		'top-n-sigma': (v: Values) =>
			`Top-nσ. Logits more than ${int(v, 'n')} standard deviations (σ = ${number(n(v, 'sigma'), 4)}, ${n(v, 'sample') === 1 ? 'sample' : 'population'}) below the best are cut: ${int(v, 'kept')} stay, ${int(v, 'cut')} go.`,
		temperature: (v: Values) =>
			`Temperature ${number(n(v, 'temperature'))}. Every logit is divided by T: ${n(v, 'temperature') < 1 ? 'the likely grow at the cost of the unlikely' : 'the distribution flattens'}, nobody changes rank, nobody is cut. Entropy ${bits(v)} bits.`,
		greedy: (v: Values) =>
			`Greedy. Temperature ${number(n(v, 'temperature'))} is no division but the rule “take the best”: “${v.idToken ?? ''}” alone stays${n(v, 'tied') > 0 ? `, the first of ${n(v, 'tied') + 1} that tie` : ''}.`,
		'top-h': (v: Values) =>
			`Top-h. Tokens are kept from the top while their share of the entropy stays within ${share(v, 'share')} of it: ${int(v, 'kept')} stay, ${int(v, 'cut')} go.`,
		'top-k': (v: Values) =>
			`Top-k. The ${int(v, 'k')} likeliest stay${n(v, 'tied') > 0 ? `, and ${int(v, 'tied')} more that tie with the last of them (${engine[String(v.conventions)] ?? ''} keeps ties)` : ''}; ${int(v, 'cut')} are cut, however much they weigh: the kept hold ${share(v, 'keptMass')}.`,
		'top-p': (v: Values) =>
			`Top-p. Walking down from the top, “${v.crossingToken ?? ''}” is the one that reaches ${number(n(v, 'p'))} (${percent(n(v, 'before'))} before it, ${percent(n(v, 'mass'))} with it) and stays. ${tokens(v, 'kept')} are kept, ${int(v, 'cut')} are cut.`,
		'min-p': (v: Values) =>
			`Min-p. Whoever has less than ${share(v, 'share')} of the leader’s ${share(v, 'max')}, that is less than ${share(v, 'threshold')}, is cut: ${int(v, 'kept')} stay, ${int(v, 'cut')} go.`,
		typical: (v: Values) =>
			`Typical. The entropy is ${number(n(v, 'entropy'), 3)} nats; tokens whose surprise is closest to it are kept until they hold ${share(v, 'mass')}: ${int(v, 'kept')} stay, ${int(v, 'cut')} go. Even the likeliest can be one of them.`,
		epsilon: (v: Values) => `Epsilon. Probabilities under ${share(v, 'threshold')} are cut: ${int(v, 'kept')} stay, ${int(v, 'cut')} go.`,
		eta: (v: Values) =>
			`Eta. The threshold falls with the entropy: min(ε, √ε·e^−H) = ${share(v, 'threshold')}; ${int(v, 'kept')} stay, ${int(v, 'cut')} go.`,
		tfs: (v: Values) =>
			`Tail-free. Where the sorted curve stops bending, the tail begins and is cut: ${int(v, 'kept')} stay, ${int(v, 'cut')} go.`,
		'top-a': (v: Values) =>
			`Top-a. The threshold is a times the square of the leader’s ${share(v, 'max')}: ${share(v, 'threshold')}. ${int(v, 'kept')} stay, ${int(v, 'cut')} go.`,
		xtc: (v: Values) =>
			n(v, 'disabled') === 1
				? 'XTC. A threshold above 0.5 switches it off in llama.cpp.'
				: n(v, 'triggered') === 0
					? `XTC. Its own coin ${fixed(n(v, 'coin'), 3)} against ${number(n(v, 'probability'))}, and ${tokens(v, 'above')} above ${share(v, 'threshold')}: it does not act here.`
					: `XTC. Its coin ${fixed(n(v, 'coin'), 3)} falls under ${number(n(v, 'probability'))}: of ${tokens(v, 'above')} above ${share(v, 'threshold')} all but the least likely, “${v.leastToken ?? ''}”, are cut.`,
		mirostat: (v: Values) =>
			`Mirostat ${int(v, 'version')}. With μ = ${number(n(v, 'mu'), 3)} bits, ${tokens(v, 'kept')} are not too surprising and stay; after the draw μ moves towards a surprise of ${number(n(v, 'tau'))} bits.`,
		draw: (v: Values) =>
			`Draw. ${tokens(v, 'kept')} share all the mass, ${int(v, 'zero')} are exactly zero. The coin ${fixed(n(v, 'u'), 3)} falls between ${fixed(n(v, 'low'), 3)} and ${fixed(n(v, 'high'), 3)}: on “${v.token ?? ''}” (${share(v, 'probability')}).`,
		drawGumbel: (v: Values) =>
			`Gumbel draw. Each of the ${tokens(v, 'kept')} left adds its own noise −ln(−ln u) to its logit; the largest sum, ${fixed(n(v, 'score'), 2)}, belongs to “${v.token ?? ''}” (${share(v, 'probability')}). No softmax is needed.`,
		drawOnly: (v: Values) => `Draw. Only “${v.token ?? ''}” is left: no coin can change that.`,
		draws: (v: Values) =>
			`${int(v, 'draws')} draws. The right column is what came up, the left one what should: “${v.token ?? ''}” was drawn in ${share(v, 'share')} of them against ${share(v, 'probability')}.`,
		picked: (v: Values) =>
			`Your choice. The coin had fallen on “${v.drawn ?? ''}”; you go on with “${v.token ?? ''}” (${share(v, 'probability')}).`,
		token: (v: Values) =>
			`Token ${int(v, 'position')}. “${v.token ?? ''}” was drawn with ${share(v, 'probability')} (${share(v, 'raw')} in the model’s own distribution, rank ${int(v, 'rank')}, ${fixed(n(v, 'surpriseBits'), 2)} bits of surprise) out of ${tokens(v, 'kept')} left in play; entropy ${bits(v)} bits.`,
		tokenPicked: (v: Values) =>
			`Token ${int(v, 'position')}. “${v.token ?? ''}” was your choice, not the coin’s: rank ${int(v, 'rank')}, ${share(v, 'raw')} in the model’s own distribution.`,
		beamStart: (v: Values) => `Start. One beam, the prompt; ${int(v, 'beams')} will be kept from here on.`,
		beamStep: (v: Values) =>
			`Step ${int(v, 'step')}. ${int(v, 'running')} beams run on, ${int(v, 'finished')} have finished; the best so far continues “${v.best ?? ''}”.`,
		beamDone: (v: Values) =>
			`Done. After ${int(v, 'step')} steps “${v.best ?? ''}” wins with a score of ${number(n(v, 'score'), 4)}: sum of ln p over length to the power of the penalty.`
	},
	facts: {
		keptTokens: 'tokens in play',
		keptMass: 'of the mass kept',
		entropyBits: 'entropy of the draw',
		top1Probability: 'for the likeliest token',
		nucleusSize: 'tokens in the nucleus',
		perplexity: 'perplexity of the text',
		bestScore: 'score of the best beam',
		bestLogProb: 'its sum of ln p',
		greedyLogProb: 'sum of ln p of the greedy text',
		finishedBeams: 'beams finished'
	},
	notes: {
		ofVocabulary: (v: Values) => `of ${int(v, 'n')}`,
		rawEntropy: (v: Values) => `${number(n(v, 'bits'), 3)} in the model’s own distribution`,
		rawTop: (v: Values) => `${share(v, 'share')} in the model’s own distribution`,
		nucleus: (v: Values) => `smallest set with mass ≥ ${number(n(v, 'p'))}`,
		ofTokens: (v: Values) => `over ${tokens(v, 'n')}, the model’s own distribution`
	},
	marks: {
		...shortMarks,
		penalties: 'penalties',
		temperature: 'temperature',
		'top-n-sigma': 'top-nσ',
		epsilon: 'epsilon',
		eta: 'eta',
		tfs: 'tail-free',
		token: '',
		beam: 'step'
	},
	short: shortMarks as Readonly<Record<string, string>>,
	params: {
		source: 'Numbers from',
		model: 'Model',
		prompt: 'Prompt',
		logits: 'Logits',
		history: 'Token ids so far (for penalties)',
		temperature: 'Temperature',
		topK: 'Top-k',
		topP: 'Top-p',
		minP: 'Min-p',
		typicalP: 'Typical p',
		epsilonCutoff: 'Epsilon cutoff',
		etaCutoff: 'Eta cutoff',
		topH: 'Top-h',
		tfs: 'Tail-free z',
		topA: 'Top-a',
		topNSigma: 'Top-nσ',
		sigma: 'σ of top-nσ',
		xtcProbability: 'XTC probability',
		xtcThreshold: 'XTC threshold',
		repetitionPenalty: 'Repetition penalty',
		presencePenalty: 'Presence penalty',
		frequencyPenalty: 'Frequency penalty',
		noRepeatNgram: 'No-repeat n-gram',
		dryMultiplier: 'DRY multiplier',
		dryBase: 'DRY base',
		dryAllowedLength: 'DRY allowed length',
		mirostat: 'Mirostat',
		mirostatTau: 'Mirostat τ',
		mirostatEta: 'Mirostat η',
		mirostatMu: 'Mirostat μ at the start',
		minTokensToKeep: 'Keep at least',
		order: 'Order',
		draw: 'Draw',
		seed: 'Seed',
		draws: 'Repeated draws',
		mode: 'Show',
		at: 'Tokens written',
		picks: 'Your own picks',
		maxTokens: 'Tokens to write',
		beams: 'Beams',
		lengthPenalty: 'Length penalty',
		earlyStopping: 'Early stopping',
		diversity: 'Diversity penalty'
	},
	values: {
		'topK=0': 'off',
		'topP=1': 'off',
		'minP=0': 'off',
		'typicalP=1': 'off',
		'epsilonCutoff=0': 'off',
		'etaCutoff=0': 'off',
		'topH=0': 'off',
		'tfs=1': 'off',
		'topA=0': 'off',
		'topNSigma=0': 'off',
		'xtcProbability=0': 'off',
		'repetitionPenalty=1': 'off',
		'presencePenalty=0': 'off',
		'frequencyPenalty=0': 'off',
		'noRepeatNgram=0': 'off',
		'dryMultiplier=0': 'off',
		'temperature=0': 'greedy',
		'temperature=1': 'as is',
		'draws=0': 'one',
		'diversity=0': 'off',
		'source.model': 'the model',
		'source.custom': 'my own logits',
		'draw.cdf': 'coin',
		'draw.gumbel': 'Gumbel',
		'mode.step': 'one token',
		'mode.text': 'a text',
		'mode.beams': 'beams',
		'mirostat.0': 'off',
		'mirostat.1': '1',
		'mirostat.2': '2',
		'sigma.population': 'population',
		'sigma.sample': 'sample',
		'earlyStopping.true': 'true',
		'earlyStopping.false': 'false',
		'earlyStopping.never': 'never',
		'order.hf': 'Hugging Face',
		'order.vllm': 'vLLM',
		'order.llamacpp': 'llama.cpp',
		main: 'Main',
		drawing: 'Draw',
		cutters: 'More ways to cut',
		repetition: 'Against repetition',
		mirostat: 'Mirostat',
		search: 'Beam search',
		expert: 'Conventions and numbers of your own',
		'status.running': 'runs on',
		'status.expanded': 'was continued',
		'status.finished': 'has finished',
		'status.path': 'is not in the search',
		'status.outscored': 'outscored: others of this step are better',
		'status.late': 'ends, but too far down the candidates of its step',
		'status.beaten': 'ends, but better ones have finished',
		'status.displaced': 'had finished until better ones displaced it',
		'status.stopped': 'was still running when the search stopped'
	},
	views: {
		opening: 'T 0.8, then top-p 0.9',
		greedy: 'Temperature 0: greedy',
		hot: 'Temperature 2',
		'top-k': 'Top-k 5',
		'min-p': 'Min-p 0.1 against heat',
		typical: 'Typical 0.2 drops the favourite',
		xtc: 'XTC cuts the top',
		gumbel: 'Gumbel-max draw',
		draws: '1,000 draws',
		'order-hf': 'Order: Hugging Face keeps 3',
		'order-vllm': 'Order: vLLM keeps 2',
		'order-llamacpp': 'Order: llama.cpp keeps 1',
		ties: 'Top-k with ties',
		text: 'A whole text',
		beams: 'Beam search'
	},
	problems: {
		customMode: () => 'Logits of your own give one token; a text or beams need the model.',
		notInOrder: (v: Values) => `Switched on, but not in the order and so not applied: ${v.names ?? ''}.`
	},
	why: {
		token: (v: Values) =>
			`“${v.token ?? ''}”: ${v.way ?? ''} through the chain${n(v, 'cut') === 1 ? `; ${v.stage ?? ''} cuts it` : n(v, 'drawn') === 1 ? '; it is drawn' : ''}.`,
		rest: (v: Values) =>
			n(v, 'cut') === 1
				? `${tokens(v, 'count')} with ${v.share ?? ''} together: ${v.stage ?? ''} cuts them.`
				: `${tokens(v, 'count')} too light to show one by one, ${v.share ?? ''} together.`,
		alternative: (v: Values) =>
			`“${v.token ?? ''}”: ${v.share ?? ''}${n(v, 'chosen') === 1 ? ', and it was drawn' : ', it could have been'}.`,
		node: (v: Values) =>
			`“${v.token ?? ''}”${v.share ? ` ${v.share}` : ''}: ${v.status ?? ''}${v.score ? `, score ${v.score}` : ''}${v.sum ? `; Σ ln p = ${v.sum}` : ''}${n(v, 'greedy') === 1 ? '; on the greedy path' : ''}${n(v, 'sampled') === 1 ? '; on the sampled path' : ''}.`
	},
	more: (v: Values) => `${int(v, 'n')} more`,
	cutLine: (v: Values) => `−${int(v, 'n')}`,
	coin: (v: Values) => `coin ${v.u ?? ''}`,
	drawn: (v: Values) => `${int(v, 'count')} of ${int(v, 'draws')}`,
	greedyPath: 'greedy',
	sampledPath: 'sampled',
	chain: 'Chain',
	notActive: 'off',
	foreign: 'not in this engine',
	moveUp: 'earlier',
	moveDown: 'later',
	ownOrder: 'own order (Hugging Face’s conventions)',
	threeOrders: 'Three engines, same settings',
	survivors: (v: Values) => `${v.engine ?? ''} leaves ${int(v, 'kept')}`,
	conventions: {
		hf: 'Heats first, then cuts. Top-k keeps ties; repetition counts prompt and output.',
		vllm: 'Heats first; min-p cuts before top-k and top-p. Presence and frequency count the output only.',
		llamacpp: 'Cuts at T = 1, heats last. Exactly k in top-k; penalties look at the last 64 tokens.'
	} as Readonly<Record<string, string>>,
	live: {
		run: 'Run the model',
		runHint: (v: Values) => `${v.model ?? ''}, ${v.size ?? ''}: it runs in this page, nothing is sent anywhere.`,
		recorded: (v: Values) => `Recorded: what ${v.model ?? ''} said after “${v.prompt ?? ''}”. Run the model to see your own text.`,
		loading: (v: Values) => `Loading ${v.loaded ?? ''} of ${v.total ?? ''}`,
		starting: 'Starting the model',
		cancel: 'Cancel',
		retry: 'Try again',
		ready: (v: Values) => `${v.backend ?? ''} · ${v.size ?? ''} · ${v.speed ?? ''} tokens/s · first token ${v.first ?? ''} ms`,
		readyNew: (v: Values) => `${v.backend ?? ''} · ${v.size ?? ''}`,
		backend: 'Run on',
		backends: { auto: 'auto', wasm: 'WASM', webgpu: 'WebGPU' } as Readonly<Record<string, string>>,
		autoLoad: 'Load the model when the figure comes into view',
		prompt: 'Prompt',
		nextToken: 'Next token',
		write: 'Write on',
		back: 'Take back',
		again: 'New seed',
		alternatives: (v: Values) => `Position ${int(v, 'position')}: choose another token to branch off`,
		ended: { eos: 'The text ended by itself.', context: 'The model’s context is full.' } as Readonly<Record<string, string>>,
		tokenTitle: (v: Values) => `${v.token ?? ''}: ${v.share ?? ''}, rank ${int(v, 'rank')}`,
		noCustom: 'The numbers are your own: no model is asked.',
		fallback: 'WebGPU gave up; WASM took over in the middle of the text.'
	},
	table: {
		token: 'token',
		id: 'id',
		raw: 'softmax',
		here: 'this step',
		logit: 'logit',
		foot: (v: Values) => `${tokens(v, 'n')} are exactly zero and left out.`
	}
};

export type SamplingText = Labels & typeof en;

const zh: typeof en = {
	captions: {
		softmax: (v) =>
			`Softmax。模型给词表中 ${int(v, 'vocab')} 个词元各一个概率，没有谁天生为零。“${v.idToken ?? ''}”以 ${share(v, 'probability')} 领先；熵为 ${bits(v)} 比特。`,
		penalties: (v) =>
			`惩罚。出现过的词元中有 ${int(v, 'penalised')} 个的 logit 被改动${n(v, 'banned') > 0 ? `，另有 ${int(v, 'banned')} 个会重复 n 元组，被截去` : ''}。共检查 ${int(v, 'counted')} 个词元${n(v, 'window') > 0 ? `（llama.cpp 只看最近 ${int(v, 'window')} 个）` : ''}。`,
		dry: (v) =>
			n(v, 'penalised') === 0
				? 'DRY。没有词元会把重复拉到该罚的长度。'
				: `DRY。${int(v, 'penalised')} 个词元会延长重复；“${v.idToken ?? ''}”会使重复达到 ${n(v, 'longest') + 1} 个词元，其 logit 减去 ${number(n(v, 'penalty'), 3)}。`,
		'top-n-sigma': (v) =>
			`Top-nσ。比最大 logit 低 ${int(v, 'n')} 个标准差以上的（σ = ${number(n(v, 'sigma'), 4)}，${n(v, 'sample') === 1 ? '样本' : '总体'}标准差）全部截去：留 ${int(v, 'kept')} 个，去 ${int(v, 'cut')} 个。`,
		temperature: (v) =>
			`温度 ${number(n(v, 'temperature'))}。每个 logit 除以 T：${n(v, 'temperature') < 1 ? '强者更强、弱者更弱' : '分布变平'}，名次不变，也无人出局。熵 ${bits(v)} 比特。`,
		greedy: (v) =>
			`贪心。温度 ${number(n(v, 'temperature'))} 不是除法，而是“取最大者”的规则：只留下“${v.idToken ?? ''}”${n(v, 'tied') > 0 ? `（${n(v, 'tied') + 1} 个并列中的第一个）` : ''}。`,
		'top-h': (v) =>
			`Top-h。从高到低保留，直到累计的熵贡献达到总熵的 ${share(v, 'share')}：留 ${int(v, 'kept')} 个，去 ${int(v, 'cut')} 个。`,
		'top-k': (v) =>
			`Top-k。留下最可能的 ${int(v, 'k')} 个${n(v, 'tied') > 0 ? `，另有 ${int(v, 'tied')} 个与末位并列也留下（${engine[String(v.conventions)] ?? ''} 保留并列）` : ''}；截去 ${int(v, 'cut')} 个，不论它们有多重：留下的占 ${share(v, 'keptMass')}。`,
		'top-p': (v) =>
			`Top-p。从高到低累加，“${v.crossingToken ?? ''}”使总量达到 ${number(n(v, 'p'))}（加它之前 ${percent(n(v, 'before'))}，之后 ${percent(n(v, 'mass'))}），它被保留。留 ${int(v, 'kept')} 个，截去 ${int(v, 'cut')} 个。`,
		'min-p': (v) =>
			`Min-p。第一名有 ${share(v, 'max')}；不到它的 ${share(v, 'share')}、即低于 ${share(v, 'threshold')} 的都截去：留 ${int(v, 'kept')} 个，去 ${int(v, 'cut')} 个。`,
		typical: (v) =>
			`典型采样。熵为 ${number(n(v, 'entropy'), 3)} 纳特；按“惊讶度与熵的距离”由近到远保留，直到占 ${share(v, 'mass')}：留 ${int(v, 'kept')} 个，去 ${int(v, 'cut')} 个。连第一名也可能出局。`,
		epsilon: (v) => `Epsilon。概率低于 ${share(v, 'threshold')} 的截去：留 ${int(v, 'kept')} 个，去 ${int(v, 'cut')} 个。`,
		eta: (v) => `Eta。阈值随熵下降：min(ε, √ε·e^−H) = ${share(v, 'threshold')}；留 ${int(v, 'kept')} 个，去 ${int(v, 'cut')} 个。`,
		tfs: (v) => `无尾采样。排序曲线不再弯曲之处便是尾巴的开始，整段截去：留 ${int(v, 'kept')} 个，去 ${int(v, 'cut')} 个。`,
		'top-a': (v) =>
			`Top-a。阈值是 a 乘以第一名概率（${share(v, 'max')}）的平方：${share(v, 'threshold')}。留 ${int(v, 'kept')} 个，去 ${int(v, 'cut')} 个。`,
		xtc: (v) =>
			n(v, 'disabled') === 1
				? 'XTC。在 llama.cpp 中，阈值大于 0.5 即关闭。'
				: n(v, 'triggered') === 0
					? `XTC。它自己的硬币是 ${fixed(n(v, 'coin'), 3)}，触发概率 ${number(n(v, 'probability'))}，高于 ${share(v, 'threshold')} 的有 ${int(v, 'above')} 个：这次不动手。`
					: `XTC。它的硬币 ${fixed(n(v, 'coin'), 3)} 小于 ${number(n(v, 'probability'))}：高于 ${share(v, 'threshold')} 的 ${int(v, 'above')} 个里，除最不可能的“${v.leastToken ?? ''}”外全部截去。`,
		mirostat: (v) =>
			`Mirostat ${int(v, 'version')}。μ = ${number(n(v, 'mu'), 3)} 比特时，${int(v, 'kept')} 个词元不算太意外，留下；抽完后 μ 会朝目标惊讶度 ${number(n(v, 'tau'))} 比特调整。`,
		draw: (v) =>
			`抽取。${int(v, 'kept')} 个词元分掉全部概率，${int(v, 'zero')} 个恰为零。硬币 ${fixed(n(v, 'u'), 3)} 落在 ${fixed(n(v, 'low'), 3)} 与 ${fixed(n(v, 'high'), 3)} 之间，抽中“${v.token ?? ''}”（${share(v, 'probability')}）。`,
		drawGumbel: (v) =>
			`Gumbel 抽取。剩下的 ${int(v, 'kept')} 个词元各自给 logit 加上噪声 −ln(−ln u)；和最大的是“${v.token ?? ''}”，为 ${fixed(n(v, 'score'), 2)}（它的概率是 ${share(v, 'probability')}）。全程不需要 softmax。`,
		drawOnly: (v) => `抽取。只剩“${v.token ?? ''}”：怎么掷硬币都一样。`,
		draws: (v) =>
			`抽 ${int(v, 'draws')} 次。右柱是实际抽到的，左柱是应得的：“${v.token ?? ''}”实得 ${share(v, 'share')}，应得 ${share(v, 'probability')}。`,
		picked: (v) => `由您选定。硬币本来落在“${v.drawn ?? ''}”；您改用“${v.token ?? ''}”（${share(v, 'probability')}）继续。`,
		token: (v) =>
			`第 ${int(v, 'position')} 个词元。“${v.token ?? ''}”以 ${share(v, 'probability')} 抽中（在模型的原始分布中为 ${share(v, 'raw')}，第 ${int(v, 'rank')} 名，惊讶度 ${fixed(n(v, 'surpriseBits'), 2)} 比特），当时有 ${int(v, 'kept')} 个词元在场；熵 ${bits(v)} 比特。`,
		tokenPicked: (v) =>
			`第 ${int(v, 'position')} 个词元。“${v.token ?? ''}”是您选的，不是硬币定的：在原始分布中第 ${int(v, 'rank')} 名，${share(v, 'raw')}。`,
		beamStart: (v) => `起点。只有提示这一束；此后每步保留 ${int(v, 'beams')} 束。`,
		beamStep: (v) =>
			`第 ${int(v, 'step')} 步。${int(v, 'running')} 束继续，${int(v, 'finished')} 束已结束；目前最好的续写是“${v.best ?? ''}”。`,
		beamDone: (v) =>
			`结束。经过 ${int(v, 'step')} 步，“${v.best ?? ''}”胜出，得分 ${number(n(v, 'score'), 4)}：ln p 之和除以长度的惩罚次方。`
	},
	facts: {
		keptTokens: '在场词元数',
		keptMass: '保留的概率质量',
		entropyBits: '抽取时的熵',
		top1Probability: '第一名的概率',
		nucleusSize: '核（nucleus）内词元数',
		perplexity: '这段文本的困惑度',
		bestScore: '最佳束的得分',
		bestLogProb: '其 ln p 之和',
		greedyLogProb: '贪心文本的 ln p 之和',
		finishedBeams: '已结束的束'
	},
	notes: {
		ofVocabulary: (v) => `共 ${int(v, 'n')} 个`,
		rawEntropy: (v) => `模型原始分布为 ${number(n(v, 'bits'), 3)}`,
		rawTop: (v) => `模型原始分布为 ${share(v, 'share')}`,
		nucleus: (v) => `质量 ≥ ${number(n(v, 'p'))} 的最小集合`,
		ofTokens: (v) => `共 ${int(v, 'n')} 个词元，按模型原始分布`
	},
	marks: {
		...shortMarks,
		penalties: '惩罚',
		temperature: '温度',
		'top-n-sigma': 'top-nσ',
		typical: '典型',
		epsilon: 'epsilon',
		eta: 'eta',
		tfs: '无尾',
		draw: '抽取',
		token: '',
		beam: '第'
	},
	short: { ...shortMarks, penalties: '惩罚', temperature: '温度', typical: '典型', tfs: '无尾', draw: '抽取' },
	params: {
		source: '数据来源',
		model: '模型',
		prompt: '提示',
		logits: 'Logits',
		history: '已有的词元编号（供惩罚使用）',
		temperature: '温度',
		topK: 'Top-k',
		topP: 'Top-p',
		minP: 'Min-p',
		typicalP: '典型采样 p',
		epsilonCutoff: 'Epsilon 截断',
		etaCutoff: 'Eta 截断',
		topH: 'Top-h',
		tfs: '无尾采样 z',
		topA: 'Top-a',
		topNSigma: 'Top-nσ',
		sigma: 'top-nσ 的 σ',
		xtcProbability: 'XTC 触发概率',
		xtcThreshold: 'XTC 阈值',
		repetitionPenalty: '重复惩罚',
		presencePenalty: '出现惩罚',
		frequencyPenalty: '频率惩罚',
		noRepeatNgram: '禁止重复 n 元组',
		dryMultiplier: 'DRY 系数',
		dryBase: 'DRY 底数',
		dryAllowedLength: 'DRY 允许长度',
		mirostat: 'Mirostat',
		mirostatTau: 'Mirostat τ',
		mirostatEta: 'Mirostat η',
		mirostatMu: 'Mirostat 初始 μ',
		minTokensToKeep: '至少保留',
		order: '顺序',
		draw: '抽取方式',
		seed: '随机种子',
		draws: '重复抽取',
		mode: '显示',
		at: '已写词元数',
		picks: '您选定的词元',
		maxTokens: '要写的词元数',
		beams: '束宽',
		lengthPenalty: '长度惩罚',
		earlyStopping: '提前停止',
		diversity: '多样性惩罚'
	},
	values: {
		...en.values,
		'topK=0': '关',
		'topP=1': '关',
		'minP=0': '关',
		'typicalP=1': '关',
		'epsilonCutoff=0': '关',
		'etaCutoff=0': '关',
		'topH=0': '关',
		'tfs=1': '关',
		'topA=0': '关',
		'topNSigma=0': '关',
		'xtcProbability=0': '关',
		'repetitionPenalty=1': '关',
		'presencePenalty=0': '关',
		'frequencyPenalty=0': '关',
		'noRepeatNgram=0': '关',
		'dryMultiplier=0': '关',
		'temperature=0': '贪心',
		'temperature=1': '原样',
		'draws=0': '一次',
		'diversity=0': '关',
		'source.model': '页内模型',
		'source.custom': '自填 logits',
		'draw.cdf': '硬币',
		'draw.gumbel': 'Gumbel',
		'mode.step': '一个词元',
		'mode.text': '一段文本',
		'mode.beams': '束搜索',
		'mirostat.0': '关',
		'sigma.population': '总体',
		'sigma.sample': '样本',
		main: '主要',
		drawing: '抽取',
		cutters: '更多截断方法',
		repetition: '抑制重复',
		mirostat: 'Mirostat',
		search: '束搜索',
		expert: '约定与自填数字',
		'status.running': '继续',
		'status.expanded': '已续写',
		'status.finished': '已结束',
		'status.path': '不在搜索之内',
		'status.outscored': '落选：同一步里有更好的',
		'status.late': '到了结尾，但在本步候选中太靠后',
		'status.beaten': '到了结尾，但已有更好的结果',
		'status.displaced': '曾是结果，后被更好的挤掉',
		'status.stopped': '搜索停止时仍在进行'
	},
	views: {
		opening: '温度 0.8，再 top-p 0.9',
		greedy: '温度 0：贪心',
		hot: '温度 2',
		'top-k': 'Top-k 5',
		'min-p': '高温下的 min-p 0.1',
		typical: '典型采样 0.2：第一名出局',
		xtc: 'XTC 截去头部',
		gumbel: 'Gumbel-max 抽取',
		draws: '抽 1,000 次',
		'order-hf': '顺序：Hugging Face 留 3 个',
		'order-vllm': '顺序：vLLM 留 2 个',
		'order-llamacpp': '顺序：llama.cpp 留 1 个',
		ties: 'Top-k 遇到并列',
		text: '一整段文本',
		beams: '束搜索'
	},
	problems: {
		customMode: () => '自填的 logits 只够抽一个词元；写文本或束搜索需要模型。',
		notInOrder: (v) => `已打开但不在顺序里，因此没有执行：${v.names ?? ''}。`
	},
	why: {
		token: (v) =>
			`“${v.token ?? ''}”：一路上的概率 ${v.way ?? ''}${n(v, 'cut') === 1 ? `；被${v.stage ?? ''}截去` : n(v, 'drawn') === 1 ? '；抽中的就是它' : ''}。`,
		rest: (v) =>
			n(v, 'cut') === 1
				? `${int(v, 'count')} 个词元，合计 ${v.share ?? ''}：被${v.stage ?? ''}截去。`
				: `${int(v, 'count')} 个词元太轻，无法逐个画出，合计 ${v.share ?? ''}。`,
		alternative: (v) => `“${v.token ?? ''}”：${v.share ?? ''}${n(v, 'chosen') === 1 ? '，抽中的就是它' : '，本来也可能是它'}。`,
		node: (v) =>
			`“${v.token ?? ''}”${v.share ? ` ${v.share}` : ''}：${v.status ?? ''}${v.score ? `，得分 ${v.score}` : ''}${v.sum ? `；Σ ln p = ${v.sum}` : ''}${n(v, 'greedy') === 1 ? '；在贪心路径上' : ''}${n(v, 'sampled') === 1 ? '；在采样路径上' : ''}。`
	},
	more: (v) => `其余 ${int(v, 'n')} 个`,
	cutLine: (v) => `−${int(v, 'n')}`,
	coin: (v) => `硬币 ${v.u ?? ''}`,
	drawn: (v) => `${int(v, 'draws')} 次中 ${int(v, 'count')} 次`,
	greedyPath: '贪心',
	sampledPath: '采样',
	chain: '处理链',
	notActive: '关',
	foreign: '该引擎没有',
	moveUp: '提前',
	moveDown: '推后',
	ownOrder: '自定顺序（按 Hugging Face 的约定）',
	threeOrders: '同样的设置，三个引擎',
	survivors: (v) => `${v.engine ?? ''} 留 ${int(v, 'kept')} 个`,
	conventions: {
		hf: '先加温再截断。Top-k 保留并列；重复惩罚统计提示与输出。',
		vllm: '先加温；min-p 在 top-k、top-p 之前截断。出现与频率惩罚只数输出。',
		llamacpp: '在 T = 1 时截断，最后才加温。Top-k 恰好留 k 个；惩罚只看最近 64 个词元。'
	},
	live: {
		run: '运行模型',
		runHint: (v) => `${v.model ?? ''}，${v.size ?? ''}：就在本页内运行，不向外发送任何内容。`,
		recorded: (v) => `录制数据：${v.model ?? ''} 在“${v.prompt ?? ''}”之后给出的分布。运行模型，看您自己的文本。`,
		loading: (v) => `正在加载 ${v.loaded ?? ''} / ${v.total ?? ''}`,
		starting: '正在启动模型',
		cancel: '取消',
		retry: '重试',
		ready: (v) => `${v.backend ?? ''} · ${v.size ?? ''} · ${v.speed ?? ''} 词元/秒 · 首词元 ${v.first ?? ''} 毫秒`,
		readyNew: (v) => `${v.backend ?? ''} · ${v.size ?? ''}`,
		backend: '运行于',
		backends: { auto: '自动', wasm: 'WASM', webgpu: 'WebGPU' },
		autoLoad: '图进入视野时自动加载模型',
		prompt: '提示',
		nextToken: '下一个词元',
		write: '继续写',
		back: '退回一步',
		again: '换个种子',
		alternatives: (v) => `第 ${int(v, 'position')} 个位置：选另一个词元，从此分叉`,
		ended: { eos: '文本到此自行结束。', context: '模型的上下文已满。' },
		tokenTitle: (v) => `${v.token ?? ''}：${v.share ?? ''}，第 ${int(v, 'rank')} 名`,
		noCustom: '数字由您填写，不询问模型。',
		fallback: 'WebGPU 中途失效，WASM 已接着写下去。'
	},
	table: {
		token: '词元',
		id: '编号',
		raw: 'softmax',
		here: '本步',
		logit: 'logit',
		foot: (v) => `另有 ${int(v, 'n')} 个词元恰为零，未列出。`
	}
};

export const labels: Bilingual<SamplingText> = { en, zh };
