import { many, plural } from '#kit/text/values.ts';
import type { KvShape } from '#maths/kv/shape.ts';
import type { HeadsScene } from './frames-heads.ts';
import {
	bytes,
	int,
	n,
	number,
	share,
	size,
	sizesOf,
	some,
	symbol,
	times,
	type BoxInWords,
	type CellInWords,
	type Rows,
	type Values
} from './words.ts';

const NAMES: Readonly<Record<string, string>> = { mha: 'multi-head', gqa: 'grouped-query', mqa: 'multi-query', mla: 'multi-head latent' };

export const captions = {
	project: (v: Values) =>
		`Project. One token’s hidden state becomes ${int(v, 'heads')} ${n(v, 'heads') === 1 ? 'query' : 'queries'}, ${n(v, 'copies') === 1 ? 'and as many keys and values' : n(v, 'kvHeads') === 1 ? 'but only one key and one value' : `but only ${int(v, 'kvHeads')} keys and values`} of ${many(v, 'headDim', 'number')} each; W_K and W_V are ${n(v, 'copies') === 1 ? 'as large as' : `${times(v, 'copies')} times smaller than`} W_Q.`,
	'project.mla': (v: Values) =>
		`Compress. The hidden state is pressed into one latent of ${many(v, 'rank', 'number')} for ${n(v, 'heads') === 1 ? 'the one head' : `all ${int(v, 'heads')} heads`}, and one key of ${many(v, 'rope', 'number')} that carries the position.`,
	cache: (v: Values) =>
		`Cache. Keys and values are kept for the tokens to come, queries never: 2 × ${int(v, 'kvHeads')} × ${int(v, 'headDim')} = ${int(v, 'numbers')} numbers in each layer, ${size(v, 'perToken')} in ${many(v, 'layers', 'layer')}. ${n(v, 'saving') === 1 ? 'The dashed frame is full: nothing is shared.' : `The dashed frame is what ${int(v, 'heads')} KV heads would take: ${times(v, 'saving')} times as much.`}`,
	'cache.mla': (v: Values) =>
		`Cache. Only latent and RoPE key are kept: ${int(v, 'rank')} + ${int(v, 'rope')} = ${int(v, 'numbers')} numbers in each layer, no factor 2, since one latent serves as key and value. MHA would take ${times(v, 'saving')} times as much; GQA with ${times(v, 'groups')} KV heads just as much.`,
	repeat: (v: Values) =>
		`Repeat. Each KV head is laid beside ${int(v, 'copies')} neighbouring queries, as repeat_interleave does: query head h reads KV head ⌊h / ${int(v, 'copies')}⌋. The copies are a way to write the product; a good kernel reads the one original.`,
	'repeat.mha': () => 'Nothing to repeat. Every query head has a KV head of its own, so keys and values lie as wide as the queries.',
	tile: (v: Values) =>
		`Why not tile. It would deal the KV heads in turn, h mod ${int(v, 'kvHeads')}: ${int(v, 'wrong')} of ${int(v, 'heads')} query heads would meet keys that they were never trained with. All shapes fit, so nothing fails; the output is just wrong.`,
	'expand.mla': (v: Values) =>
		`Expand. Written out, W_UK and W_UV unfold every cached latent into ${int(v, 'heads')} keys and ${int(v, 'heads')} values again, ${int(v, 'expanded')} numbers a token. Good for a prompt, ruinous for each decode step.`,
	'absorb.mla': () =>
		'Absorb. q · (W_UK c) = (W_UKᵀ q) · c: W_UK moves to the query and the latent is read as it lies. RoPE must stay outside, for its rotation would stand between W_Q and W_UK and change with every position; hence the separate RoPE key.',
	score: (v: Values) =>
		`Score. Each query meets the ${many(v, 'read', 'key')} of its KV head${n(v, 'read') < n(v, 'seq') ? ' that the window leaves' : n(v, 'window') > 0 && n(v, 'window') < n(v, 'seq') ? ` (in local layers at most ${int(v, 'window')})` : ''}, divides by √${int(v, 'headDim')} and takes the softmax. ${n(v, 'copies') === 1 ? 'Each byte of cache is read for one head alone' : `${int(v, 'copies')} heads read the same bytes`}: ${times(v, 'intensity')} FLOP for each byte.`,
	'score.mla': (v: Values) =>
		`Score. All ${int(v, 'heads')} heads read the same ${many(v, 'seq', 'latent')}; content and position add up before the division by √${int(v, 'scale')}. That is ${times(v, 'intensity')} FLOP for each byte of cache.`,
	output: (v: Values) =>
		`Output. Each head sums the values of its KV head with its own weights; ${many(v, 'heads', 'result')} of ${many(v, 'headDim', 'number')} ${n(v, 'heads') === 1 ? 'stands alone' : 'stand side by side'}, and W_O mixes ${n(v, 'heads') === 1 ? 'it' : 'them'} back into ${int(v, 'hidden')}.`,
	'output.mla': (v: Values) =>
		`Output. Each head sums latents with its own weights, and only then W_UV makes ${many(v, 'headDim', 'number')} of the sum; W_O mixes all heads back into ${int(v, 'hidden')}.`,
	'ladder.mha': (v: Values) =>
		`MHA. Every one of ${int(v, 'heads')} query heads has a key and a value of its own: ${int(v, 'numbers')} numbers a token and layer, ${size(v, 'perToken')} a token.`,
	'ladder.gqa': (v: Values) =>
		`GQA with ${int(v, 'kvHeads')}. ${int(v, 'copies')} neighbouring query heads share one KV head: ${size(v, 'perToken')} a token, ${times(v, 'saving')} times less. A trained MHA model gets here by averaging the KV heads of each group and training a little longer.`,
	'ladder.mqa': (v: Values) =>
		`MQA. All ${int(v, 'heads')} query heads read one KV head: ${size(v, 'perToken')} a token, ${times(v, 'saving')} times less than MHA. Nothing is left to share, and quality pays for it.`,
	'ladder.mla': (v: Values) =>
		`MLA. One latent of ${many(v, 'rank', 'number')} stands for keys and values of all heads, beside a RoPE key of ${int(v, 'rope')}: ${size(v, 'perToken')} a token, as much as ${times(v, 'groups')} KV heads. Yet every head has keys of its own, through its own W_UK.`,
	latent: () => 'Latent. Each token’s four numbers are pressed into three: c = W_DKV h. Point at a number to see where it comes from.',
	ropeKey: () => 'RoPE key. A separate small key W_KR h is turned by an angle that grows with the position; all heads share it.',
	cached: () => 'Cache. Three and two numbers a token are kept; with keys and values of both heads it would be twelve.',
	query: (v: Values) =>
		`Query. The last token’s query for head ${int(v, 'head')}: two numbers for content, two for position, the latter turned like the keys.`,
	expandK: (v: Values) => `Expanded, keys. W_UK makes head ${int(v, 'head')}’s own key of every cached latent.`,
	scoreNaive: () => 'Expanded, scores. Content and position products add up, times ½ = 1/√(2 + 2); softmax makes weights of them.',
	outNaive: (v: Values) =>
		`Expanded, output. W_UV makes values of the latents, and the weights sum them to head ${int(v, 'head')}’s output.`,
	absorbQ: () => 'Absorbed, query. W_UK is applied to the query instead, once a step and not once a cached token: q′ = W_UKᵀ q.',
	scoreAbsorbed: (v: Values) =>
		`Absorbed, scores. q′ meets the latents as they lie in the cache. The scores are those of the expanded form (largest difference ${n(v, 'gap') === 0 ? '0' : n(v, 'gap').toExponential(0)}).`,
	outAbsorbed: () => 'Absorbed, output. The weights sum the latents first, W_UV acts once on the sum: the same output, number by number.',
	same: (v: Values) =>
		`The same. W_O mixes both heads; y of the expanded and y′ of the absorbed form differ by at most ${n(v, 'gap') === 0 ? '0' : n(v, 'gap').toExponential(0)}, rounding alone.`,
	'gqa.query': () => 'Queries. W_Q makes four queries of two numbers of the last token; heads 0 to 3 stand side by side.',
	'gqa.keys': (v: Values) => `Keys. W_K makes ${many(v, 'kvHeads', 'key')} of each token; the rows above the last were already cached.`,
	'gqa.values': (v: Values) => `Values. W_V makes ${many(v, 'kvHeads', 'value')} of each token in the same way.`,
	'gqa.pick': (v: Values) =>
		`Repeat. Query head ${int(v, 'head')} reads KV head ⌊${int(v, 'head')} / ${int(v, 'copies')}⌋ = ${int(v, 'kv')}: its columns of K are taken, nothing is computed.`,
	'gqa.score': () => 'Scores. Query times key for each token, divided by √2; softmax makes weights of them.',
	'gqa.out': () => 'Output. The weights sum the values of that same KV head.',
	'gqa.tile': (v: Values) =>
		`Against tile. Left the outputs with neighbours sharing, right with KV heads dealt in turn: heads 1 and 2 come out otherwise, by up to ${some(n(v, 'gap'))}.`,
	'gqa.same': () => 'Against tile. With one KV head for all or for each there is only one way to repeat: both outputs are the same.',
	chart: (v: Values) =>
		`${int(v, 'tokens')} tokens. One sequence takes ${size(v, 'leastBytes')} (${v['least']}) to ${size(v, 'mostBytes')} (${v['most']}); ${v['name']} takes ${size(v, 'own')}, ${share(v, 'share')} of one ${v['gpu']}.`,
	live: (v: Values) =>
		`Layer ${int(v, 'layer')} of ${int(v, 'layers')}. ${int(v, 'heads')} query heads share ${int(v, 'kvHeads')} KV heads, real numbers of the model in this page. Heads over one bracket read the same keys, and still their maps differ by ${share(v, 'within')}; heads of different groups by ${share(v, 'between')}.`
};

