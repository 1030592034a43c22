/** 中文文字；各步说明与图形解释见 sentences.zh.ts。 */
import type { Config } from './config.ts';
import type { ZeroText } from './labels.en.ts';
import type { Op } from './plan.ts';
import type { DrawnRank } from './ranks.ts';
import { viewNames } from './views.ts';
import { captions, why } from './sentences.zh.ts';
import { gb, int, n, number, percent, s, size, some, times, type Values } from './words.ts';

const SLOT: Readonly<Record<Op['kind'], string>> = {
	...{
		start: '',
		end: '',
		gather: 'AG',
		forward: 'F',
		backward: 'B',
		reduce: 'RS',
		replicate: 'AR',
		update: 'U',
		fetch: '↑',
		publish: 'AG'
	}
};
const tokens = (v: Values): string => `${int(v, 'layers')} 层，${int(v, 'batch')} × ${int(v, 'seq')} 个词元`;

export const zh: ZeroText = {
	captions,
	why,
	facts: {
		ringBuffers: '每张卡全程发出几个缓冲区',
		ringSteps: '环要走的步数',
		layerBytes: '一层在一张卡上留下',
		bytesPerRank: '每张卡上的模型状态',
		parameterBytes: '其中权重',
		gradientBytes: '其中梯度',
		optimizerBytes: '其中优化器状态',
		activationBytes: '每张卡的激活',
		peakBytes: '一步中最满的时刻',
		communicationElements: '每张卡发送量是参数量的几倍',
		ringFactor: '环形实现的系数（N − 1）/ N',
		communicationBytes: '每张卡一步发出',
		maxParams: '仅放模型状态，最多能训的参数量',
		hostBytes: '每张卡在主机内存中的部分',
		pcieBytes: '每张卡每步经 PCIe',
		deepspeedGpuBytes: 'DeepSpeed 对每张卡的估计',
		deepspeedHostBytes: 'DeepSpeed 对每台机器内存的估计',
		megatronBytes: '按 Megatron-LM 的算法，每张卡'
	},
	notes: {
		ringSoFar: (v) => `到此刻 ${times(v, 'sent')}，${int(v, 'ranks')} 张卡的环`,
		layerShare: (v) => `是整层的 ${percent(n(v, 'share'))}`,
		against: (v) => `是普通数据并行 ${gb(v, 'plain')} 的 1/${times(v, 'times')}；共 ${size(n(v, 'parameters'))} 参数`,
		plain: (v) => `普通数据并行；共 ${size(n(v, 'parameters'))} 参数`,
		allOnHost: (v) => `全在主机内存；共 ${size(n(v, 'parameters'))} 参数`,
		perParameter: (v) =>
			n(v, 'each') === n(v, 'whole')
				? `每参数 ${int(v, 'whole')} 字节，完整保存`
				: `每参数 ${int(v, 'whole')} 字节，分给 ${int(v, 'shard')} 张卡`,
		onHost: (v) => `每参数 ${int(v, 'whole')} 字节，在主机内存`,
		'activations.none': (v) => `全部保留：${tokens(v)}`,
		'activations.selective': (v) => `不留平方项：${tokens(v)}`,
		'activations.full': (v) => `只留每层输入：${tokens(v)}`,
		fits: (v) => `${s(v, 'gpu')} 的 ${gb(v, 'capacity')} 放得下`,
		doesNotFit: (v) => `放不下：是 ${s(v, 'gpu')} 的 ${gb(v, 'capacity')} 的 ${times(v, 'over')} 倍`,
		elements: (v) => `普通数据并行是 2，这里是它的 ${times(v, 'times')} 倍`,
		'elements.same': () => '与普通数据并行一样多',
		ring: (v) => `${int(v, 'ranks')} 张卡的环`,
		soFar: (v) => `到此刻已发 ${gb(v, 'sent')}`,
		largest: (v) => `在 ${s(v, 'gpu')} 的 ${gb(v, 'capacity')} 里`,
		hostDecides: () => '由主机内存决定：显卡上不留状态',
		perRank: (v) => `${int(v, 'ranks')} 张卡共 ${gb(v, 'all')}`,
		pcie: (v) => `到此刻已传 ${gb(v, 'sent')}`,
		deepspeed: (v) => (n(v, 'stage') === 3 ? `最大模块 ${size(n(v, 'largest'))} 参数` : '照它的代码计算'),
		deepspeedHost: (v) =>
			`每台 ${int(v, 'gpus')} 张卡${n(v, 'stage') === 3 ? (n(v, 'zeroInit') === 1 ? '，用 zero.Init' : '，不用 zero.Init') : ''}`,
		megatron: (v) => `每参数 ${some(n(v, 'per'))} 字节；不用分布式优化器则是 ${gb(v, 'whole')}`
	},
	marks: {
		...{ start: '开始', forward: '前向', backward: '反向', update: '更新', fetch: '取回', publish: '收集', end: '结束' },
		...{ 'table.0': '7.5B', 'table.1': '128B', 'table.2': '1T', 'table.3': '放得下哪些' },
		...{ 'reduce-scatter': '归约分发', 'all-gather': '全收集' },
		...{
			perParameter: '每参数字节',
			megatron: 'Megatron',
			zero2: '代码与文档',
			gpuEstimate: 'DeepSpeed 显存',
			hostEstimate: 'DeepSpeed 内存'
		},
		...{ 'layer.whole': '整层', 'layer.tp': 'TP', 'layer.tpSp': 'TP + SP', 'layer.tpSelective': 'TP，选择性重算' },
		...{ 'layer.tpSpSelective': 'TP + SP，选择性重算', 'layer.full': '完全重算' }
	},
	params: {
		...{ view: '看什么', stage: 'ZeRO 级别', ranks: '数据并行卡数', model: '模型', params: '参数量', precision: '精度' },
		...{ optimizer: '优化器', K: '优化器状态每参数字节 K', offload: '卸载到主机', shard: '共持一份副本的卡数（HSDP）' },
		...{ reshard: '前向后丢弃收集来的权重', units: '分成几组层', seq: '序列词元数', batch: '每卡序列数' },
		...{ recompute: '激活重计算', layers: '层数', hidden: '隐藏维度', heads: '头数', tp: '张量并行', gpu: '显卡' },
		...{ gpusPerNode: '每台机器卡数', largestLayer: '最大模块的参数量', zeroInit: '用 zero.Init 构建' },
		...{ collective: '集合通信', ringRanks: '环上的卡数' }
	},
	values: {
		...{ 'view.step': '一个训练步', 'view.table': '论文表 I', 'view.ring': '环', 'view.recipes': '每参数字节', 'view.activations': '激活' },
		...{ 'stage.0': '0 · DP', 'stage.1': '1', 'stage.2': '2', 'stage.3': '3 · FSDP' },
		...{ sharding: '切分', activationsGroup: '激活', recipe: '精度与优化器', shape: '模型形状' },
		...{ estimate: 'DeepSpeed 的估计' },
		...{ none: '不用', optimizer: '优化器', all: '全部', selective: '选择性', full: '完全' },
		...{ 'bf16-fp32-grads': 'bf16，fp32 梯度', adam: 'Adam', 'adam-8bit': '8 位 Adam', momentum: '带动量的 SGD', sgd: 'SGD' },
		...{ adafactor: 'Adafactor' }
	},
	views: viewNames.zh,
	problems: {
		offloadAll: (v) => `只有切开的权重才能卸载：第 ${int(v, 'stage')} 级时每张卡都留着全部权重。这里按第 3 级来画。`,
		offloadPlain: () => '普通数据并行没有分片可卸载。这里按第 2 级来画，即 ZeRO-Offload。',
		shard: (v) => `${int(v, 'ranks')} 张卡不能分成每组 ${int(v, 'shard')} 张。这里按每组 ${int(v, 'used')} 张来画。`,
		units: (v) => `${int(v, 'layers')} 层分不出 ${int(v, 'units')} 组。这里按 ${int(v, 'layers')} 组来画。`
	},
	kinds: { parameters: '权重', gradients: '梯度', optimizer: '优化器状态', activations: '激活' },
	legend: { parameters: '权重', gathered: '收集来的', gradients: '梯度', optimizer: '优化器', activations: '激活' },
	passes: { forward: '前向传播', backward: '反向传播', update: '更新' },
	charts: {
		perParameter: '训练时每个参数占多少字节',
		megatron: 'Megatron-LM 分布式优化器，每参数字节',
		zero2: 'ZeRO-2 不卸载，每张卡的字节数',
		gpuEstimate: 'DeepSpeed 对每张卡的估计',
		hostEstimate: 'DeepSpeed 对每台机器内存的估计',
		layer: '一层在一张卡上的激活'
	},
	rows: {
		'fp16-adam': () => 'fp16/bf16 + Adam（ZeRO）',
		megatron: () => 'bf16，fp32 梯度（Megatron）',
		'fp32-adam': () => 'fp32 + Adam',
		'adam-8bit': () => 'bf16 + 8 位 Adam',
		momentum: () => 'fp16 + 带动量的 SGD',
		adafactor: () => 'bf16 + Adafactor',
		'fp32-sgd': () => 'fp32 + SGD',
		dp: (v) => `dp = ${int(v, 'dp')}`,
		paper: () => '论文：2P + 14P / N',
		code: () => 'DeepSpeed 代码：2P + 18P / N',
		documentation: () => '它的文档：4P + 16P / N',
		z2: () => 'ZeRO-2',
		z2o: () => 'ZeRO-2，卸载优化器',
		z3: () => 'ZeRO-3',
		z3o: () => 'ZeRO-3，卸载优化器',
		z3a: () => 'ZeRO-3，全部卸载',
		whole: () => '不并行',
		tp: (v) => `TP ${int(v, 'tp')}`,
		tpSp: (v) => `TP ${int(v, 'tp')} + SP`,
		tpSelective: (v) => `TP ${int(v, 'tp')}，选择性重算`,
		tpSpSelective: (v) => `TP ${int(v, 'tp')} + SP，选择性重算`,
		full: () => '完全重算'
	},
	parts: {
		...{ weights: '权重', gradients: '梯度', master: 'fp32 主权重', momentum: '动量', variance: '方差' },
		...{ sharedStates: 'fp32 主权重、动量、方差', whole: '每张卡都有', shared: '大家分摊', estimate: '估计值' },
		...{ norms: '归一化输入', attention: '注意力，线性部分', scores: '注意力分数，平方项', mlp: 'MLP', layerInput: '层输入' }
	},
	held: { none: '–', shard: '自己的一份', full: '全部', host: '自己的一份，在主机' },
	rules: { exact: '精确', rounded: '四舍五入', truncated: '截断', both: '舍入与截断相同' },
	side: { custom: '自定大小（GPT 式）' },
	view: {
		rank: (r) => `卡 ${number(r)}`,
		shard: (rank: DrawnRank, c: Config, gap: boolean, phone: boolean) =>
			c.replicas > 1 && c.shard > 1
				? `第 ${number(rank.group)} 组`
				: c.stage === 0 || c.ranks === 1
					? ''
					: `${gap && !phone ? '… ' : ''}${number(rank.index + 1)}/${number(c.shard)}`,
		slot: (op: Op, stage: number) => (op.kind === 'reduce' && stage === 0 ? 'AR' : SLOT[op.kind]),
		memory: '此刻每张卡的显存',
		memoryShort: '此刻每张卡',
		ofCapacity: (a, b) => `${a} / ${b}`,
		stages: '各级的模型状态',
		stage: (stage) => `第 ${stage} 级`,
		wire: '每张卡已发出',
		pcie: '经 PCIe',
		model: (p) => size(p),
		symbol: (stage) => ['', 'P_os', 'P_os+g', 'P_os+g+p'][stage] ?? '',
		ranksColumn: '卡数',
		tableFoot: '每张卡上模型状态的 GB 数。粗体：表 I 印出的值。下面：精确值，= 相同，≈ 四舍五入，↓ 截断。',
		tableFootShort: '粗体：印出的值。= 精确，≈ 四舍五入，↓ 截断。',
		ringSent: '每张卡已发出，以缓冲区 S 计',
		ringSentShort: '已发出（缓冲区 S）',
		buffers: (a, b) => `${a} / ${b} S`,
		perParameter: (a) => `${a} 字节`
	},
	table: {
		...{ model: '参数量', ranks: '卡数', stage: '级别', exact: '精确 GB', printed: '印出 GB', rule: '数位' },
		...{ rank: '卡', recipe: '情形', parts: '组成', total: '字节', kind: '种类', onGpu: '每张卡' },
		chunk: (c) => `第 ${c} 块`,
		unit: (u) => `第 ${u + 1} 组`,
		foot: (total, sent) => `每张卡 ${total}，到此刻每张卡已发出 ${sent}。`
	}
};
