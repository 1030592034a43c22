import type * as en from './labels.en.ts';
import type { HeadsScene } from './frames-heads.ts';
import { bytes, int, n, number, share, size, sizesOf, some, symbol, times, type BoxInWords, type Rows, type Values } from './words.ts';

const NAMES: Readonly<Record<string, string>> = { mha: '多头注意力', gqa: '分组查询注意力', mqa: '多查询注意力', mla: '多头潜在注意力' };
const gap = (v: Values): string => (n(v, 'gap') === 0 ? '0' : n(v, 'gap').toExponential(0));

export const captions: typeof en.captions = {
	project: (v) =>
		`投影。一个词元的隐状态变成 ${int(v, 'heads')} 个查询，${n(v, 'copies') === 1 ? '键和值同样多' : `但键和值各只有 ${int(v, 'kvHeads')} 个`}，每个 ${int(v, 'headDim')} 维；W_K、W_V ${n(v, 'copies') === 1 ? '与 W_Q 一样大' : `的大小只有 W_Q 的 1/${times(v, 'copies')}`}。`,
	'project.mla': (v) =>
		`压缩。隐状态被压成一个 ${int(v, 'rank')} 维的潜在向量，供全部 ${int(v, 'heads')} 个头使用；另有一个 ${int(v, 'rope')} 维的键专门携带位置信息。`,
	cache: (v) =>
		`缓存。为后续词元留下的只有键和值，查询用完即弃：每层 2 × ${int(v, 'kvHeads')} × ${int(v, 'headDim')} = ${int(v, 'numbers')} 个数，${int(v, 'layers')} 层共 ${size(v, 'perToken')}。${n(v, 'saving') === 1 ? '虚线框被填满：没有任何共享。' : `虚线框是 ${int(v, 'heads')} 个 KV 头的用量，为现在的 ${times(v, 'saving')} 倍。`}`,
	'cache.mla': (v) =>
		`缓存。只留潜在向量和 RoPE 键：每层 ${int(v, 'rank')} + ${int(v, 'rope')} = ${int(v, 'numbers')} 个数，不乘 2，因为同一个潜在向量既当键又当值。MHA 需要它的 ${times(v, 'saving')} 倍；${times(v, 'groups')} 个 KV 头的 GQA 与它相当。`,
	repeat: (v) =>
		`复制。每个 KV 头对应 ${int(v, 'copies')} 个相邻的查询头，即 repeat_interleave：第 h 个查询头读第 ⌊h / ${int(v, 'copies')}⌋ 个 KV 头。副本只是写法上的，好的内核直接读那一份原件。`,
	'repeat.mha': () => '无需复制。每个查询头都有自己的 KV 头，所以键和值与查询一样宽。',
	tile: (v) =>
		`为何不用 tile。它会按 h mod ${int(v, 'kvHeads')} 轮流分发 KV 头：${int(v, 'heads')} 个查询头中有 ${int(v, 'wrong')} 个会读到训练时从未配对过的键。形状全都对得上，所以不会报错，只是结果错了。`,
	'expand.mla': (v) =>
		`展开。如果真的用 W_UK、W_UV 展开，每个缓存的潜在向量又会变回 ${int(v, 'heads')} 个键和 ${int(v, 'heads')} 个值，即每个词元 ${int(v, 'expanded')} 个数。预填充时划算，逐词解码时代价极大。`,
	'absorb.mla': () =>
		'吸收。q · (W_UK c) = (W_UKᵀ q) · c：把 W_UK 移到查询一侧，潜在向量就能原样读取。RoPE 不能一起吸收，因为随位置变化的旋转会夹在 W_Q 与 W_UK 之间；所以才要单独的 RoPE 键。',
	score: (v) =>
		`打分。每个查询与所属 KV 头的 ${n(v, 'read') < n(v, 'seq') ? `窗口内 ${int(v, 'read')} 个` : `${int(v, 'seq')} 个`}键${n(v, 'read') === n(v, 'seq') && n(v, 'window') > 0 && n(v, 'window') < n(v, 'seq') ? `（局部层只到最近 ${int(v, 'window')} 个）` : ''}做内积，除以 √${int(v, 'headDim')}，再做 softmax。${n(v, 'copies') === 1 ? '每个缓存字节只为一个头读取' : `${int(v, 'copies')} 个头读的是同一批字节`}：每字节 ${times(v, 'intensity')} FLOP。`,
	'score.mla': (v) =>
		`打分。全部 ${int(v, 'heads')} 个头读同样的 ${int(v, 'seq')} 个潜在向量；内容项与位置项相加，再除以 √${int(v, 'scale')}。每个缓存字节对应 ${times(v, 'intensity')} FLOP。`,
	output: (v) =>
		`输出。每个头用自己的权重对所属 KV 头的值加权求和；${int(v, 'heads')} 个 ${int(v, 'headDim')} 维的结果并排拼接，由 W_O 混合回 ${int(v, 'hidden')} 维。`,
	'output.mla': (v) =>
		`输出。每个头先用自己的权重对潜在向量求和，再由 W_UV 把这个和变成 ${int(v, 'headDim')} 维；最后 W_O 把所有头混合回 ${int(v, 'hidden')} 维。`,
	'ladder.mha': (v) =>
		`MHA。${int(v, 'heads')} 个查询头各有自己的键和值：每个词元每层 ${int(v, 'numbers')} 个数，每个词元共 ${size(v, 'perToken')}。`,
	'ladder.gqa': (v) =>
		`GQA，${int(v, 'kvHeads')} 个 KV 头。每 ${int(v, 'copies')} 个相邻的查询头共用一个：每个词元 ${size(v, 'perToken')}，是 MHA 的 1/${times(v, 'saving')}。训练好的 MHA 模型可以把组内的 KV 头取平均，再稍加训练得到它。`,
	'ladder.mqa': (v) =>
		`MQA。${int(v, 'heads')} 个查询头全读同一个 KV 头：每个词元 ${size(v, 'perToken')}，是 MHA 的 1/${times(v, 'saving')}。已无可再省，质量损失也最大。`,
	'ladder.mla': (v) =>
		`MLA。一个 ${int(v, 'rank')} 维的潜在向量代表所有头的键和值，外加 ${int(v, 'rope')} 维的 RoPE 键：每个词元 ${size(v, 'perToken')}，相当于 ${times(v, 'groups')} 个 KV 头。但每个头仍能通过自己的 W_UK 得到不同的键。`,
	latent: () => '潜在向量。每个词元的四个数被压成三个：c = W_DKV h。指向任意一个数，看它从哪里来。',
	ropeKey: () => 'RoPE 键。另算一个小键 W_KR h，再按位置旋转一个角度；所有头共用它。',
	cached: () => '缓存。每个词元留下三个数加两个数；若存两个头的键和值，则是十二个。',
	query: (v) => `查询。最后一个词元在第 ${int(v, 'head')} 头的查询：两维管内容，两维管位置，后者与键一样旋转。`,
	expandK: (v) => `展开式：键。W_UK 从每个缓存的潜在向量算出第 ${int(v, 'head')} 头自己的键。`,
	scoreNaive: () => '展开式：打分。内容内积与位置内积相加，乘以 ½ = 1/√(2 + 2)，softmax 后成为权重。',
	outNaive: (v) => `展开式：输出。W_UV 从潜在向量算出值，加权求和得到第 ${int(v, 'head')} 头的输出。`,
	absorbQ: () => '吸收式：查询。W_UK 改为作用在查询上，每步一次，而不是每个缓存词元一次：q′ = W_UKᵀ q。',
	scoreAbsorbed: (v) => `吸收式：打分。q′ 直接与缓存里的潜在向量做内积，得分与展开式相同（最大差 ${gap(v)}）。`,
	outAbsorbed: () => '吸收式：输出。先对潜在向量加权求和，W_UV 只对这个和作用一次：输出逐数相同。',
	same: (v) => `结果相同。W_O 混合两个头；展开式的 y 与吸收式的 y′ 最多相差 ${gap(v)}，仅为舍入误差。`,
	'gqa.query': () => '查询。W_Q 为最后一个词元算出四个二维查询，第 0 到第 3 头并排放置。',
	'gqa.keys': (v) => `键。W_K 为每个词元算出 ${int(v, 'kvHeads')} 个键；最后一行之前的早已在缓存里。`,
	'gqa.values': (v) => `值。W_V 以同样方式为每个词元算出 ${int(v, 'kvHeads')} 个值。`,
	'gqa.pick': (v) =>
		`复制。第 ${int(v, 'head')} 个查询头读第 ⌊${int(v, 'head')} / ${int(v, 'copies')}⌋ = ${int(v, 'kv')} 个 KV 头：只是取出 K 的对应列，不做计算。`,
	'gqa.score': () => '打分。查询与每个词元的键做内积，除以 √2，softmax 后成为权重。',
	'gqa.out': () => '输出。用这些权重对同一个 KV 头的值求和。',
	'gqa.tile': (v) => `对照 tile。左边相邻头共享，右边按 tile 轮流分发：第 1、2 头的输出变了，最多差 ${some(n(v, 'gap'))}。`,
	'gqa.same': () => '对照 tile。所有头共用一个或各有一个 KV 头时，复制方式只有一种，两边输出相同。',
	chart: (v) =>
		`${int(v, 'tokens')} 个词元。单个序列的缓存从 ${size(v, 'leastBytes')}（${v['least']}）到 ${size(v, 'mostBytes')}（${v['most']}）；${v['name']} 为 ${size(v, 'own')}，占一张 ${v['gpu']} 显存的 ${share(v, 'share')}。`,
	live: (v) =>
		`第 ${int(v, 'layer')} 层，共 ${int(v, 'layers')} 层。本页模型的真实数据：${int(v, 'heads')} 个查询头共用 ${int(v, 'kvHeads')} 个 KV 头。同一括号上的头读的是同样的键，注意力图仍平均相差 ${share(v, 'within')}；不同组的头相差 ${share(v, 'between')}。`
};

