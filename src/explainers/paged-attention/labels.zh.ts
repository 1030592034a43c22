/** 图中的文字。 */
import { number, percent } from '#kit/text/format.ts';
import type { PagedText } from './labels.en.ts';
import { captions, why } from './sentences.zh.ts';
import type { Values } from './sentences.en.ts';

const n = (v: Values, key: string): number => Number(v[key] ?? 0);
const int = (v: Values, key: string): string => number(n(v, key));
const s = (v: Values, key: string): string => String(v[key] ?? '');
const policies: Readonly<Record<string, string>> = {
	paged: '分页',
	'contiguous-max': '按上限预留',
	'contiguous-pow2': '按 2ⁿ 预留',
	'contiguous-oracle': '先知预留'
};
const policy = (v: Values): string => policies[s(v, 'policy')] ?? s(v, 'policy');

export const zh: PagedText = {
	captions,
	why,
	facts: {
		utilisation: '已占显存中真正存着词元的部分',
		internalFragmentation: '占而永不使用（内部碎片）',
		externalFragmentation: '无主却无用（外部碎片）',
		reserved: '为后续词元预留',
		blocksInUse: '使用中的块',
		blocksSaved: '共享省下的块',
		running: '运行中的请求',
		waiting: '等待中的请求',
		preemptions: '全程抢占次数',
		iterations: '全部完成所需的迭代次数',
		throughput: '平均每次迭代生成',
		batchUse: '批次行中真正生成词元的比例'
	},
	notes: {
		slots: (v) => `${int(v, 'all')} 个槽位中的 ${int(v, 'part')} 个`,
		average: () => '全程平均',
		versus: (v) => `全程平均；${policy(v)}：${percent(n(v, 'share'))}`,
		versusCount: (v) => `${policy(v)}：${int(v, 'n')}`,
		versusNumber: (v) => `${policy(v)}：${number(n(v, 'n'))}`,
		ofBlocks: (v) => `共 ${int(v, 'blocks')} 个`,
		saved: (v) => `占 ${int(v, 'logical')} 个表项的 ${percent(n(v, 'share'))}`,
		soFar: (v) => `到此为止 ${int(v, 'n')} 次`,
		batch: (v) => `批次行数：${int(v, 'rows')}`
	},
	marks: {
		start: '开始',
		arrive: '到达',
		reject: '拒绝',
		wait: '等待',
		hit: '前缀命中',
		prefill: '预填充',
		evict: '淘汰',
		append: '词元',
		appends: '一批词元',
		grow: '新块',
		copy: '写时复制',
		fork: '分叉',
		drop: '落选',
		full: '块已用尽',
		preempt: '抢占',
		swapOut: '换出',
		swapIn: '换入',
		finish: '完成',
		iteration: '迭代'
	},
	params: {
		scene: '场景',
		blockSize: '块大小（词元）',
		blocks: '块数',
		requests: '请求（提示词+输出）',
		samples: '采样数或束宽',
		policy: '显存管理',
		versus: '对照',
		maxLen: '最大长度',
		preemption: '抢占方式',
		prefixCaching: '前缀缓存',
		batching: '批处理',
		maxBatch: '同时运行的序列',
		tokenBudget: '每次迭代的词元上限',
		lengths: '长度分布仿照',
		count: '请求数',
		rate: '每次迭代到达数',
		prefix: '共享前缀（词元）',
		turns: '对话轮数',
		seed: '种子',
		grain: '一步是',
		source: '词元来源',
		model: '模型',
		promptA: '提示词 A',
		promptB: '提示词 B',
		write: '生成词元数'
	},
	values: {
		single: '单个请求',
		several: '多个请求',
		parallel: '并行采样',
		beam: '束搜索',
		prefix: '共享前缀',
		multiturn: '多轮对话',
		workload: '随机负载',
		'paper-fig6': '论文图 6',
		'paper-fig8': '图 8',
		'paper-fig9': '图 9',
		custom: '自定请求',
		...policies,
		none: '不对照',
		swap: '换出',
		recompute: '重算',
		continuous: '连续',
		static: '静态',
		sharegpt: 'ShareGPT',
		alpaca: 'Alpaca',
		auto: '自动',
		token: '一个词元',
		event: '一次块操作',
		iteration: '一次迭代',
		'source.custom': '只给长度',
		'source.model': '由模型生成',
		'tokenBudget=0': '不限',
		'rate=0': '同时到达',
		requestsGroup: '请求',
		scheduler: '调度器',
		random: '随机负载',
		steps: '步长',
		main: '场景',
		size: '显存'
	},
	views: {
		opening: '两段提示词与它们的块',
		fig6: '论文图 6：块 7、1、3',
		fig8: '论文图 8：写时复制',
		fig9: '论文图 9：束搜索',
		parallel: '同一提示词的三个采样',
		beam: '四条真实的束',
		prefix: '共享的系统提示词',
		multiturn: '三轮对话',
		recompute: '块用尽：重算',
		swap: '块用尽：换出',
		reservation: '按上限预留',
		pow2: '按 2 的幂预留',
		static: '静态批处理',
		continuous: '连续批处理',
		chunked: '分块预填充',
		sharegpt: '单卡上的 200 个类 ShareGPT 请求',
		alpaca: '400 个类 Alpaca 请求',
		thousands: '2,000 个请求，10,000 个块'
	},
	problems: {
		paper: () => '论文这幅图画的是每块 4 个词元的分页显存，图中的块号只在这种设置下成立。',
		tooLong: (v) => `${s(v, 'name')} 需要 ${int(v, 'length')} 个词元，超过最大长度 ${int(v, 'maxLen')}，因此被拒绝。`,
		tooFew: (v) => `${s(v, 'name')} 需要 ${int(v, 'wanted')} 个块，而总共只有 ${int(v, 'blocks')} 个，永远无法运行。`
	},
	statuses: {
		waiting: '等待',
		prefill: '正在计算提示词',
		decode: '正在生成词元',
		preempted: '被抢占',
		swapped: '在 CPU 内存中',
		padding: '已生成完，但被静态批次占着',
		finished: '已完成',
		rejected: '被拒绝',
		absent: '尚未到达'
	},
	looks: { wait: '等待', prefill: '预填充', decode: '解码', lost: '被抢占', padding: '批内空转' },
	slots: { used: '存着词元', reserved: '预留', internal: '内部碎片', external: '外部碎片' },
	view: {
		logical: '逻辑块 → 块表',
		physical: '物理块',
		memory: '显存（按槽位）',
		waste: '显存去了哪里',
		timeline: '各请求随迭代的进展',
		timelineShort: '请求',
		nobody: '此刻没有请求。',
		curve: '占显存的比例：存着词元（面积）、已占用（实线）',
		curveShort: '显存：面积为存着词元，实线为已占用',
		blocks: (v) => `${int(v, 'n')} 块 × ${int(v, 'B')} 词元`,
		free: (v) => `空闲队列（${int(v, 'n')}），先出在前：`,
		more: (v) => `……另有 ${int(v, 'n')} 条序列`,
		ofSlots: (v) => `共 ${int(v, 'n')} 个槽位`,
		use: (v) => `利用率 ${s(v, 'share')}`,
		curveVersus: (v) => `占显存的比例：存着词元（面积）、已占用（实线）；虚线为${s(v, 'policy')}中存着词元的部分`,
		mapLine: (v) => `空闲 ${int(v, 'free')}（其中 ${int(v, 'cached')} 个仍有缓存），共享 ${int(v, 'shared')}`,
		map: (v) =>
			`${int(v, 'blocks')} 个块的分布：占用 ${int(v, 'held')}，共享 ${int(v, 'shared')}，空闲 ${int(v, 'free')}，其中 ${int(v, 'cached')} 个仍有缓存。`,
		timelineTable: (v) => `${int(v, 'requests')} 个请求，共 ${int(v, 'iterations')} 次迭代；现在是第 ${int(v, 'now')} 次。`
	},
	live: {
		none: '还没有文本：模型写出之前只显示长度。',
		recorded: (v) => `这是用 ${s(v, 'model')} 录下的结果；运行模型即可写你自己的。`
	},
	table: {
		sequence: '序列',
		logical: '逻辑块',
		block: '物理块',
		filled: '已填槽位',
		references: '引用数',
		foot: (v) => `另有 ${int(v, 'free')} 个空闲块。`
	}
};
