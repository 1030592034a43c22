/** 图、控件与数字旁的文字。 */
import type { LayoutText } from './labels.en.ts';
import { problems } from './problems.zh.ts';
import { captions, parts, why } from './sentences.zh.ts';
import { gigabytes, int, n, s, seconds, share, size, type Values } from './words.ts';

const stageOf = (v: Values): string => (n(v, 'stages') > 1 ? `第 ${int(v, 'stage')} 阶段的一张卡` : '一张卡');
const axes: Readonly<Record<string, string>> = {
	...{ tp: '张量组内的位置', cp: '序列的第几段', ep: '放哪一份专家', dp: '第几个数据副本', pp: '流水线阶段' },
	node: '节点'
};

export const zh: LayoutText = {
	captions,
	parts,
	why,
	kinds: {
		tp: 'TP · 张量',
		cp: 'CP · 上下文',
		ep: 'EP · 专家',
		'expert-tp': 'ETP · 专家内张量',
		pp: 'PP · 流水线',
		dp: 'DP · 数据',
		'expert-dp': 'EDP · 专家副本'
	},
	ops: {
		tp: '激活值 all-reduce',
		'tp.sp': 'all-gather、reduce-scatter',
		cp: '键和值沿环传递',
		ep: '词元 all-to-all',
		'expert-tp': 'all-gather、reduce-scatter',
		pp: '发给下一阶段',
		'dp.0': '梯度 all-reduce',
		'dp.1': '分散梯度，收齐权重',
		'dp.2': '分散梯度，收齐权重',
		'dp.3': '两次收齐权重，分散梯度'
	},
	facts: {
		bytesPerRank: '最满的卡所需显存',
		parameterBytes: '其中权重',
		gradientBytes: '其中梯度',
		optimizerBytes: '其中优化器状态',
		activationBytes: '其中激活值',
		bubbleOverTotal: '气泡占全部时间',
		bubbleOverIdeal: '气泡与计算时间之比（Megatron 的口径）',
		crossNodeBytes: '最忙的卡每步发往节点外',
		stepSeconds: '一步用时（全按峰值，完全不重叠）',
		causalImbalance: '不用 zigzag 时最后一段的计算量与平均值之比',
		bytesPerStep: '最忙的卡每步发送',
		bytesPerLayer: '每层每个微批次发送',
		exchangeShares: '各类通信占一步用时',
		crossNodeGroups: '跨节点的组数',
		groups: '组数 × 每组卡数'
	},
	notes: {
		fits: (v) =>
			`占 ${s(v, 'gpu')} 的 ${share(v, 'share')}${n(v, 'stages') > 1 ? `，第 ${int(v, 'stage')} 阶段（共 ${int(v, 'stages')} 个）` : ''}`,
		over: (v) => `是 ${s(v, 'gpu')} 容量的 ${share(v, 'share')}，放不下`,
		bubble: (v) => `p = ${int(v, 'p')} 个阶段，m = ${int(v, 'm')} 个微批次`,
		'bubble.interleaved': (v) => `p = ${int(v, 'p')}，m = ${int(v, 'm')}，每卡 v = ${int(v, 'v')} 个模型块`,
		'bubble.dualpipe': (v) => `DualPipe，p = ${int(v, 'p')}，两端共 m = ${int(v, 'm')}`,
		cross: (v) => `${size(v, 'bytes')} 的 ${share(v, 'share')}`,
		floor: (v) => `其中计算占 ${share(v, 'compute')}`,
		zigzag: () => 'zigzag 切分恰为 1',
		busiest: stageOf,
		layer: (v) => (n(v, 'moe') === 1 ? '含专家的层' : '每张卡'),
		shares: (v) => `此外计算 ${share(v, 'compute')}，气泡 ${share(v, 'bubble')}`,
		nodes: (v) => `共 ${int(v, 'nodes')} 个节点`,
		order: (v) => `次序 ${s(v, 'order')}；完整列表见 JSON 导出`
	},
	marks: {
		ranks: '编号',
		tp: 'TP',
		cp: 'CP',
		ep: 'EP',
		'expert-tp': 'ETP',
		pp: 'PP',
		dp: 'DP',
		'expert-dp': 'EDP',
		memory: '显存',
		step: '一步'
	},
	params: {
		world: 'GPU 总数',
		tp: 'TP 张量',
		cp: 'CP 上下文',
		ep: 'EP 专家',
		dp: 'DP 数据',
		pp: 'PP 流水线',
		order: '编号次序',
		gpusPerNode: '每节点 GPU 数',
		etp: 'ETP（每个专家切几片）',
		model: '模型',
		gpu: 'GPU',
		networkGbps: '每卡网络带宽（Gbit/s）',
		seq: '序列长度（词元）',
		microBatch: '微批次（序列数）',
		globalBatch: '批次（序列数）',
		sp: '序列并行（配合 TP）',
		zero: '沿 DP 切分（ZeRO）',
		recompute: '激活重计算',
		dropout: '保留 dropout 掩码',
		schedule: '流水线调度',
		vpp: '每卡模型块数',
		fp8Dispatch: '用 FP8 分发词元',
		colour: '着色',
		rank: '关注的 GPU'
	},
	values: {
		main: '视图',
		cluster: '集群',
		job: '批次与序列',
		saving: '显存',
		pipeline: '流水线与专家',
		'colour.auto': '自动',
		'colour.tp': 'TP',
		'colour.cp': 'CP',
		'colour.ep': 'EP',
		'colour.dp': 'DP',
		'colour.pp': 'PP',
		'colour.node': '节点',
		'zero.0': '0：不切',
		'zero.1': '1：优化器',
		'zero.2': '2：加梯度',
		'zero.3': '3：加权重',
		'recompute.none': '不用',
		'recompute.selective': '选择性',
		'recompute.full': '全部',
		'schedule.1f1b': '1F1B',
		'schedule.dualpipe': 'DualPipe',
		'etp=0': '同 TP'
	},
	views: {
		opening: 'Megatron 的例子：16 卡，TP 2、PP 4、DP 2',
		'pp-before-dp': '同上，PP 排在 DP 之前',
		'tp-last': '最糟的次序：TP 跨节点',
		'tp-across': '8 卡节点上的 TP 16',
		context: '64 卡训练 128K 词元，CP 8',
		experts: '专家有自己的网格',
		fsdp: '只用 FSDP：64 卡，ZeRO-3',
		'too-big': '放不下的 70B：64 个副本',
		'gpt-3': '1,024 张 A100 上的 GPT-3',
		'llama-405b': '16,384 卡上的 Llama 3 405B',
		'llama-405b-long': 'Llama 3 405B，128K 词元，CP 16',
		'deepseek-v3': '2,048 卡上的 DeepSeek-V3'
	},
	problems,
	view: {
		node: (v) => `节点 ${int(v, 'node')}`,
		colour: (v) =>
			s(v, 'by') === 'group' ? `同色即同组：${s(v, 'kind')}，${int(v, 'count')} × ${int(v, 'size')}` : `颜色：${axes[s(v, 'by')] ?? ''}`,
		map: (v) => `${int(v, 'world')} 张 GPU，${int(v, 'nodes')} 个节点，每行 ${int(v, 'cols')} 张。可用方向键逐张查看。`,
		lit: (v) =>
			`GPU ${int(v, 'rank')} · 节点 ${int(v, 'node')}${s(v, 'place') === '' ? '' : ` · ${s(v, 'place')}`}${n(v, 'members') > 1 ? ' · 描边的是它的组' : ''}`,
		traffic: (v) => `${stageOf(v)}一步发送的字节`,
		inNode: '节点内',
		crossNode: '跨节点',
		nobody: '无需通信：每个组都只有一张卡。',
		groups: (v) =>
			`${int(v, 'count')} × ${int(v, 'size')}，${n(v, 'crossing') === 0 ? '都在节点内' : n(v, 'crossing') === n(v, 'count') ? '全部跨节点' : `${int(v, 'crossing')} 组跨节点`}`,
		perLayer: (v) => `每层 ${size(v, 'bytes')}`,
		messages: (v) => `${int(v, 'm')} 个微批次`,
		time: (v) => `一步用时（全按峰值，首尾相接）：${seconds(n(v, 'seconds'))}`,
		timeShort: (v) => `一步用时（按峰值，不重叠）：${seconds(n(v, 'seconds'))}`,
		memory: (v) => (n(v, 'stages') > 1 ? '各阶段一张卡的显存' : '一张卡的显存'),
		capacity: (v) => gigabytes(v, 'bytes'),
		fullest: (v) => (n(v, 'stages') > 1 ? `最满：第 ${int(v, 'stage')} 阶段` : '合计'),
		causal: (v) => `序列切成 ${int(v, 'cp')} 段后的因果计算量`,
		mean: (v) => `平均 ${int(v, 'work')}`
	},
	side: {
		sizes: '各轴大小，变化快的在前',
		halve: (name) => `${name} 减半`,
		double: (name) => `${name} 加倍`,
		faster: (name) => `${name}：在编号中前移`,
		slower: (name) => `${name}：在编号中后移`,
		product: (v) => `${s(v, 'terms')} = ${int(v, 'world')}`,
		standard: 'Megatron 默认次序'
	},
	below: {
		title: (v) => (n(v, 'fits') === 1 ? '同一模型、同一集群的其他布局' : '最接近的可行布局'),
		none: '附近没有可行的布局。',
		use: '采用',
		layout: '布局',
		change: '改动及理由',
		memory: '最满的卡',
		bubble: '气泡',
		step: '峰值一步用时',
		reasons: {
			tp: (v) => `TP ${int(v, 'from')} → ${int(v, 'to')}：${n(v, 'to') > n(v, 'from') ? '矩阵和激活值切得更薄' : '层内通信更少'}`,
			cp: (v) => `CP ${int(v, 'from')} → ${int(v, 'to')}：${n(v, 'to') > n(v, 'from') ? '每段序列更短，激活值更少' : '环上的流量更少'}`,
			ep: (v) => `EP ${int(v, 'from')} → ${int(v, 'to')}：${n(v, 'to') > n(v, 'from') ? '每张卡上的专家更少' : '词元不用走那么远'}`,
			pp: (v) => `PP ${int(v, 'from')} → ${int(v, 'to')}：${n(v, 'to') > n(v, 'from') ? '每张卡上的层更少' : '气泡更小'}`,
			zero: (v) =>
				`ZeRO ${int(v, 'from')} → ${int(v, 'to')}：各副本${['不再分摊', '分摊优化器状态', '还分摊梯度', '还分摊权重和梯度'][n(v, 'to')] ?? ''}`,
			recompute: (v) => `重计算改为${s(v, 'to') === 'full' ? '全部' : '选择性'}：激活值不存，用时再算`,
			microBatch: (v) => `微批次 ${int(v, 'from')} → ${int(v, 'to')}：同时处理的词元更少`,
			world: (v) => `GPU ${int(v, 'from')} → ${int(v, 'to')} 张：${int(v, 'from')} 张的布局没有一个放得下`
		}
	},
	table: {
		...{ kind: '通信', groups: '组数', size: '每组卡数', crossing: '跨节点的组', layer: '每层每个微批次的字节' },
		...{ step: '每步字节', cross: '其中跨节点', ranks: '所关注 GPU 的组' },
		foot: (v) => `字节数为第 ${int(v, 'stage')} 阶段一张卡所发送；所关注的是 GPU ${int(v, 'rank')}。`
	}
};
