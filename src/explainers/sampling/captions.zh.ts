/** 每步一句，以简短的引子开头。 */
import { fixed, number, percent } from '#kit/text/format.ts';
import { bits, engine, int, n, share, whole } from './values.ts';

import type { captions as en } from './captions.en.ts';

export const captions: typeof en = {
	softmax: (v) =>
		`Softmax。模型给词表中 ${int(v, 'vocab')} 个词元各一个概率，没有谁天生为零。“${v.idToken ?? ''}”以 ${share(v, 'probability')} 领先；熵为 ${bits(v)} 比特。`,
	penalties: (v) =>
		`惩罚。出现过的词元中有 ${int(v, 'penalised')} 个的 logit 被改动${n(v, 'banned') > 0 ? `，另有 ${int(v, 'banned')} 个会重复 n 元组，被截去` : ''}。共检查 ${int(v, 'counted')} 个词元${n(v, 'window') > 0 ? `（llama.cpp 只看最近 ${int(v, 'window')} 个）` : ''}。`,
	dry: (v) =>
		n(v, 'penalised') === 0
			? 'DRY。没有词元会把重复拉到该罚的长度。'
			: `DRY。${int(v, 'penalised')} 个词元会延长重复；“${v.idToken ?? ''}”会使重复达到 ${n(v, 'longest') + 1} 个词元，其 logit 减去 ${number(n(v, 'penalty'), 3)}。`,
	'top-n-sigma': (v) =>
		`Top-nσ。比最大 logit 低 ${int(v, 'n')} 个标准差以上的（σ = ${number(n(v, 'sigma'), 4)}，${n(v, 'sample') === 1 ? '样本' : '总体'}标准差）全部截去：留 ${int(v, 'kept')} 个，去 ${int(v, 'cut')} 个。`,
	temperature: (v) =>
		`温度 ${number(n(v, 'temperature'))}。每个 logit 除以 T：${n(v, 'temperature') < 1 ? '强者更强、弱者更弱' : '分布变平'}，名次不变，也无人出局。熵 ${bits(v)} 比特。`,
	greedy: (v) =>
		`贪心。温度 ${number(n(v, 'temperature'))} 不是除法，而是“取最大者”的规则：只留下“${v.idToken ?? ''}”${n(v, 'tied') > 0 ? `（${n(v, 'tied') + 1} 个并列中的第一个）` : ''}。`,
	'top-h': (v) => `Top-h。从高到低保留，直到累计的熵贡献达到总熵的 ${share(v, 'share')}：留 ${int(v, 'kept')} 个，去 ${int(v, 'cut')} 个。`,
	'top-k': (v) =>
		`Top-k。留下最可能的 ${int(v, 'k')} 个${n(v, 'tied') > 0 ? `，另有 ${int(v, 'tied')} 个与末位并列也留下（${engine[String(v.conventions)] ?? ''} 保留并列）` : ''}；${n(v, 'cut') === 0 ? '一个也不截去' : `截去 ${int(v, 'cut')} 个，不论它们有多重`}：留下的占 ${share(v, 'keptMass')}。`,
	'top-p': (v) =>
		`Top-p。从高到低累加，“${v.crossingToken ?? ''}”使总量达到 ${number(n(v, 'p'))}（加它之前 ${percent(n(v, 'before'))}，之后 ${percent(whole(n(v, 'mass')))}），它被保留。留 ${int(v, 'kept')} 个，截去 ${int(v, 'cut')} 个。`,
	'min-p': (v) =>
		`Min-p。第一名有 ${share(v, 'max')}；不到它的 ${share(v, 'share')}、即低于 ${share(v, 'threshold')} 的都截去：留 ${int(v, 'kept')} 个，去 ${int(v, 'cut')} 个。`,
	typical: (v) =>
		`典型采样。熵为 ${number(n(v, 'entropy'), 3)} 纳特；按“惊讶度与熵的距离”由近到远保留，直到占 ${share(v, 'mass')}：留 ${int(v, 'kept')} 个，去 ${int(v, 'cut')} 个。连第一名也可能出局。`,
	epsilon: (v) => `Epsilon。概率低于 ${share(v, 'threshold')} 的截去：留 ${int(v, 'kept')} 个，去 ${int(v, 'cut')} 个。`,
	eta: (v) => `Eta。阈值随熵下降：min(ε, √ε·e^−H) = ${share(v, 'threshold')}；留 ${int(v, 'kept')} 个，去 ${int(v, 'cut')} 个。`,
	tfs: (v) => `无尾采样。排序曲线不再弯曲之处便是尾巴的开始，整段截去：留 ${int(v, 'kept')} 个，去 ${int(v, 'cut')} 个。`,
	'top-a': (v) =>
		`Top-a。阈值是 a 乘以第一名概率（${share(v, 'max')}）的平方：${share(v, 'threshold')}。留 ${int(v, 'kept')} 个，去 ${int(v, 'cut')} 个。`,
	xtc: (v) =>
		n(v, 'disabled') === 1
			? 'XTC。在 llama.cpp 中，阈值大于 0.5 即关闭。'
			: n(v, 'triggered') === 0
				? `XTC。它自己的硬币是 ${fixed(n(v, 'coin'), 3)}，触发概率 ${number(n(v, 'probability'))}，高于 ${share(v, 'threshold')} 的有 ${int(v, 'above')} 个：这次不动手。`
				: `XTC。它的硬币 ${fixed(n(v, 'coin'), 3)} 小于 ${number(n(v, 'probability'))}：高于 ${share(v, 'threshold')} 的 ${int(v, 'above')} 个里，除最不可能的“${v.leastToken ?? ''}”外全部截去。`,
	mirostat: (v) =>
		`Mirostat ${int(v, 'version')}。μ = ${number(n(v, 'mu'), 3)} 比特时，${int(v, 'kept')} 个词元不算太意外，留下；抽完后 μ 会朝目标惊讶度 ${number(n(v, 'tau'))} 比特调整。`,
	draw: (v) =>
		`抽取。${int(v, 'kept')} 个词元分掉全部概率，${int(v, 'zero')} 个恰为零。硬币 ${fixed(n(v, 'u'), 3)} 落在 ${fixed(n(v, 'low'), 3)} 与 ${fixed(n(v, 'high'), 3)} 之间，抽中“${v.token ?? ''}”（${share(v, 'probability')}）。`,
	drawGumbel: (v) =>
		`Gumbel 抽取。剩下的 ${int(v, 'kept')} 个词元各自给 logit 加上噪声 −ln(−ln u)；和最大的是“${v.token ?? ''}”，为 ${fixed(n(v, 'score'), 2)}（它的概率是 ${share(v, 'probability')}）。全程不需要 softmax。`,
	drawOnly: (v) => `抽取。只剩“${v.token ?? ''}”：怎么掷硬币都一样。`,
	draws: (v) =>
		`抽 ${int(v, 'draws')} 次。右柱是实际抽到的，左柱是应得的：“${v.token ?? ''}”实得 ${share(v, 'share')}，应得 ${share(v, 'probability')}。`,
	picked: (v) => `由您选定。硬币本来落在“${v.drawn ?? ''}”；您改用“${v.token ?? ''}”（${share(v, 'probability')}）继续。`,
	token: (v) =>
		`第 ${int(v, 'position')} 个词元。“${v.token ?? ''}”以 ${share(v, 'probability')} 抽中（在模型的原始分布中为 ${share(v, 'raw')}，第 ${int(v, 'rank')} 名，惊讶度 ${fixed(n(v, 'surpriseBits'), 2)} 比特），当时有 ${int(v, 'kept')} 个词元在场；熵 ${bits(v)} 比特。`,
	tokenPicked: (v) =>
		`第 ${int(v, 'position')} 个词元。“${v.token ?? ''}”是您选的，不是硬币定的：在原始分布中第 ${int(v, 'rank')} 名，${share(v, 'raw')}。`,
	beamStart: (v) => `起点。只有提示这一束；此后每步保留 ${int(v, 'beams')} 束。`,
	beamStep: (v) =>
		`第 ${int(v, 'step')} 步。${int(v, 'running')} 束继续，${int(v, 'finished')} 束已结束；目前最好的续写是“${v.best ?? ''}”。`,
	beamDone: (v) => `结束。经过 ${int(v, 'step')} 步，“${v.best ?? ''}”胜出，得分 ${number(n(v, 'score'), 4)}：ln p 之和除以长度的惩罚次方。`
};
