/** One sentence a step; each begins with a short lead that ends in a full stop. */
import { fixed, number, percent } from '#kit/text/format.ts';
import { bits, engine, int, n, share, tokens, whole, type Values } from './values.ts';

/** "1 stays, 5 go". */
const stay = (v: Values): string =>
	`${int(v, 'kept')} ${n(v, 'kept') === 1 ? 'stays' : 'stay'}, ${int(v, 'cut')} ${n(v, 'cut') === 1 ? 'goes' : 'go'}`;

export const captions = {
	softmax: (v: Values) =>
		`Softmax. The model gives each of its ${tokens(v, 'vocab')} a probability, none of them zero by accident. “${v.idToken ?? ''}” leads with ${share(v, 'probability')}; the entropy is ${bits(v)} bits.`,
	penalties: (v: Values) =>
		`Penalties. ${int(v, 'penalised')} of the tokens seen before had their logits moved${n(v, 'banned') > 0 ? `, and ${int(v, 'banned')} would repeat an n-gram and are cut` : ''}. Looked at: ${tokens(v, 'counted')}${n(v, 'window') > 0 ? ` (the last ${int(v, 'window')}, llama.cpp’s window)` : ''}.`,
	dry: (v: Values) =>
		n(v, 'penalised') === 0
			? 'DRY. No token would continue a repetition long enough to be punished.'
			: `DRY. ${tokens(v, 'penalised')} would lengthen a repetition; “${v.idToken ?? ''}” would make it ${n(v, 'longest') + 1} tokens long and loses ${number(n(v, 'penalty'), 3)} of its logit.`,
	'top-n-sigma': (v: Values) =>
		`Top-nσ. Logits more than ${int(v, 'n')} standard deviations (σ = ${number(n(v, 'sigma'), 4)}, ${n(v, 'sample') === 1 ? 'sample' : 'population'}) below the best are cut: ${stay(v)}.`,
	temperature: (v: Values) =>
		`Temperature ${number(n(v, 'temperature'))}. Every logit is divided by T: ${n(v, 'temperature') < 1 ? 'the likely grow at the cost of the unlikely' : 'the distribution flattens'}, nobody changes rank, nobody is cut. Entropy ${bits(v)} bits.`,
	greedy: (v: Values) =>
		`Greedy. Temperature ${number(n(v, 'temperature'))} is no division but the rule “take the best”: “${v.idToken ?? ''}” alone stays${n(v, 'tied') > 0 ? `, the first of ${n(v, 'tied') + 1} that tie` : ''}.`,
	'top-h': (v: Values) =>
		`Top-h. Tokens are kept from the top while their share of the entropy stays within ${share(v, 'share')} of it: ${stay(v)}.`,
	'top-k': (v: Values) =>
		`Top-k. ${n(v, 'k') === 1 ? 'The likeliest alone stays' : `The ${int(v, 'k')} likeliest stay`}${n(v, 'tied') > 0 ? `, and ${int(v, 'tied')} more that tie with the last of them (${engine[String(v.conventions)] ?? ''} keeps ties)` : ''}; ${n(v, 'cut') === 0 ? 'nothing is cut' : n(v, 'cut') === 1 ? '1 is cut, however much it weighs' : `${int(v, 'cut')} are cut, however much they weigh`}: the kept hold ${share(v, 'keptMass')}.`,
	'top-p': (v: Values) =>
		`Top-p. Walking down from the top, “${v.crossingToken ?? ''}” is the one that reaches ${number(n(v, 'p'))} (${percent(n(v, 'before'))} before it, ${percent(whole(n(v, 'mass')))} with it) and stays. ${tokens(v, 'kept')} ${n(v, 'kept') === 1 ? 'is' : 'are'} kept, ${int(v, 'cut')} ${n(v, 'cut') === 1 ? 'is' : 'are'} cut.`,
	'min-p': (v: Values) =>
		`Min-p. Whoever has less than ${share(v, 'share')} of the leader’s ${share(v, 'max')}, that is less than ${share(v, 'threshold')}, is cut: ${stay(v)}.`,
	typical: (v: Values) =>
		`Typical. The entropy is ${number(n(v, 'entropy'), 3)} nats; tokens whose surprise is closest to it are kept until they hold ${share(v, 'mass')}: ${stay(v)}. Even the likeliest can be one of them.`,
	epsilon: (v: Values) => `Epsilon. Probabilities under ${share(v, 'threshold')} are cut: ${stay(v)}.`,
	eta: (v: Values) => `Eta. The threshold falls with the entropy: min(ε, √ε·e^−H) = ${share(v, 'threshold')}; ${stay(v)}.`,
	tfs: (v: Values) => `Tail-free. Where the sorted curve stops bending, the tail begins and is cut: ${stay(v)}.`,
	'top-a': (v: Values) =>
		`Top-a. The threshold is a times the square of the leader’s ${share(v, 'max')}: ${share(v, 'threshold')}. ${stay(v)}.`,
	xtc: (v: Values) =>
		n(v, 'disabled') === 1
			? 'XTC. A threshold above 0.5 switches it off in llama.cpp.'
			: n(v, 'triggered') === 0
				? `XTC. Its own coin ${fixed(n(v, 'coin'), 3)} against ${number(n(v, 'probability'))}, and ${tokens(v, 'above')} above ${share(v, 'threshold')}: it does not act here.`
				: `XTC. Its coin ${fixed(n(v, 'coin'), 3)} falls under ${number(n(v, 'probability'))}: of ${tokens(v, 'above')} above ${share(v, 'threshold')} all but the least likely, “${v.leastToken ?? ''}”, are cut.`,
	mirostat: (v: Values) =>
		`Mirostat ${int(v, 'version')}. With μ = ${number(n(v, 'mu'), 3)} bits, ${tokens(v, 'kept')} ${n(v, 'kept') === 1 ? 'is not too surprising and stays' : 'are not too surprising and stay'}; after the draw μ moves towards a surprise of ${number(n(v, 'tau'))} bits.`,
	draw: (v: Values) =>
		`Draw. ${tokens(v, 'kept')} share all the mass, ${int(v, 'zero')} ${n(v, 'zero') === 1 ? 'is' : 'are'} exactly zero. The coin ${fixed(n(v, 'u'), 3)} falls between ${fixed(n(v, 'low'), 3)} and ${fixed(n(v, 'high'), 3)}: on “${v.token ?? ''}” (${share(v, 'probability')}).`,
	drawGumbel: (v: Values) =>
		`Gumbel draw. Each of the ${tokens(v, 'kept')} left adds its own noise −ln(−ln u) to its logit; the largest sum, ${fixed(n(v, 'score'), 2)}, belongs to “${v.token ?? ''}” (${share(v, 'probability')}). No softmax is needed.`,
	drawOnly: (v: Values) => `Draw. Only “${v.token ?? ''}” is left: no coin can change that.`,
	draws: (v: Values) =>
		`${int(v, 'draws')} ${n(v, 'draws') === 1 ? 'draw' : 'draws'}. The right column is what came up, the left one what should: “${v.token ?? ''}” was drawn in ${share(v, 'share')} of them against ${share(v, 'probability')}.`,
	picked: (v: Values) =>
		`Your choice. The coin had fallen on “${v.drawn ?? ''}”; you go on with “${v.token ?? ''}” (${share(v, 'probability')}).`,
	token: (v: Values) =>
		`Token ${int(v, 'position')}. “${v.token ?? ''}” was drawn with ${share(v, 'probability')} (${share(v, 'raw')} in the model’s own distribution, rank ${int(v, 'rank')}, ${fixed(n(v, 'surpriseBits'), 2)} bits of surprise) out of ${tokens(v, 'kept')} left in play; entropy ${bits(v)} bits.`,
	tokenPicked: (v: Values) =>
		`Token ${int(v, 'position')}. “${v.token ?? ''}” was your choice, not the coin’s: rank ${int(v, 'rank')}, ${share(v, 'raw')} in the model’s own distribution.`,
	beamStart: (v: Values) =>
		`Start. One beam, the prompt; ${n(v, 'beams') === 1 ? 'one alone' : int(v, 'beams')} will be kept from here on.`,
	beamStep: (v: Values) =>
		`Step ${int(v, 'step')}. ${int(v, 'running')} ${n(v, 'running') === 1 ? 'beam runs' : 'beams run'} on, ${int(v, 'finished')} ${n(v, 'finished') === 1 ? 'has' : 'have'} finished; the best so far continues “${v.best ?? ''}”.`,
	beamDone: (v: Values) =>
		`Done. After ${int(v, 'step')} ${n(v, 'step') === 1 ? 'step' : 'steps'} “${v.best ?? ''}” wins with a score of ${number(n(v, 'score'), 4)}: sum of ln p over length to the power of the penalty.`
};
