/** Why a cell is allowed and why it is hidden, rule by rule, in English. */
import { plural } from '#kit/text/values.ts';
import type { RuleWords } from './words.ts';

export const rules: RuleWords = {
	everything: [() => 'there is no rule: every query reads every key', () => 'never'],
	causal: [(v) => `key ${v.key} does not come after query ${v.at}`, (v) => `key ${v.key} comes after query ${v.at}: the future is closed`],
	prefix: [
		(v) => `key ${v.key} is in the prefix of ${v.prefix}, which everybody reads`,
		(v) => `key ${v.key} is behind the prefix of ${v.prefix}`
	],
	context: [
		(v) =>
			`key ${v.key} is in the context of ${v.contextLength} ${plural(Number(v.contextLength), 'token')} before the bos token, which everybody reads`,
		(v) => `key ${v.key} is not in the context of ${v.contextLength} ${plural(Number(v.contextLength), 'token')}`
	],
	virtual: [
		(v) => `key ${v.key} is one of ${v.virtualTokens} virtual tokens: they only offer keys and values`,
		(v) => `key ${v.key} is no virtual token`
	],
	window: [
		(v) => `it is ${v.distance} back, and ${v.distance} < ${v.window}: inside the window, which counts the query itself`,
		(v) =>
			`it is ${v.distance} back, outside the window of ${v.window} ${plural(Number(v.window), 'key')} (the query itself is one of them)`
	],
	windowInclusive: [
		(v) => `it is ${v.distance} back, and ${v.distance} ≤ ${v.window}: here a window of ${v.window} keeps one key more`,
		(v) => `it is ${v.distance} back, more than ${v.window}`
	],
	windowPast: [
		(v) => `it is less than ${v.window} back; ahead the window cuts nothing`,
		(v) => `it is ${v.distance} back, outside the window of ${v.window} ${plural(Number(v.window), 'key')}`
	],
	around: [(v) => `it is at most ${v.halfWindow} away on either side`, (v) => `it is more than ${v.halfWindow} away`],
	aroundExclusive: [(v) => `it is less than ${v.window} away on either side`, (v) => `it is ${v.window} or more away`],
	aroundHalf: [(v) => `it is at most ${v.window}/2 away on either side`, (v) => `it is more than ${v.window}/2 away`],
	radius: [(v) => `it is at most ${v.radius} away on either side`, (v) => `it is more than ${v.radius} away`],
	chunk: [
		(v) => `both lie in the same chunk of ${v.chunk}`,
		(v) => `they lie in different chunks of ${v.chunk}, and nothing crosses the border`
	],
	sink: [
		(v) => `key ${v.key} is one of the first ${v.sinks} tokens, the attention sinks that are never dropped`,
		(v) => `key ${v.key} is no sink`
	],
	realKey: [(v) => `key ${v.key} is a real token`, (v) => `key ${v.key} is padding: nobody may read it`],
	sameDocument: [() => 'both belong to the same document', () => 'they belong to different documents that were only packed together'],
	ownDocument: [() => 'it is earlier in the same document', () => 'it is not earlier in the same document'],
	sharedPrompt: [() => 'it belongs to the prompt that this answer shares', () => 'it is not in the prompt of this answer'],
	ancestor: [
		(v) => `${v.key} is ${v.at} itself, one of its ancestors in the tree, or committed text`,
		(v) => `${v.key} is on another branch of the tree`
	],
	sameImage: [() => 'both are tokens of the same image, which has no order in time', () => 'they are not tokens of one image'],
	imageInterval: [
		(v) => `this image is shown to query ${v.at}`,
		(v) => `query ${v.at} is outside the stretch of text that this image belongs to`
	],
	globalQuery: [(v) => `query ${v.at} is global: it reads everything`, (v) => `query ${v.at} is not global`],
	globalKey: [(v) => `key ${v.key} is global: everybody reads it`, (v) => `key ${v.key} is not global`],
	blockWindow: [() => 'their blocks are the same or neighbours', () => 'their blocks are not neighbours'],
	globalQueryBlock: [() => 'the query is in the first or last block, which reads everything', () => 'the query’s block is not global'],
	globalKeyBlock: [() => 'the key is in the first or last block, which everybody reads', () => 'the key’s block is not global'],
	randomBlock: [() => 'this pair of blocks was drawn at random', () => 'this pair of blocks was not drawn'],
	strideWindow: [(v) => `it is one of the last ${v.stride} keys`, (v) => `it is ${v.stride} or more back`],
	strideColumn: [
		(v) => `it is a whole number of strides of ${v.stride} back`,
		(v) => `${v.distance} is no multiple of the stride ${v.stride}`
	],
	dilatedWindow: [
		(v) => `it is within ${v.window} ${plural(Number(v.window), 'step')} of ${v.dilation}`,
		(v) => `it is more than ${v.window} ${plural(Number(v.window), 'step')} of ${v.dilation} back`
	],
	dilation: [
		(v) => `its distance ${Math.abs(Number(v.distance))} is a multiple of ${v.dilation}`,
		(v) => `its distance ${Math.abs(Number(v.distance))} falls into a gap of the dilation ${v.dilation}`
	],
	blockDiagonal: [
		() => 'both are in the same block and the same half: inside a block everything is seen',
		() => 'they are not in the same block and half'
	],
	offsetBlockCausal: [() => 'a noised query reads the clean text of earlier blocks', () => 'it is not the clean text of an earlier block'],
	blockCausal: [
		() => 'a clean query reads the clean text of its own and earlier blocks',
		() => 'it is not clean text of its own or an earlier block'
	]
};