export const notes: typeof en.notes = {
	perLayer: (v) => `${size(v, 'bytes')} × ${int(v, 'layers')} 层，按每层保留全部词元计`,
	saving: (v) => `对照 ${int(v, 'heads')} 个 ${int(v, 'dim')} 维 KV 头`,
	windowed: (v) => `${int(v, 'layers')} 层中有 ${int(v, 'local')} 层最多保留 ${int(v, 'window')} 个词元`,
	tokens: (v) => `${int(v, 'tokens')} 个词元，所有层全部保留`,
	batch: (v) => `${int(v, 'batch')} 个序列`,
	onEach: (v) => `按一份计；${int(v, 'tp')} 张卡每张存 ${size(v, 'bytes')}`,
	noRoom: (v) => `仅权重（${size(v, 'bytes')}）就需要 ${int(v, 'gpus')} 张 ${v['gpu']}`,
	'room.exact': (v) => `${v['gpu']} 除去 ${size(v, 'weights')} 权重，还剩 ${size(v, 'free')}${n(v, 'tp') > 1 ? '（每张卡）' : ''}`,
	'room.published': (v) => `${v['gpu']} 还剩 ${size(v, 'free')}；权重按公布的约数计`,
	'room.attention': (v) => `上限：只计入注意力权重 ${size(v, 'weights')}`,
	floor: (v) => `${int(v, 'batch')} 个序列时至多 ${some(n(v, 'perSecond'))} 词元/秒`,
	floorExperts: (v) => `只读一个词元用到的专家；读全部专家则为 ${some(n(v, 'all'))} 毫秒`,
	ridge: (v) => `FLOP/字节；${v['gpu']} 的算力可支撑 ${number(Math.round(n(v, 'ridge')))}`,
	layers: (v) => `${int(v, 'layers')} 层中的每一层`,
	copies: (v) => `${int(v, 'tp')} 张卡；1 表示没有重复存储`
};

