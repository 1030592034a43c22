import { log } from '#maths/log.ts';
import { drawLength, LENGTHS, type LengthsName } from '#maths/paged/lengths.ts';
import type { Request } from '#maths/paged/request.ts';
import { uniform } from '#maths/rng.ts';

/** A, B, ... Z, then R27, R28, ... */
export function requestName(index: number): string {
	return index < 26 ? String.fromCharCode(65 + index) : `R${index + 1}`;
}

/** Requests of given lengths (prompt, output), all there at the first iteration. */
export function customRequests(pairs: readonly (readonly [number, number])[], samples = 1): readonly Request[] {
	return pairs.map(([prompt, output], i) => ({ name: requestName(i), prompt, output, arrival: 1, samples }));
}

/**
 * A random workload: lengths drawn by LENGTHS, cut so that prompt + output <= maxLen; arrivals a Poisson process of `rate` requests an iteration
 * (gaps exponential with mean 1 / rate), or all at once with rate 0. The draws of request i depend on seed and i alone.
 */
export function randomRequests(o: { count: number; lengths: LengthsName; rate: number; maxLen: number; seed: number }): readonly Request[] {
	const law = LENGTHS[o.lengths];
	let time = 0;
	return Array.from({ length: o.count }, (_, i) => {
		if (o.rate > 0 && i > 0) time -= log(uniform(o.seed, i, 2)) / o.rate;
		const prompt = drawLength(law.prompt, uniform(o.seed, i, 0), Math.max(1, o.maxLen - 1));
		const output = drawLength(law.output, uniform(o.seed, i, 1), Math.max(1, o.maxLen - prompt));
		return { name: requestName(i), prompt, output, arrival: 1 + Math.floor(time), samples: 1 };
	});
}

/** n requests that begin with the same `shared` tokens; each then asks its own `prompt` tokens, one iteration after the other. */
export function sharedPrefixRequests(o: { count: number; shared: number; prompt: number; output: number }): readonly Request[] {
	return Array.from({ length: o.count }, (_, i) => ({
		name: requestName(i),
		prompt: o.shared + o.prompt,
		output: o.output,
		arrival: 1 + i,
		samples: 1,
		pieces: [
			{ id: 'system', length: o.shared },
			{ id: `p${i}`, length: o.prompt }
		]
	}));
}

/**
 * Conversations: the prompt of a turn is everything said before and `prompt` new tokens, and is sent `pause` iterations after the last answer.
 * Requests are named by chat and turn: A1, A2, ..., B1, ...
 */
export function chatRequests(o: { chats: number; turns: number; prompt: number; output: number; pause: number }): readonly Request[] {
	const requests: Request[] = [];
	for (let chat = 0; chat < o.chats; chat++) {
		for (let turn = 0; turn < o.turns; turn++) {
			const pieces = Array.from({ length: turn }, (_, i) => [
				{ id: `u${chat}.${i}`, length: o.prompt },
				{ id: `a${chat}.${i}`, length: o.output }
			]).flat();
			requests.push({
				name: `${requestName(chat)}${turn + 1}`,
				prompt: turn * (o.prompt + o.output) + o.prompt,
				output: o.output,
				arrival: turn === 0 ? 1 + chat : 1 + o.pause,
				...(turn === 0 ? {} : { after: requests.length - 1 }),
				samples: 1,
				pieces: [...pieces, { id: `u${chat}.${turn}`, length: o.prompt }],
				own: `a${chat}.${turn}`
			});
		}
	}
	return requests;
}