export const notes = {
	perLayer: (v: Values) => `${size(v, 'bytes')} × ${many(v, 'layers', 'layer')}, every layer keeping every token`,
	saving: (v: Values) => `against ${int(v, 'heads')} KV heads of ${int(v, 'dim')}`,
	windowed: (v: Values) =>
		`${int(v, 'local')} of ${many(v, 'layers', 'layer')} ${n(v, 'local') === 1 ? 'keeps' : 'keep'} at most ${many(v, 'window', 'token')}`,
	tokens: (v: Values) => `${many(v, 'tokens', 'token')}, all kept in all layers`,
	batch: (v: Values) => many(v, 'batch', 'sequence'),
	onEach: (v: Values) => `one copy; each of ${int(v, 'tp')} GPUs holds ${size(v, 'bytes')}`,
	noRoom: (v: Values) => `the weights alone (${size(v, 'bytes')}) need ${int(v, 'gpus')} × ${v['gpu']}`,
	'room.exact': (v: Values) =>
		`${size(v, 'free')} of ${v['gpu']} beside ${size(v, 'weights')} of weights${n(v, 'tp') > 1 ? ', on each GPU' : ''}`,
	'room.published': (v: Values) => `${size(v, 'free')} of ${v['gpu']}; weights by the published, rounded size`,
	'room.attention': (v: Values) => `at most: only ${size(v, 'weights')} of attention weights are counted`,
	floor: (v: Values) => `at most ${some(n(v, 'perSecond'))} tokens/s with ${many(v, 'batch', 'sequence')}`,
	floorExperts: (v: Values) => `only the experts of one token read; ${some(n(v, 'all'))} ms with all of them`,
	ridge: (v: Values) => `FLOP per byte; ${v['gpu']} could do ${int({ r: Math.round(n(v, 'ridge')) }, 'r')}`,
	layers: (v: Values) => `in each of ${many(v, 'layers', 'layer')}`,
	copies: (v: Values) => `${int(v, 'tp')} GPUs; 1 = nothing is stored twice`
};