const sharers = ({ shape }: HeadsScene): number => (shape.latent === null ? shape.heads / shape.kvHeads : shape.heads);

export function rows({ scene, phone }: { scene: HeadsScene; phone: number }): Rows {
	const { shape, step, figures: f, tp } = scene;
	const { heads, headDim, kvHeads, latent } = shape;
	const s = sizesOf(scene);
	const wide = phone === 0;
	const state: readonly [string, string] =
		step === 'score'
			? ['各头的得分', wide ? '对每个缓存词元算 q · k' : '']
			: step === 'output'
				? ['各头的输出', `W_O → ${s.hidden} 维`]
				: ['一个词元的隐状态', `${s.hidden} 维`];
	const gpus = tp > 1 ? `，${tp} 张卡` : '';
	return {
		state,
		query: [
			`${number(heads)} 个查询 × ${latent === null ? headDim : `(${headDim} + ${latent.ropeDim})`}`,
			wide && latent === null ? `W_Q ${s.width} × ${s.hidden}` : ''
		],
		kv:
			latent === null
				? [`${number(kvHeads)} 个 KV 头 × ${headDim}：上键下值${gpus}`, wide ? `W_K、W_V ${s.kvWidth} × ${s.hidden}` : '']
				: [`潜在向量 ${number(latent.kvRank)} + RoPE 键 ${latent.ropeDim}${gpus}`, wide ? 'W_DKV、W_KR' : ''],
		cache: [wide ? '一个词元在一层里的缓存' : '每词元每层的缓存', `${number(s.numbers)} 个数 · ${s.layerBytes}`],
		gpu: [
			wide
				? `${tp > 1 ? '每张' : '一张'} ${scene.gpu}：权重 ${bytes(f.gpuWeights)}，${number(scene.batch)} 个序列的缓存 ${bytes(f.gpuCache)}`
				: `${scene.gpu}：权重与 ${number(scene.batch)} 个序列`,
			f.free < 0 ? '放不下' : `可容 ${number(f.sequences)} 个`
		],
		copy:
			step === 'expand'
				? '各头自己的键和值，不缓存'
				: step === 'repeat' && kvHeads < heads
					? '副本，不缓存'
					: step === 'tile'
						? '轮流分发'
						: ''
	};
}

