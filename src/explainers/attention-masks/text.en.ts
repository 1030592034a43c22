/** The words of the figure in English. Captions begin with a short lead that ends in a full stop. */
import { many, plural } from '#kit/text/values.ts';
import type { Kind } from '#maths/masks/settings.ts';
import type { RuleId } from '#maths/masks/expr.ts';
import { kinds } from './kinds.en.ts';
import { rules } from './rules.en.ts';
import { int, n, named, share, type Values } from './words.ts';

const kindOf = (v: Values): readonly [string, string] => kinds[v.kind as Kind];
/** Why a key is hidden: every condition that fails and would have sufficed. */
const fails = (v: Values): string =>
	String(v.rules)
		.split(' ')
		.map((id) => rules[id as RuleId][1](v))
		.join('; ');
const more = (v: Values): string =>
	`${v.or === 'none' || v.or === undefined ? '' : ` OR ${kinds[v.or as Kind][0].toLowerCase()}`}${v.and === 'none' || v.and === undefined ? '' : ` AND ${kinds[v.and as Kind][0].toLowerCase()}`}`;
const one = (count: number, single: string, more: string): string =>
	`${count === 1 ? 'one' : count.toLocaleString('en-US')} ${plural(count, single, more)}`;
/** "1 position reaches", "3 positions reach". */
const positions = (v: Values): string => many(v, 'reach', 'position reaches', 'positions reach');