const sharers = ({ shape }: HeadsScene): string => (shape.latent === null ? number(shape.heads / shape.kvHeads) : number(shape.heads));

export function rows({ scene, phone }: { scene: HeadsScene; phone: number }): Rows {
	const { shape, step, figures: f, tp } = scene;
	const { heads, headDim, kvHeads, latent } = shape;
	const s = sizesOf(scene);
	const wide = phone === 0;
	const state: readonly [string, string] =
		step === 'score'
			? ['scores of each head', wide ? 'q · k for every cached token' : '']
			: step === 'output'
				? ['outputs of the heads', `W_O → ${s.hidden} numbers`]
				: ['hidden state of one token', `${s.hidden} numbers`];
	const shape2 = latent === null ? number(headDim) : `(${headDim} + ${latent.ropeDim})`;
	const gpus = tp > 1 ? `, on ${tp} GPUs` : '';
	const more = scene.batch === 1 ? 'cache of 1 sequence' : `cache of ${number(scene.batch)}`;
	return {
		state,
		query: [
			`${number(heads)} ${heads === 1 ? 'query' : 'queries'} × ${shape2}`,
			wide && latent === null ? `W_Q ${s.width} × ${s.hidden}` : ''
		],
		kv:
			latent === null
				? [
						`${number(kvHeads)} ${plural(kvHeads, 'KV head')} × ${headDim}: key over value${gpus}`,
						wide ? `W_K, W_V ${s.kvWidth} × ${s.hidden}` : ''
					]
				: [`latent ${number(latent.kvRank)} + RoPE key ${latent.ropeDim}${gpus}`, wide ? 'W_DKV, W_KR' : ''],
		cache: [wide ? 'cache of one token in one layer' : 'cache, token and layer', `${number(s.numbers)} · ${s.layerBytes}`],
		gpu: [
			wide
				? `${tp > 1 ? 'each' : 'one'} ${scene.gpu}: weights ${bytes(f.gpuWeights)}, ${more} ${bytes(f.gpuCache)}`
				: `${scene.gpu}: weights, ${more}`,
			f.free < 0 ? 'does not fit' : `room for ${number(f.sequences)}`
		],
		copy:
			step === 'expand'
				? 'keys and values of each head, not kept'
				: step === 'repeat' && kvHeads < heads
					? 'copies, not kept'
					: step === 'tile'
						? 'dealt in turn'
						: ''
	};
}

