import type { captions as enCaptions, parts as enParts, why as enWhy } from './sentences.en.ts';
import { gigabytes, int, n, s, seconds, share, size, some, type Values } from './words.ts';

/** 这些通信组落在哪里。 */
const where = (v: Values): string =>
	n(v, 'crossing') === 0
		? n(v, 'count') === 1
			? '不出节点'
			: '都不出节点'
		: n(v, 'crossing') === n(v, 'count')
			? n(v, 'count') === 1
				? '跨节点'
				: '全部跨节点'
			: `其中 ${int(v, 'crossing')} 组跨节点`;
const groups = (v: Values): string => `${int(v, 'count')} 组，每组 ${int(v, 'size')} 张卡`;
const NUMBERS = ['零', '一', '两', '三', '四', '五', '六'];

const replicas = (v: Values, what: string): string =>
	({
		'0': `${what}用 all-reduce 求和，每个副本都保留全部状态`,
		'1': `${what}先做 reduce-scatter，每个副本只更新自己那一片，再用 all-gather 收回新权重`,
		'2': `${what}谁也不存全份，所以${n(v, 'm') === 1 ? '微批次算完就' : ` ${int(v, 'm')} 个微批次每个都`}要做一次 reduce-scatter，最后一次 all-gather 收回新权重`,
		'3': `${n(v, 'm') === 1 ? '' : `${int(v, 'm')} 个微批次的`}每次前向、反向都要先收齐权重、用完即弃，${what}再做 reduce-scatter`
	})[s(v, 'zero')] ?? '';

const data = (v: Values): string =>
	`数据并行。${groups(v)}${n(v, 'cp') > 1 ? `（DP ${int(v, 'dp')} × CP ${int(v, 'cp')}）` : ''}，${s(v, 'zero') === '3' ? '组内各卡合存一份权重' : '组内各卡权重相同'}（${size({ b: 2 * n(v, 'parameters') }, 'b')}），看的词元不同：${replicas(v, '梯度')}。每步发送 ${size(v, 'bytes')}；${where(v)}。`;
const experts = (v: Values): string =>
	`专家副本。每个专家有 ${int(v, 'edp')} 份，专家的梯度只在这 ${int(v, 'count')} 组（每组 ${int(v, 'size')} 张卡）里同步，而不是整个数据并行组：${replicas(v, '梯度')}。每步发送 ${size(v, 'bytes')}；${where(v)}。`;

export const parts: typeof enParts = {
	parameters: '权重',
	gradients: '梯度',
	optimizer: '优化器状态',
	activations: '激活值',
	compute: '计算',
	bubble: '气泡',
	contiguous: '顺序切分',
	zigzag: 'zigzag 切分'
};

