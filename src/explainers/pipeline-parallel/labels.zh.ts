/** 本图的中文词语。 */
import { int as num, n } from '#kit/text/values.ts';
import type { PipelineText } from './labels.en.ts';
import { captions, why } from './sentences.zh.ts';

export const zh: PipelineText = {
	captions,
	why,
	facts: {
		bubbleOverTotal: '气泡占全部设备时间的比例',
		bubbleOverIdeal: '气泡与理想时间之比',
		peakActivations: '在途激活份数，各设备峰值',
		makespan: '每步耗时（时间格）',
		formulaBubble: '按公式计算的气泡（时间格）',
		idlePerDevice: '各设备的空闲时间格',
		utilisation: '计算占全部设备时间的比例',
		peakUntilWeight: '保留到 W 的激活份数，各设备峰值',
		weightVersions: '各设备的权重版本数',
		messages: '每步的设备间消息数'
	},
	notes: {
		slots: (v) => `${num(v, 'makespan')} 格中的 ${num(v, 'idle')} 格 · GPipe 的口径`,
		stream: (v) => `这一段 ${num(v, 'makespan')} 格中的 ${num(v, 'idle')} 格；流很长时趋近于 0`,
		ideal: (v) => `${num(v, 'idle')} 除以 ${num(v, 'ideal')} 格 · Megatron 的口径`,
		gpipeHolds: (v) => `GPipe 在每个设备上要存 ${num(v, 'n')} 份`,
		idealTime: (v) => `理想值 ${num(v, 'ideal')}`,
		formula: (v) =>
			n(v, 'inside') === n(v, 'idle')
				? `模拟值：${num(v, 'idle')}`
				: `模拟值：${num(v, 'idle')}，其中 ${num(v, 'inside')} 格在设备 0 自己的工作区间内`,
		formulaComm: (v) => `公式不计通信；计入通信的模拟值：${num(v, 'idle')}`,
		formulaNone: (v) => `这组时长没有闭式公式；模拟值：${num(v, 'idle')}`,
		formulaStream: (v) => `连续的流只在两端有气泡；模拟值：${num(v, 'idle')}`,
		devices: (v) => `${num(v, 'devices')} 个设备的平均`,
		stash: () => 'p − s：每个在途小批次一个版本',
		flush: () => '有同步刷新，一个版本就够',
		perMicrobatch: (v) => `每个微批次 ${num(v, 'n')} 条`
	},
	marks: { time: 't =' },
	params: {
		schedule: '调度',
		stages: '设备数',
		microbatches: '微批次数',
		chunks: '每设备的模型块数',
		tF: '前向 F',
		tI: '反向 I（输入）',
		tW: '反向 W（权重）',
		tFB: '重叠对 F + B',
		tComm: '通信',
		reverse: 'GPipe：反向按逆序',
		critical: '关键路径',
		span: '显示的时长',
		tick: '每步时长'
	},
	values: {
		size: '规模',
		durations: '一个模型块的时长',
		looks: '细看',
		naive: '不用流水线',
		gpipe: 'GPipe',
		'1f1b': '1F1B',
		'interleaved-1f1b': '交错 1F1B',
		'looped-bfs': '循环 BFS',
		pipedream: 'PipeDream',
		'zb-h1': 'ZB-H1',
		'zb-h2': 'ZB-H2',
		'interleaved-zero-bubble': '交错零气泡',
		'zb-v': 'ZB-V',
		'v-half': 'V-Half',
		'v-min': 'V-Min',
		dualpipe: 'DualPipe',
		dualpipev: 'DualPipeV',
		'span=0': '全部',
		'tick=0': '自动'
	},
	views: {
		'walk-1-naive': '1 · 不用流水线',
		'walk-2-gpipe': '2 · GPipe',
		'walk-3-1f1b': '3 · 1F1B',
		'walk-4-interleaved': '4 · 交错 1F1B',
		'walk-5-zb-h1': '5 · 零气泡 H1',
		'walk-6-zb-h2': '6 · 零气泡 H2',
		'walk-7-zb-v': '7 · 零气泡 V',
		'walk-8-dualpipe': '8 · DualPipe',
		'gpipe-and-1f1b': 'GPipe 对照 1F1B',
		'1f1b-and-dualpipe': '1F1B 对照 DualPipe',
		pipedream: 'PipeDream 的权重版本',
		'few-microbatches': '微批次太少',
		communication: '链路太慢',
		critical: '关键路径',
		'v-min': '三分之一的显存',
		dualpipev: 'DualPipeV',
		'looped-bfs': '广度优先',
		'interleaved-zero-bubble': '交错零气泡',
		'gpipe-paper': 'GPipe 论文里的画法',
		large: '64 个设备，512 个微批次'
	},
	problems: {
		interleaved: (v) =>
			`这种调度按“设备数个微批次”为一组轮流，${num(v, 'stages')} 个设备排不了 ${num(v, 'microbatches')} 个微批次。图中按 ${num(v, 'newMicrobatches')} 个来画。`,
		dualpipe: (v) =>
			`DualPipe 要求设备数为偶数，微批次数也为偶数，且至少是设备数的两倍。图中按 ${num(v, 'newStages')} 个设备、${num(v, 'newMicrobatches')} 个微批次来画。`,
		dualpipev: (v) => `DualPipeV 要求微批次数至少是设备数的两倍。图中按 ${num(v, 'newMicrobatches')} 个来画。`
	},
	about: {
		naive: '一次只让一个微批次走完全程再回来：一个设备干活，其余旁观。',
		gpipe: '先做完所有前向，再做所有反向。简单，但整批的激活要同时存着。',
		'1f1b': '梯度一回来，就一次前向、一次反向地交替。气泡与 GPipe 相同，但在途微批次不超过 p 个。',
		'interleaved-1f1b': '每个设备放几个更薄的模型块，流水线更快填满；代价是更多消息、更多激活。',
		'looped-bfs': '模型块的放法同交错 1F1B，但每块先做完全部微批次，才轮到下一块。',
		pipedream: '永不停顿的 1F1B：每次反向之后就更新权重，每个阶段要留着在途微批次出发时的版本。',
		'zb-h1': '把反向拆开：I（对输入）很急，W（对权重）可以等，拿来填空。显存与 1F1B 相同。',
		'zb-h2': '开头再多放几个前向：各设备自己的区间里没有空档，激活却接近两倍。',
		'interleaved-zero-bubble': '交错 1F1B 加上拆分的反向，用 W 去填空。',
		'zb-v': '每个设备两块，排成 V 形：最后一块在第一个设备上。F、I、W 等长时没有空档。',
		'v-half': '调整 V 形中各块的间隔，只需约一半的 1F1B 激活。',
		'v-min': '激活最少的 V 形，约为 1F1B 的三分之一，代价是气泡变大。',
		dualpipe: '微批次从两端进入，每个设备把一个前向和一个反向重叠起来；参数要存两份。',
		dualpipev: '把 DualPipe 对折成 V 形：同样的阶段数只用一半设备，参数一份。'
	},
	phases: { warmup: '预热', steady: '稳态', cooldown: '收尾' },
	legend: {
		forward: '前向',
		backward: '反向',
		backwardSplit: '反向（I 或完整）',
		weight: '权重梯度 (W)',
		idle: '空闲',
		activations: '保存的激活',
		versions: '保存的权重版本',
		chunks: '浅色：靠后的模型块',
		directions: '浅色：另一个方向'
	},
	view: {
		device: (d) => `设备 ${d}`,
		peak: (chunks) => `峰值 ${chunks}`,
		minimap: '当前显示的时间段',
		zoomIn: '放大',
		zoomOut: '缩小',
		zoomAll: '显示全部',
		summary: (v) =>
			`${num(v, 'devices')} 个设备上的 ${num(v, 'operations')} 个操作，共 ${num(v, 'makespan')} 格。方向键逐个查看，+ 和 − 缩放，0 显示全部。`
	},
	table: {
		device: '设备',
		operation: '操作',
		start: '开始',
		end: '结束',
		idle: '之前空闲',
		awaited: '所等的操作',
		foot: (v) => `共 ${num(v, 'all')} 个操作，这里是前 ${num(v, 'rows')} 个；完整数据见本图的 JSON。`
	}
};