function heads({ row, tone, index, head, kv, scene }: BoxInWords): string {
	const { shape, figures: f, tp } = scene;
	const mla = shape.latent !== null;
	const each = sharers(scene);
	if (row === 'query')
		return `Query head ${head} reads ${mla ? 'the latent that all heads share' : `KV head ${Math.floor(kv / (f.stored / shape.kvHeads))}${each === '1' ? ', alone' : each === '2' ? ', with one other' : `, with ${Number(each) - 1} others`}`}.`;
	if (row === 'copy')
		return mla
			? `Head ${head}’s own ${tone}, unfolded from the latent and not kept.`
			: `A copy of KV head ${kv}’s ${tone} beside query head ${head}; it is read, not stored.`;
	if (tone === 'score') return `Head ${head}’s scores against every cached token, from its own query.`;
	if (tone === 'output') return `Head ${head}’s output: ${shape.headDim} numbers, the weighted sum of what it read.`;
	if (tone === 'state')
		return `The hidden state of the newest token: ${number(shape.hidden)} numbers, from which everything below is projected.`;
	if (row === 'gpu') {
		if (tone === 'weights')
			return `Weights on one GPU: ${bytes(f.gpuWeights)} of ${bytes(scene.memory)}${f.weights.known === 'attention' ? ', attention layers only' : ''}.`;
		return tone === 'free'
			? `Room for ${number(Math.max(0, f.sequences - scene.batch))} more sequences of ${bytes(f.gpuSequence)}.`
			: `Cache of ${number(scene.batch)} ${plural(scene.batch, 'sequence')}: ${bytes(f.gpuCache)} on this GPU.`;
	}
	const where = row === 'cache' ? 'in the cache' : 'just computed';
	if (tone === 'rope')
		return `The RoPE key ${where}: ${shape.latent?.ropeDim ?? 0} numbers with the position in them, shared by all heads${tp > 1 ? `, on GPU ${index}` : ''}.`;
	if (mla)
		return `The latent ${where}: ${shape.latent.kvRank} numbers that serve as keys (upper half) and as values (lower half) of all heads${tp > 1 ? `; GPU ${index} keeps a whole copy` : ''}.`;
	const copy = f.copies > 1 ? `; ${number(f.copies)} GPUs keep the same one` : '';
	return `The ${tone} of KV head ${Math.floor(index / (f.stored / shape.kvHeads))} ${where}: ${shape.headDim} numbers for ${each} query ${each === '1' ? 'head' : 'heads'}${copy}.`;
}