function heads({ row, tone, index, head, kv, scene }: BoxInWords): string {
	const { shape, figures: f, tp } = scene;
	const mla = shape.latent !== null;
	const each = sharers(scene);
	const part = tone === 'value' ? '值' : '键';
	if (row === 'query')
		return `第 ${head} 个查询头读${mla ? '所有头共用的潜在向量' : `第 ${Math.floor(kv / (f.stored / shape.kvHeads))} 个 KV 头，${each === 1 ? '独自使用' : `与另外 ${each - 1} 个头共用`}`}。`;
	if (row === 'copy')
		return mla
			? `第 ${head} 头自己的${part}，由潜在向量展开而来，不缓存。`
			: `第 ${kv} 个 KV 头的${part}在第 ${head} 个查询头旁的副本：只读取，不存储。`;
	if (tone === 'score') return `第 ${head} 头用自己的查询对每个缓存词元打的分。`;
	if (tone === 'output') return `第 ${head} 头的输出：${shape.headDim} 维，是所读内容的加权和。`;
	if (tone === 'state') return `最新词元的隐状态：${number(shape.hidden)} 维，下面的一切都由它投影而来。`;
	if (row === 'gpu') {
		if (tone === 'weights')
			return `一张卡上的权重：${bytes(f.gpuWeights)}，显存共 ${bytes(scene.memory)}${f.weights.known === 'attention' ? '；只计注意力层' : ''}。`;
		return tone === 'free'
			? `还能再放 ${number(Math.max(0, f.sequences - scene.batch))} 个序列，每个 ${bytes(f.gpuSequence)}。`
			: `${number(scene.batch)} 个序列的缓存：这张卡上 ${bytes(f.gpuCache)}。`;
	}
	const where = row === 'cache' ? '（缓存中）' : '（刚算出）';
	if (tone === 'rope')
		return `RoPE 键${where}：${shape.latent?.ropeDim ?? 0} 维，带位置信息，所有头共用${tp > 1 ? `；在第 ${index} 张卡上` : ''}。`;
	if (mla)
		return `潜在向量${where}：${shape.latent.kvRank} 维，对所有头既当键（上半）又当值（下半）${tp > 1 ? `；第 ${index} 张卡存一整份` : ''}。`;
	const copy = f.copies > 1 ? `；${number(f.copies)} 张卡各存一份相同的` : '';
	return `第 ${Math.floor(index / (f.stored / shape.kvHeads))} 个 KV 头的${part}${where}：${shape.headDim} 维，供 ${each} 个查询头读取${copy}。`;
}