export const captions: typeof enCaptions = {
	ranks: (v: Values) =>
		`编号。${int(v, 'world')} 张 GPU，${int(v, 'nodes')} 个节点，每个节点 ${int(v, 'gpusPerNode')} 张。按 ${s(v, 'order')} 的次序编号：rank = ${s(v, 'formula')}。排在前面的轴变化最快，它的组员编号相邻，只要放得下就在同一个节点里。`,
	tp: (v: Values) =>
		`张量并行。${groups(v)}，每张卡只存每个矩阵的一片。注意力之后${n(v, 'halves') === 2 ? '、MLP 之后各' : ''}要把部分和加起来，前向${n(v, 'passes') > 2 ? '、重算的前向' : ''}、反向都要：共${NUMBERS[n(v, 'halves') * n(v, 'passes')] ?? ''}次 all-reduce，每层每个微批次 ${size(v, 'layer')}，每张卡每步 ${size(v, 'bytes')}；${where(v)}。`,
	'tp.sp': (v: Values) =>
		`张量并行加序列并行。${groups(v)}，每张卡存每个矩阵的一片，矩阵之间则各管一段词元：之前 all-gather，之后 reduce-scatter，字节数与被替换的 all-reduce 相同。每层每个微批次 ${size(v, 'layer')}，每步 ${size(v, 'bytes')}；${where(v)}。`,
	cp: (v: Values) =>
		`上下文并行。${groups(v)}，把序列切开。键和值沿环传一圈，让所有查询都见到它们：每层每个微批次 ${size(v, 'layer')}；${where(v)}。因果注意力使靠后的词元算得更多，最忙的一段是平均值的 ${some(v, 'uneven')} 倍；下方的 zigzag 切分把它摊平。`,
	ep: (v: Values) =>
		`专家并行。${groups(v)}，${int(v, 'experts')} 个专家每张卡放 ${some(v, 'each')} 个。每个词元用 all-to-all 送到自己的 ${int(v, 'perToken')} 个专家再送回，反向时再来一遍：每层每个微批次 ${size(v, 'layer')}，每步 ${size(v, 'bytes')}；${where(v)}。`,
	'expert-tp': (v: Values) =>
		`专家再切片。${groups(v)}，合用每个专家，到达的词元要先收齐，结果再分回：每层每个微批次 ${size(v, 'layer')}；${where(v)}。专家本来就小，所以 ETP 多取 1。`,
	pp: (v: Values) =>
		`流水线并行。${int(v, 'count')} 条流水线，每条 ${int(v, 'size')} 个阶段，每阶段至多 ${int(v, 'layers')} 层。前向传激活值，反向传它的梯度，${int(v, 'm')} 个微批次一步只发送 ${size(v, 'bytes')}；${where(v)}。代价是气泡：流水线有 ${share(v, 'bubble')} 的时间在空等。`,
	'dp.0': data,
	'dp.1': data,
	'dp.2': data,
	'dp.3': data,
	'expert-dp.0': experts,
	'expert-dp.1': experts,
	'expert-dp.2': experts,
	'expert-dp.3': experts,
	memory: (v: Values) =>
		`显存。${n(v, 'stages') > 1 ? `最满的是第 ${int(v, 'stage')} 阶段的卡，` : '每张卡'}要存 ${size(v, 'bytes')}（容量 ${gigabytes(v, 'capacity')}），其中最多的是${parts[s(v, 'biggest') as 'parameters']}（${size(v, 'part')}）。${n(v, 'stages') === 1 ? '' : n(v, 'dual') === 1 ? 'DualPipe 的各阶段同时在途的微批次一样多，而且都存两段的权重。' : '越靠前的阶段，同时在途的微批次越多；首尾两段还要放词嵌入和输出头。'}`,
	'memory.over': (v: Values) =>
		`放不下。${n(v, 'stages') > 1 ? `第 ${int(v, 'stage')} 阶段的卡` : '每张卡'}要存 ${size(v, 'bytes')}，其中最多的是${parts[s(v, 'biggest') as 'parameters']}（${size(v, 'part')}），而 ${s(v, 'gpu')} 只有 ${gigabytes(v, 'capacity')}。下方是最接近的、放得下的布局。`,
	step: (v: Values) =>
		`一步。全按峰值算 ${seconds(n(v, 'seconds'))}：计算 ${share(v, 'compute')}，气泡 ${share(v, 'bubble')}，通信若完全不与计算重叠则占 ${share(v, 'rest')}。一张卡发送 ${size(v, 'bytes')}${n(v, 'bytes') === 0 ? '' : n(v, 'cross') === 0 ? '，全在节点内' : `，其中 ${share(v, 'cross')} 要出节点${n(v, 'slower') > 1 ? `，而节点内链路的速率是节点间的 ${some(v, 'slower')} 倍` : ''}`}。`
};