const ROW_WHY: Readonly<Record<string, (s: HeadsScene) => string>> = {
	state: () => 'All rows have one scale: a width is a count of numbers.',
	query: (s) => `Queries are made for the newest token alone and then forgotten, so their ${number(s.shape.heads)} heads cost no memory.`,
	kv: (s) =>
		s.shape.latent === null
			? `Each KV head is read by ${sharers(s)} query ${sharers(s) === '1' ? 'head' : 'heads'}.`
			: 'The latent stands once for all heads; its height is halved, because the same numbers are key and value.',
	cache: (s) => `What one token leaves behind in one layer, beside what ${number(s.shape.heads)} KV heads would leave (dashed).`,
	gpu: (s) =>
		`The memory of one ${s.gpu}: weights, then keys and values of each sequence, then room for more (hatched). Activations are not counted.`
};

const symbolWords = {
	kr: 'kᴿ unturned',
	qr: 'qᴿ unturned',
	s: 'scores',
	sA: 'scores′',
	p: 'softmax',
	pA: 'softmax′',
	out: 'interleaved',
	tiled: 'tiled'
};

export const why = {
	heads,
	row: ({ row, scene }: { row: string; scene: HeadsScene }): string => ROW_WHY[row]?.(scene) ?? '',
	cell: ({ name, row, col, how, role }: CellInWords): string =>
		how === ''
			? `${name}, row ${row}, column ${col}: ${role === 'weight' ? 'a weight of the example.' : 'given.'}`
			: `${name}, row ${row}, column ${col}: ${how}`,
	line: ({
		names,
		bytes: b,
		tokens,
		sharing,
		shape,
		beyond
	}: {
		names: readonly string[];
		bytes: string;
		tokens: string;
		sharing: string;
		shape: KvShape;
		beyond: string;
	}): string =>
		`${names.join(', ')}: ${b} at ${tokens} tokens, ${NAMES[sharing] ?? sharing} attention${shape.localLayers > 0 ? `, ${shape.localLayers} of ${shape.layers} layers keep ${number(shape.window)} tokens` : ''}${beyond === '' ? '' : `; beyond its context of ${beyond} this is arithmetic only`}.`,
	attention: (v: { head: number; kv: number; query: string; key: string; share: string; layer: number }): string =>
		`Layer ${v.layer}, query head ${v.head} on KV head ${v.kv}: “${v.query}” gives ${v.share} of its attention to “${v.key}”.`,
	map: ({ head, layer }: { head: number; layer: number }): string =>
		`Attention of query head ${head} in layer ${layer}: rows are queries, columns are keys.`
};
export const symbols = (id: string): string => symbol(id, symbolWords);
export const roles = { weight: 'weights', read: 'read', result: 'made here' };
export const axes = { token: (i: number) => `token ${i}`, head: (i: number) => `head ${i}` };
export const chart = { x: 'tokens', y: 'bytes of one sequence', memory: ({ gpu }: { gpu: string }) => `memory of one ${gpu}` };
export const live = { query: (h: number) => `query ${h}`, kv: (g: number) => `KV head ${g}` };
