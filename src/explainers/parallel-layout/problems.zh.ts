/** 哪些不能并存，怎样才行。 */
import type { problems as enProblems } from './problems.en.ts';
import { gigabytes, int, n, s, size } from './words.ts';

const whose = (v: Readonly<Record<string, string | number>>): string =>
	n(v, 'stages') > 1 ? `第 ${int(v, 'stage')} 阶段的一张卡` : '一张卡';

export const problems: typeof enProblems = {
	worldDp: (v) =>
		`TP × CP × DP × PP = ${int(v, 'tp')} × ${int(v, 'cp')} × ${int(v, 'dp')} × ${int(v, 'pp')} = ${int(v, 'product')}，而 GPU 有 ${int(v, 'world')} 张。取 DP = GPU 总数 / (TP × CP × PP) 正好用完；图中画的就是这种情形。`,
	worldTo: (v) =>
		`${int(v, 'world')} 张 GPU 不能被 TP × CP × PP = ${int(v, 'tp')} × ${int(v, 'cp')} × ${int(v, 'pp')} 整除。配上 DP ${int(v, 'dp')}，需要 ${int(v, 'product')} 张；图中画的就是这种情形。`,
	worldAll: (v) => `这些大小乘起来超出了本图能画的 GPU 数。图中画的是 ${int(v, 'world')} 个数据并行副本。`,
	expertTensor: (v) => `一个阶段有 ${int(v, 'stage')} 张卡，不能按 ETP ${int(v, 'etp')} 整除。ETP 与 TP 相同总是可以的。`,
	expertWorld: (v) =>
		`专家铺在同一阶段的 ${int(v, 'stage')} 张卡上，ETP × EP = ${int(v, 'etp')} × ${int(v, 'ep')} 不能整除它。EP ${int(v, 'fix')} 可以；图中画的就是这种情形。`,
	order: (v) => `编号次序里没有 ${s(v, 'missing')}，Megatron 会拒绝。改成 ${s(v, 'order')} 即可；图中画的就是这种情形。`,
	noExperts: (v) => `${s(v, 'name')} 没有专家，EP ${int(v, 'ep')} 无从分配：组虽然在，里面没有通信。`,
	expertShare: (v) => `${s(v, 'name')} 的 ${int(v, 'experts')} 个专家不能按 EP ${int(v, 'ep')} 均分。EP ${int(v, 'fix')} 可以。`,
	heads: (v) => `${s(v, 'name')} 有 ${int(v, 'heads')} 个注意力头，不能按 TP ${int(v, 'tp')} 整除。TP ${int(v, 'fix')} 可以。`,
	chunks: (v) => `${int(v, 'pp')} 个阶段 × ${int(v, 'vpp')} 个模型块，比 ${int(v, 'layers')} 层还多。每卡一块即可。`,
	layers: (v) => `${s(v, 'name')} 只有 ${int(v, 'layers')} 层，不够 ${int(v, 'pp')} 个阶段。PP ${int(v, 'fix')} 可以。`,
	sequence: (v) => `zigzag 要把序列切成 ${int(v, 'chunks')} 个等长的块，${int(v, 'seq')} 个词元切不匀。${int(v, 'fix')} 个可以。`,
	batch: (v) => `批次 ${int(v, 'batch')} 条序列不是 DP × 微批次 = ${int(v, 'dp')} × ${int(v, 'micro')} 的整数倍。${int(v, 'fix')} 条可以。`,
	dualpipe: (v) =>
		`DualPipe 要求阶段数为偶数，微批次数为偶数且不少于阶段数的两倍，每卡一个模型块；现在是 ${int(v, 'pp')} 个阶段、${int(v, 'm')} 个微批次。1F1B 没有这些要求。`,
	interleaved: (v) => `交错调度把 ${int(v, 'm')} 个微批次按 ${int(v, 'pp')} 个一组分发，分不匀。每卡一个模型块即可。`,
	pipelines: (v) =>
		`按 ${s(v, 'order')} 编号，专家网格的流水线与其余部分对不上，Megatron 会拒绝。${s(v, 'to')} 把流水线放在最后，两者一致。`,
	tooFull: (v) =>
		`${s(v, 'name')} 放不下：${whose(v)}要 ${size(v, 'bytes')}，而 ${s(v, 'gpu')} 只有 ${gigabytes(v, 'capacity')}。最接近的可行布局：${int(v, 'world')} 张卡，${s(v, 'sizes')}，ZeRO ${s(v, 'zero')}${s(v, 'recompute') === 'full' ? '，激活全部重计算' : ''}。`,
	noRoom: (v) =>
		`${s(v, 'name')} 放不下：每张卡要 ${size(v, 'bytes')}，而 ${s(v, 'gpu')} 只有 ${gigabytes(v, 'capacity')}。附近没有可行的布局，换小一些的模型可以。`
};