const collective: Readonly<Record<string, string>> = {
	tp: '注意力和 MLP 的部分和必须先相加，下一层才能开始，所以要用最快的链路。',
	'tp.sp': '每个矩阵之前收齐词元，之后再分散，下一层要等它，所以要用最快的链路。',
	cp: '序列其他各段的键和值依次经过；算这一块时，下一块已经在路上。',
	ep: '词元无论如何都要送到自己的专家再回来；路由均衡时，任意两张卡之间的流量相同。',
	'expert-tp': '合用一个专家的几张卡都需要发给它的全部词元。',
	pp: '一个微批次的激活值传给下一阶段，梯度传回上一阶段，量很小，所以这一轴可以跨节点。',
	dp: '不同词元的梯度每步求和一次，可以藏在反向传播后面。',
	'expert-dp': '同一个专家各副本的梯度每步求和一次。',
	'dp.sharded': '谁也不存全份梯度，所以每个微批次算完就求和，可以藏在反向传播后面。',
	'expert-dp.sharded': '同一个专家各副本的梯度，每个微批次之后求和一次。'
};
/** “3–5”，只有一个时写“3”。 */
const span = (first: number, last: number): string => (first === last ? String(first) : `${first}–${last}`);

export const why: typeof enWhy = {
	gpu: (v: Values) => {
		const layers = n(v, 'firstLayer') < 0 ? '没有层' : `第 ${span(n(v, 'firstLayer'), n(v, 'lastLayer'))} 层`;
		const slice = n(v, 'tp') > 1 && n(v, 'firstLayer') >= 0 ? `${layers}每个矩阵的 1/${int(v, 'tp')}` : layers;
		const own =
			n(v, 'firstExpert') < 0 ? '' : `，以及 ${int(v, 'experts')} 个专家中的第 ${span(n(v, 'firstExpert'), n(v, 'lastExpert'))} 个`;
		const talks = s(v, 'group') === '' ? '' : `所在的 ${s(v, 'group')} 组有 ${int(v, 'size')} 张卡。`;
		return `GPU ${int(v, 'rank')}，节点 ${int(v, 'node')}${s(v, 'place') === '' ? '' : `，${s(v, 'place')}`}。存着${slice}${own}。${talks}`;
	},
	exchange: (v: Values) => {
		const kind = s(v, 'kind');
		const key = kind === 'tp' && n(v, 'sp') === 1 ? 'tp.sp' : kind.endsWith('dp') && n(v, 'zero') > 1 ? `${kind}.sharded` : kind;
		return `每步 ${size(v, 'bytes')}，其中 ${size(v, 'cross')} 出节点；按组内最慢的链路计 ${seconds(n(v, 'seconds'))}。${collective[key] ?? ''}`;
	},
	time: (v: Values) =>
		s(v, 'key') === 'bubble'
			? `气泡：${int(v, 'p')} 个阶段、${int(v, 'm')} 个微批次时，一张卡要空等 ${seconds(n(v, 'seconds'))}。`
			: s(v, 'key') === 'compute'
				? `计算：按 16 位稠密峰值需要 ${seconds(n(v, 'seconds'))}；实际的核大约只能跑到一半。`
				: `${s(v, 'name')}：${seconds(n(v, 'seconds'))}，若完全不重叠占一步的 ${share(v, 'share')}。`,
	memory: (v: Values) =>
		`第 ${int(v, 'stage')} 阶段${n(v, 'layers') === 0 ? '（没有层）' : `（第 ${span(n(v, 'first'), n(v, 'last'))} 层）`}：权重 ${size(v, 'parameters')}，梯度 ${size(v, 'gradients')}，优化器状态 ${size(v, 'optimizer')}，激活值 ${size(v, 'activations')}；共 ${size(v, 'bytes')}，容量 ${gigabytes(v, 'capacity')}。`,
	causal: (v: Values) =>
		`rank ${int(v, 'rank')} 分到 ${int(v, 'chunks')} 块中的第 ${int(v, 'first')} 和第 ${int(v, 'second')} 块：因果计算量 ${int(v, 'work')} 个方块，平均为 ${int(v, 'mean')}。所有卡都要等最慢的那张。`
};
