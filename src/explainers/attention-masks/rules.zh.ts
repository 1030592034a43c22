/** 逐条规则说明一个格子为何可见、为何被挡。 */
import type { RuleWords } from './words.ts';

export const rules: RuleWords = {
	everything: [() => '没有任何限制，每个 query 都读所有 key', () => '不会发生'],
	causal: [(v) => `key ${v.key} 不在 query ${v.at} 之后`, (v) => `key ${v.key} 在 query ${v.at} 之后，未来不可见`],
	prefix: [(v) => `key ${v.key} 属于长度为 ${v.prefix} 的前缀，人人可读`, (v) => `key ${v.key} 已在长度为 ${v.prefix} 的前缀之后`],
	context: [
		(v) => `key ${v.key} 在 bos 之前的 ${v.contextLength} 个上下文词元里，人人可读`,
		(v) => `key ${v.key} 不在这 ${v.contextLength} 个上下文词元里`
	],
	virtual: [(v) => `key ${v.key} 是 ${v.virtualTokens} 个虚拟词元之一，它们只提供 K 和 V`, (v) => `key ${v.key} 不是虚拟词元`],
	window: [
		(v) => `往回数 ${v.distance} 位，${v.distance} < ${v.window}，在窗口内（窗口把 query 自己也算进去）`,
		(v) => `往回数 ${v.distance} 位，超出了 ${v.window} 个 key 的窗口（query 自己占一个）`
	],
	windowInclusive: [
		(v) => `往回数 ${v.distance} 位，${v.distance} ≤ ${v.window}；按这种写法，窗口 ${v.window} 会多留一个 key`,
		(v) => `往回数 ${v.distance} 位，大于 ${v.window}`
	],
	windowPast: [(v) => `往回不足 ${v.window} 位；窗口不限制前方`, (v) => `往回数 ${v.distance} 位，超出 ${v.window} 个 key 的窗口`],
	around: [(v) => `两者相距不超过 ${v.halfWindow}，左右都算`, (v) => `两者相距超过 ${v.halfWindow}`],
	aroundExclusive: [(v) => `两者相距小于 ${v.window}，左右都算`, (v) => `两者相距达到或超过 ${v.window}`],
	aroundHalf: [(v) => `两者相距不超过 ${v.window}/2，左右都算`, (v) => `两者相距超过 ${v.window}/2`],
	radius: [(v) => `两者相距不超过 ${v.radius}，左右都算`, (v) => `两者相距超过 ${v.radius}`],
	chunk: [(v) => `两者在同一个长度为 ${v.chunk} 的块里`, (v) => `两者分属不同的块（块长 ${v.chunk}），注意力不跨块`],
	sink: [(v) => `key ${v.key} 是最前面的 ${v.sinks} 个词元之一，即永不丢弃的注意力汇聚点（sink）`, (v) => `key ${v.key} 不是 sink`],
	realKey: [(v) => `key ${v.key} 是真实词元`, (v) => `key ${v.key} 是补齐的 padding，谁也不能读`],
	sameDocument: [() => '两者属于同一篇文档', () => '两者属于不同文档，只是被打包在一起'],
	ownDocument: [() => '它在同一篇文档里，且不在后面', () => '它不在同一篇文档的前文里'],
	sharedPrompt: [() => '它属于这条回答共用的提示', () => '它不在这条回答的提示里'],
	ancestor: [(v) => `${v.key} 是 ${v.at} 自己、它在树上的祖先，或已确认的正文`, (v) => `${v.key} 在树的另一条分支上`],
	sameImage: [() => '两者是同一张图的词元，图内没有先后', () => '两者不是同一张图的词元'],
	imageInterval: [(v) => `这张图对 query ${v.at} 可见`, (v) => `query ${v.at} 不在这张图所管的那段文字里`],
	globalQuery: [(v) => `query ${v.at} 是全局词元，读所有 key`, (v) => `query ${v.at} 不是全局词元`],
	globalKey: [(v) => `key ${v.key} 是全局词元，人人可读`, (v) => `key ${v.key} 不是全局词元`],
	blockWindow: [() => '两者在同一块或相邻的块里', () => '两者的块不相邻'],
	globalQueryBlock: [() => 'query 在首块或末块，读所有 key', () => 'query 所在的块不是全局块'],
	globalKeyBlock: [() => 'key 在首块或末块，人人可读', () => 'key 所在的块不是全局块'],
	randomBlock: [() => '这一对块是随机抽中的', () => '这一对块没有被抽中'],
	strideWindow: [(v) => `它是最近的 ${v.stride} 个 key 之一`, (v) => `往回数达到或超过 ${v.stride} 位`],
	strideColumn: [(v) => `往回正好是步长 ${v.stride} 的整数倍`, (v) => `${v.distance} 不是步长 ${v.stride} 的倍数`],
	dilatedWindow: [(v) => `在 ${v.window} 个间隔为 ${v.dilation} 的步子以内`, (v) => `往回超过了 ${v.window} 个间隔为 ${v.dilation} 的步子`],
	dilation: [
		(v) => `距离 ${Math.abs(Number(v.distance))} 是 ${v.dilation} 的倍数`,
		(v) => `距离 ${Math.abs(Number(v.distance))} 落在空洞率 ${v.dilation} 的空隙里`
	],
	blockDiagonal: [() => '两者在同一半的同一块里，块内互相可见', () => '两者不在同一半的同一块里'],
	offsetBlockCausal: [() => '加噪的 query 读更早各块的干净文本', () => '它不是更早一块的干净文本'],
	blockCausal: [() => '干净的 query 读本块与更早各块的干净文本', () => '它不是本块或更早块的干净文本']
};
