import { rawOf, runChain, type Chain, type Raw } from '#maths/sampling/chain.ts';
import type { SamplingData } from './data.ts';
import { settingsOf, type SamplingParams } from './params.ts';

/** Chains of parameters that were asked for: frames, facts and the picture of one state share one run. */
const known = new WeakMap<SamplingParams, { readonly data: SamplingData; readonly position: number; readonly chain: Chain }>();

/** What a chain starts from depends on the model's answer alone: a slider that moves finds it sorted and summed already. */
const raws = new WeakMap<object, Raw>();
function rawAt(logits: ArrayLike<number>): Raw {
	let raw = raws.get(logits);
	if (raw === undefined) raws.set(logits, (raw = rawOf(logits)));
	return raw;
}

/** The chain at one position of the text. Mirostat carries a state from token to token, so its past is run through first. */
export function chainAt(p: SamplingParams, data: SamplingData, position: number): Chain {
	const hit = known.get(p);
	if (hit?.data === data && hit.position === position) return hit.chain;
	const settings = settingsOf(p);
	const output = data.origin === 'custom' ? p.history : data.written.map((token) => token.id);
	const at = Math.min(position, data.next === null ? data.written.length - 1 : data.written.length);
	const run = (i: number, mu: number | undefined): Chain => {
		const logits = i < data.written.length ? data.written[i]!.logits : data.next!;
		const context = { prompt: data.promptIds, output: data.origin === 'custom' ? output : output.slice(0, i), position: i };
		return runChain(rawAt(logits), mu === undefined ? context : { ...context, mu }, settings);
	};
	let mu: number | undefined;
	if (p.mirostat !== '0') for (let i = 0; i < at; i++) mu = run(i, mu).next.mu;
	const chain = run(at, mu);
	known.set(p, { data, position, chain });
	return chain;
}

/** How many tokens are left in play for the draw that the step picture shows. */
export function survivors(p: SamplingParams, data: SamplingData): number {
	return chainAt(p, data, p.at).stages.at(-1)!.kept.length;
}