export const en = {
	kinds,
	rules,
	captions: {
		whole: (v: Values) =>
			`${more(v) === '' ? `${kindOf(v)[0]}. ${kindOf(v)[1]}` : `Composed. ${kindOf(v)[0]}${more(v)}.`} ${int(v, 'live')} of ${int(v, 'cells')} ${plural(n(v, 'cells'), 'cell is', 'cells are')} live, ${share(v, 'share')}.`,
		row: (v: Values) =>
			`Query ${named(v)}. It reads ${one(n(v, 'seen'), 'key', 'keys')} of ${int(v, 'kv')}: ${v.keys}. Key ${v.key} is hidden (score −∞, weight exactly 0): ${fails(v)}.`,
		rowAll: (v: Values) =>
			`Query ${named(v)}. It reads ${n(v, 'seen') === 1 ? 'the only key there is' : `all ${int(v, 'kv')} keys`}; nothing is hidden from it.`,
		rowEmpty: (v: Values) =>
			`Query ${named(v)}. It may read nothing: softmax over nothing but −∞ is 0/0, no number at all in a plain implementation; kernels that are safe give zeros, and Hugging Face’s eager path adds the smallest float instead, which makes the row uniform.`,
		decode: (v: Values) =>
			`Decode. No earlier row changes when a token is appended, so their keys and values stay in the cache and only the last row is computed: it reads ${int(v, 'seen')} of ${many(v, 'kv', 'cached key')}${n(v, 'seen') === 0 ? '' : ` (${v.keys})`}.`,
		decodeNot: (v: Values) =>
			`No cheap decode. Some earlier query reads the last key, so a token that is appended changes rows that were done: with this mask a KV cache of ${n(v, 'kv') === 1 ? 'the one key' : `all ${int(v, 'kv')} keys`} cannot simply grow.`,
		decodeCross: (v: Values) =>
			`Decode. The ${n(v, 'kv') === 1 ? 'one key comes from the other sequence and is' : `${int(v, 'kv')} keys come from the other sequence and are`} computed once; each new query reads ${int(v, 'seen')} of them.`,
		layer: (v: Values) =>
			`Layer ${n(v, 'depth')} of ${int(v, 'layers')} down. Each key that was read has itself read by the same rule one layer below: ${positions(v)} the last query now${n(v, 'gained') > 0 ? `, ${int(v, 'gained')} more` : ', no more than before'} (${v.keys}).`,
		layerGlobal: (v: Values) =>
			`Layer ${n(v, 'depth')} of ${int(v, 'layers')} down. This layer is global and drops the window: ${positions(v)} the last query now (${v.keys}).`
	},
	facts: {
		liveCells: 'live cells',
		liveShare: 'of the matrix is live',
		kvKept: 'kept in the KV cache for the last query, per layer',
		kvKeptStack: 'kept over all layers',
		receptiveField: 'reach the last query through all layers',
		scoreFlops: 'FLOPs for the live scores of a layer',
		scoreBytes: 'for a score matrix written to memory',
		liveTiles: 'tiles of 128 × 128 to compute'
	},
	notes: {
		cells: (v: Values) => `of ${int(v, 'q')} × ${int(v, 'kv')} = ${int(v, 'cells')}`,
		empty: (v: Values) => `of ${int(v, 'cells')}; ${one(n(v, 'empty'), 'query reads', 'queries read')} nothing at all`,
		kept: (v: Values) => `of ${many(v, 'kv', 'key')}`,
		stack: (v: Values) =>
			n(v, 'globals') > 0
				? `${int(v, 'globals')} of ${many(v, 'layers', 'layer')} global; all global: ${int(v, 'all')}`
				: `${many(v, 'layers', 'layer')}; without window or chunk: ${int(v, 'all')}`,
		reach: (v: Values) => `after ${one(n(v, 'layers'), 'layer', 'layers')}, itself included`,
		reachBeyond: (v: Values) => `all there are; in a longer text ${int(v, 'unbounded')} after ${one(n(v, 'layers'), 'layer', 'layers')}`,
		flops: (v: Values) => `${many(v, 'heads', 'head')} of ${int(v, 'headDim')}; the whole matrix: ${int(v, 'dense')}`,
		bytes: (v: Values) => `fp16, ${many(v, 'heads', 'head')}, live or not; a fused kernel writes none`,
		tiles: (v: Values) => `of ${int(v, 'total')}; ${int(v, 'full')} of them full`
	},
	marks: { whole: 'the mask', query: 'query', decode: 'decode', layer: 'layers down' },
	params: {
		kind: 'Rule',
		or: 'OR',
		and: 'AND',
		source: 'Axes',
		model: 'Model',
		prompt: 'Text',
		layer: 'Layer of the model',
		q: 'Queries',
		kv: 'Keys',
		qOffset: 'First query at',
		kvOffset: 'First key at',
		prefix: 'Prefix length',
		contextLength: 'Context length',
		window: 'Window w',
		halfWindow: 'Half window h',
		sinks: 'Sinks',
		chunk: 'Chunk length',
		leftPadding: 'Left padding',
		padding: 'Real = 1, padding = 0',
		docs: 'Document lengths',
		prefixDocs: 'Prompt of each document',
		virtualTokens: 'Virtual tokens',
		parents: 'Parent of each node (−1 = root)',
		tokenType: 'Image = 1, text = 0',
		global: 'Global positions',
		stride: 'Stride l',
		dilation: 'Dilation d',
		radius: 'Radius',
		blockSize: 'Block size',
		randomPairs: 'Random blocks query:key',
		intervals: 'Text of each image start:end',
		imageTokenLength: 'Tokens per image',
		layers: 'Layers',
		pattern: 'Layer pattern',
		alibi: 'ALiBi bias on the scores',
		heads: 'Heads',
		head: 'Head',
		headDim: 'Head dimension',
		code: 'Code'
	},
	values: {
		none: 'none',
		'source.rule': 'positions',
		'source.model': 'my text',
		'pattern.uniform': 'all alike',
		'pattern.gemma2': 'Gemma 2 · L G',
		'pattern.gemma3': 'Gemma 3 · 5L G',
		'pattern.gpt-oss': 'gpt-oss · L G',
		'pattern.olmo3': 'OLMo 3 · 3L G',
		'pattern.cohere2': 'Cohere 2 · 3L G',
		'pattern.llama4': 'Llama 4 · 3C G',
		pytorch: 'PyTorch',
		huggingface: 'Hugging Face',
		flexattention: 'FlexAttention',
		numpy: 'NumPy',
		size: 'Size',
		stack: 'Layers',
		compose: 'Compose with a second rule',
		cut: 'Cut-out and cache offsets',
		scores: 'Scores: ALiBi, heads',
		...Object.fromEntries(Object.entries(kinds).map(([id, [name]]) => [id, name]))
	} as Readonly<Record<string, string>>,
	views: {
		causal: 'Causal (GPT, LLaMA)',
		bert: 'Bidirectional (BERT)',
		glm: 'Prefix LM',
		chatglm: 'ChatGLM-6B',
		chatglm2: 'ChatGLM2',
		'prefix-tuning': 'Prefix tuning',
		mistral: 'Sliding window (Mistral)',
		'mistral-4096': 'Window 1,024 of 4,096',
		'window-conventions': 'Same number, w + 1 keys',
		streaming: 'Sinks (StreamingLLM)',
		'gemma-2': 'Gemma 2: local, global',
		'gemma-3': 'Gemma 3: 5 local, 1 global',
		'gemma-3-image': 'Gemma 3: an image in the text',
		'gpt-oss': 'gpt-oss: window 128',
		'olmo-3': 'OLMo 3: 3 local, 1 global',
		'llama-4': 'Llama 4: chunks',
		decode: 'One decode step with a cache',
		'left-padding': 'Left padding',
		'right-padding': 'Right padding',
		packed: 'Packed documents',
		'packed-4096': 'Packed documents, 4,096',
		grpo: 'Shared prompt (GRPO)',
		tree: 'Draft tree (Medusa, EAGLE)',
		'encoder-decoder': 'Cross attention',
		longformer: 'Longformer',
		bigbird: 'BigBird',
		strided: 'Sparse Transformer',
		dilated: 'Dilated window',
		'block-diffusion': 'Block diffusion',
		alibi: 'ALiBi',
		compose: 'Window OR prefix',
		live: 'My text in the model'
	} as Readonly<Record<string, string>>,
	problems: {
		parents: (v: Values) => `Node ${v.node} cannot have the parent ${v.parent}: a parent stands before its child. It is drawn as a root.`,
		head: (v: Values) => `There is no head ${v.head} among ${Number(v.heads) === 1 ? '1 head' : `${v.heads} heads`} (they count from 0).`
	},
	axes: { key: 'key →', query: 'query ↓', keyShort: 'k →', queryShort: 'q ↓' },
	join: (parts: readonly string[]) => parts.join('; '),
	cell: (v: Values) =>
		`${n(v, 'allowed') === 1 ? `Query ${v.query} reads key ${v.keyName}` : `Query ${v.query} does not read key ${v.keyName}`}: ${v.because}.${v.weight === '' ? '' : ` The model gives it ${v.weight}.`}`,
	summary: (v: Values) =>
		`${kindOf(v)[0]}: ${int(v, 'q')} queries by ${int(v, 'kv')} keys, ${int(v, 'live')} cells live (${v.share}). Arrow keys walk over the cells.`,
	segments: {
		document: (i: number) => [`document ${i}`, `${i}`],
		prompt: () => ['prompt', 'P'],
		answer: (i: number) => [`answer ${i - 1}`, `${i - 1}`],
		padding: () => ['padding', 'pad'],
		prefix: () => ['prefix', 'P'],
		context: () => ['context', 'C'],
		virtual: () => ['virtual', 'V'],
		sink: () => ['sinks', 'S'],
		chunk: (i: number) => [`chunk ${i}`, `${i}`],
		image: (i: number) => [`image ${i}`, `${i}`],
		noised: () => ['noised', 'n'],
		clean: () => ['clean', 'c'],
		cache: () => ['cached', 'c'],
		tree: () => ['drafted tree', 'tree']
	} as Readonly<Record<string, (i: number) => readonly [string, string]>>,
	legend: {
		tones: ['later: hidden', 'earlier: hidden by the rule', 'read', 'read ahead of itself'],
		attention: 'read; darker = more attention (√ scale)',
		mean: 'each dot: the exact share of its cells'
	},
	bars: {
		title: (v: Values) =>
			n(v, 'live') === 1
				? `Query “${v.query}” attends, layer ${v.layer}, head ${v.head}`
				: n(v, 'slope') === 0
					? `Query ${v.query}: softmax of equal scores`
					: `Query ${v.query}: ALiBi, slope ${n(v, 'slope').toPrecision(3)}`,
		bar: (v: Values) => `Key ${v.key} gets ${v.share} of this query’s attention.`,
		group: (v: Values) => `Keys ${v.from} to ${v.to} together get ${v.share} of this query’s attention.`,
		score: 'score'
	},
	stack: {
		title: (v: Values) => `Reach through ${one(n(v, 'layers'), 'layer', 'layers')}`,
		level: (v: Values) =>
			n(v, 'level') === 0
				? 'The output of the last query at the top of the stack.'
				: n(v, 'reach') < 0
					? `Below layer ${v.layer}${v.kind === 'G' ? ', a global one' : ''}: not reached yet; step on.`
					: `Below layer ${v.layer}${v.kind === 'G' ? ', a global one' : ''}: ${v.reach} of ${v.kv} positions reach the last query.`,
		input: 'input tokens'
	},
	side: { rule: 'Rule', conventions: 'What is a window of w?', reads: 'Its numbers' },
	windows: (w: number) =>
		`Here w = ${w} keeps ${w} ${w === 1 ? 'key' : 'keys'}, the query included. The same mask is sliding_window=${w} in transformers and llama.cpp, window_size=(${w - 1}, 0) in FlashAttention, and ${w - 1} in attention-gym.`,
	upperLeft:
		'torch’s is_causal=True aligns its triangle to the upper left when queries and keys differ in number; the decode step needs the lower right, as here and in FlashAttention.',
	code: { title: 'This mask as code', copy: 'Copy', copied: 'Copied' },
	live: {
		note: 'The in-page model was trained causally and keeps its triangle: your rule can only hide more.',
		beyond: (v: Values) =>
			`${one(n(v, 'beyond'), 'cell of this mask lies', 'cells of this mask lie')} beyond the triangle and cannot be given to the model.`,
		before: 'next token, causal mask',
		after: 'with this mask',
		dropped: (v: Values) => `${int(v, 'dropped')} tokens at the end did not fit and were left out.`,
		empty: (v: Values) =>
			`${one(n(v, 'empty'), 'query had', 'queries had')} nothing to read; the model was let read the query’s own key there.`,
		idle: 'Your text on the axes needs the model: it runs in this page, nothing is sent anywhere.',
		moved: (v: Values) => `The mask moves ${v.share} of the probability to other tokens.`
	},
	table: {
		query: 'query',
		reads: 'reads',
		count: 'keys',
		mask: 'mask',
		foot: (v: Values) => `${int(v, 'n')} more queries; the JSON export has all of them.`
	}
};