const ROW_WHY: Readonly<Record<string, (s: HeadsScene) => string>> = {
	state: () => '所有行使用同一比例：宽度就是数的个数。',
	query: (s) => `查询只为最新的词元计算，用完即弃，所以 ${number(s.shape.heads)} 个查询头不占缓存。`,
	kv: (s) =>
		s.shape.latent === null
			? `每个 KV 头由 ${sharers(s)} 个查询头读取。`
			: '潜在向量只有一份，供所有头使用；高度减半，因为同一批数既是键又是值。',
	cache: (s) => `一个词元在一层里留下的数，对照 ${number(s.shape.heads)} 个 KV 头的用量（虚线框）。`,
	gpu: (s) => `一张 ${s.gpu} 的显存：权重，然后是各序列的键和值，斜线部分还能放更多序列。激活未计入。`
};

const symbolWords = {
	kr: 'kᴿ（未旋转）',
	qr: 'qᴿ（未旋转）',
	s: '得分',
	sA: '得分′',
	p: 'softmax',
	pA: 'softmax′',
	out: 'interleave',
	tiled: 'tile'
};

export const why: typeof en.why = {
	heads,
	row: ({ row, scene }) => ROW_WHY[row]?.(scene) ?? '',
	cell: ({ name, row, col, how, role }) =>
		`${name} 第 ${row} 行第 ${col} 列：${how === '' ? (role === 'weight' ? '示例的权重。' : '给定值。') : how}`,
	line: ({ names, bytes: b, tokens, sharing, shape, beyond }) =>
		`${names.join('、')}：${tokens} 个词元时 ${b}，${NAMES[sharing] ?? sharing}${shape.localLayers > 0 ? `，${shape.layers} 层中有 ${shape.localLayers} 层只保留 ${number(shape.window)} 个词元` : ''}${beyond === '' ? '' : `；超出其上下文 ${beyond}，此处仅为算术外推`}。`,
	attention: (v) => `第 ${v.layer} 层，第 ${v.head} 个查询头读第 ${v.kv} 个 KV 头：“${v.query}”把 ${v.share} 的注意力给了“${v.key}”。`,
	map: ({ head, layer }) => `第 ${layer} 层第 ${head} 个查询头的注意力：行是查询，列是键。`
};
export const symbols: typeof en.symbols = (id) => symbol(id, symbolWords);
export const roles: typeof en.roles = { weight: '权重', read: '读取', result: '本步得到' };
export const axes: typeof en.axes = { token: (i) => `词元 ${i}`, head: (i) => `头 ${i}` };
export const chart: typeof en.chart = { x: '词元数', y: '单个序列的字节数', memory: ({ gpu }) => `一张 ${gpu} 的显存` };
export const live: typeof en.live = { query: (h) => `查询 ${h}`, kv: (g) => `KV 头 ${g}` };
