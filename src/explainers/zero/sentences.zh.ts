/** 每一步的说明，以及每个图形自己的解释。 */
import { decimalBytes, fixed, gb, gib, int, n, number, percent, s, shardBytes, size, some, times, type Values, type Why } from './words.ts';

const layers = (v: Values): string => `${some(n(v, 'layers'))} 层`;
const group = (unit: number): string => `第 ${unit + 1} 组`;

export const captions = {
	start: (v: Values) =>
		n(v, 'stage') === 0
			? `一步开始之前。${n(v, 'ranks') === 1 ? '唯一的一张卡' : `${int(v, 'ranks')} 张卡，每张都`}存着 ${size(n(v, 'parameters'))} 参数的全部权重和全部优化器状态：${n(v, 'ranks') === 1 ? gb(v, 'total') : `每张 ${gb(v, 'total')}，同样的字节存了 ${int(v, 'ranks')} 遍`}。`
			: `一步开始之前。${n(v, 'ranks') === 1 ? '唯一的一张卡' : `${int(v, 'ranks')} 张卡，每张`}${n(v, 'shard') === 1 ? '留着全部（没有别的卡可以分摊）' : n(v, 'stage') === 3 ? '对每样东西都只留自己的一份' : '留着全部权重，优化器状态只留自己的一份'}：显存占 ${gb(v, 'total')}${s(v, 'offload') === 'none' ? '' : '，其余放在主机内存'}。`,
	'gather.forward': (v: Values) =>
		n(v, 'shard') === 1
			? `不用收集。副本只在一张卡上，第 ${n(v, 'unit') + 1} 组本来就完整。`
			: `收集第 ${n(v, 'unit') + 1} 组。共持一份副本的 ${int(v, 'shard')} 张卡互相送出自己的分片：这 ${layers(v)}（${gb(v, 'unitBytes')}）暂时在每张卡上都是完整的，用完即弃。`,
	forward: (v: Values) =>
		`前向，第 ${n(v, 'unit') + 1} 组。${n(v, 'stage') === 3 && n(v, 'shard') > 1 ? (n(v, 'reshard') === 1 ? '收集来的权重算完就丢，只留自己的分片' : '收集来的权重一直留到反向传播') : '权重本来就在每张卡上'}；反向传播要用的激活（${gb(v, 'activations')}）留下来。`,
	'gather.backward': (v: Values) =>
		n(v, 'shard') === 1
			? `不用收集。第 ${n(v, 'unit') + 1} 组本来就完整。`
			: `再收集第 ${n(v, 'unit') + 1} 组。反向传播还要用一次同样的权重：正是这第二次 all-gather，让第 3 级的通信量从普通数据并行的 2Ψ 变成 3Ψ。`,
	backward: (v: Values) =>
		`反向，第 ${n(v, 'unit') + 1} 组。每张卡都算出了这 ${layers(v)}的全部梯度（${gb(v, 'gradientBytes')}），但只对应自己那份数据${s(v, 'recompute') === 'none' ? '' : '；没有留下的激活一层一层重算'}。`,
	reduce: (v: Values) =>
		n(v, 'shard') === 1
			? `不用分发。第 ${n(v, 'unit') + 1} 组的梯度全在一张卡上。`
			: `归约分发第 ${n(v, 'unit') + 1} 组。每张卡把梯度送给负责那一片的卡，自己收到自己那一片的总和：发出 ${gb(v, 'wire')}。${n(v, 'stage') === 1 ? '第 1 级仍然保留整块梯度缓冲区。' : s(v, 'offload') === 'none' ? '其余分片立即释放。' : '求和后的分片送往主机，其余释放。'}`,
	allReduce: (v: Values) =>
		n(v, 'ranks') === 1
			? `不用归约。只有一张卡，第 ${n(v, 'unit') + 1} 组的梯度就是总和。`
			: `对第 ${n(v, 'unit') + 1} 组做 all-reduce。它等于一次 reduce-scatter 加一次 all-gather：每张卡发出 ${gb(v, 'wire')}，最后人人都有完整的总和，尽管一份就够用。`,
	replicate: (v: Values) =>
		n(v, 'shard') === 1
			? `跨组同步。${int(v, 'replicas')} 个组各只有一张卡，所以全部梯度都要 all-reduce：又回到普通数据并行。`
			: `跨组同步。不同组里负责同一分片的 ${int(v, 'replicas')} 张卡再做一次 all-reduce：跨组的只有 1/${int(v, 'shard')} 的梯度，所以 HSDP 把一个组放在同一台机器里。`,
	update: (v: Values) =>
		n(v, 'stage') === 0 && n(v, 'ranks') > 1
			? '更新参数。每张卡用完全相同的状态，把全部参数的同一次更新各算一遍：ZeRO 要消除的正是这种冗余。'
			: s(v, 'offload') === 'none'
				? n(v, 'shard') === 1 || n(v, 'stage') === 0
					? `更新参数。${n(v, 'ranks') === 1 ? '这张卡' : '每张卡'}更新全部参数，优化器状态（${gb(v, 'optimizerBytes')}）都在自己这里。`
					: `更新参数。每张卡只更新自己负责的那一片：它的梯度${n(v, 'optimizerBytes') === 0 ? '在这里，这种优化器没有状态' : `、fp32 主权重和动量、方差都在这里（${gb(v, 'optimizerBytes')} 优化器状态）`}。`
				: '在 CPU 上更新。优化器状态放在主机内存里，更新也就在那里算，GPU 等着它。',
	fetch: (v: Values) => `取回。每张卡经 PCIe 取回自己那一片更新后的权重：${gb(v, 'pcie')}。`,
	publish: (v: Values) =>
		n(v, 'shard') === 1
			? '不用收集。唯一的一张卡自己更新了全部参数。'
			: `收集新权重。每张卡只有自己那一片是新的，于是互相送一遍：每张卡发出 ${gb(v, 'wire')}。reduce-scatter 加 all-gather，恰好等于一次 all-reduce 的通信量。`,
	end: (v: Values) =>
		`一步完成。每张卡发出 ${gb(v, 'sent')}：按论文的算法是 ${times(v, 'elements')}Ψ${n(v, 'ranks') > 1 && n(v, 'replicas') === 1 ? `，环形实现再乘 ${fixed(n(v, 'factor'), 4)} =（N − 1）/ N` : ''}。最满的时刻${n(v, 'peak') > n(v, 'capacity') ? `要 ${gb(v, 'peak')}，超出显卡的 ${gb(v, 'capacity')}` : `用了 ${gb(v, 'capacity')} 中的 ${gb(v, 'peak')}`}。`,
	'table.0': () => '75 亿参数。论文的表 I，每张卡上模型状态的 GB 数：粗体是印出来的值，下面是精确值。这一栏是四舍五入：41.25 印成 41.3。',
	'table.1': () => '1280 亿参数。这一栏却是直接截断：513.5 印成 513，257.75 印成 257（橙框）。照四舍五入去算，就和论文对不上。',
	'table.2': () => '一万亿参数。1024 张卡、第 3 级时每张只存 15.6 GB；4187.5 印成 4187，2218.75 印成 2218，又是截断。',
	'table.3': (v: Values) =>
		`放得下哪些。绿色：仅模型状态就在 ${s(v, 'gpu')} 的 ${gb(v, 'capacity')} 之内；激活、缓冲区和显存碎片还要另算。`,
	'ring.all-reduce': (v: Values) =>
		`全归约（all-reduce）。${int(v, 'ranks')} 张卡各有 ${int(v, 'ranks')} 块自己的数；目标是人人都有每一块的总和。每张卡只和右边的邻居说话。`,
	'ring.reduce-scatter': (v: Values) =>
		`归约分发（reduce-scatter）。${int(v, 'ranks')} 张卡各有 ${int(v, 'ranks')} 块；目标是每张卡拿到其中一块的总和。ZeRO 对梯度做的就是它。`,
	'ring.all-gather': (v: Values) => `全收集（all-gather）。${int(v, 'ranks')} 张卡各有一块；目标是人人都有全部。ZeRO 对权重做的就是它。`,
	'ring.reduce-scatter.step': (v: Values) =>
		`归约分发，第 ${int(v, 'step')} / ${int(v, 'own')} 步。每张卡把一块送给右边，把左边来的加进自己的；${n(v, 'step') === n(v, 'own') ? '现在每张卡都有一块完整的总和（粗体）。' : `${n(v, 'step') + 1} 张卡的部分和继续往前走。`}`,
	'ring.all-gather.step': (v: Values) =>
		`全收集，第 ${int(v, 'step')} / ${int(v, 'own')} 步。每张卡把刚收到的完整块继续传下去，自己留一份${n(v, 'done') === n(v, 'steps') ? `：${int(v, 'steps')} 步完成，每张卡共发出 ${times(v, 'sent')} 个缓冲区` : ''}。`,
	perParameter: () =>
		'每个参数多少字节。混合精度 Adam 要 2 + 2 + 4 + 4 + 4 = 16 字节：16 位的权重和梯度，再加 fp32 的主权重、动量和方差。平常说的“权重”只占八分之一。',
	megatron: (v: Values) =>
		`Megatron-LM 的算法。梯度用 fp32 累加，所以每个参数 18 字节；分布式优化器把其中 12 字节分摊掉：6 + 12 / dp。${int(v, 'ranks')} 张卡时是 ${fixed(6 + 12 / n(v, 'ranks'), 3)} 字节。`,
	zero2: (v: Values) =>
		`代码与文档不一致。ZeRO-2 不卸载时，DeepSpeed 的函数返回 2P + 18P / N = ${gib(v, 'code')}，文档却还写着 4P + 16P / N = ${gib(v, 'documentation')}。论文自己的公式是 2P + 14P / N。`,
	gpuEstimate: (v: Values) =>
		`DeepSpeed 对显存的估计。${int(v, 'nodes')} × ${int(v, 'gpusPerNode')} 张卡，只算模型状态；ZeRO-3 再加最大模块（${size(n(v, 'largest'))} 参数）的每参数 4 字节。这些是 GiB，DeepSpeed 印出来却写成 GB。`,
	hostEstimate: (v: Values) =>
		`DeepSpeed 对主机内存的估计。另留一半余量；${n(v, 'zeroInit') === 1 ? '用 zero.Init 时，没有任何进程持有完整模型' : '不用 zero.Init 时，每个进程先以 fp32 建出完整模型：每张卡每参数 4 字节'}。`,
	'layer.whole': (v: Values) =>
		`一整层。16 位下共 s b h（${some(n(v, 'linear'))} + 5 a s / h）字节：${gb(v, 'lit')}。随 s² 增长的部分（斜纹）是 ${some(n(v, 'quadratic'))}，其余加起来是 ${some(n(v, 'linear'))}。`,
	'layer.tp': (v: Values) =>
		n(v, 'tp') === 1
			? `张量并行，1 路：什么都没有切开，仍是 ${gb(v, 'lit')}。调大路数，就能看到切开了什么。`
			: `张量并行，${int(v, 'tp')} 路。注意力和 MLP 内部的张量被切开，但两者的输入、dropout 掩码和归一化的输入（34 份中的 10 份）切不到：${gb(v, 'lit')}。`,
	'layer.tpSp': (v: Values) =>
		`再加序列并行。张量并行切不到的部分沿序列切开，通信量不变：${gb(v, 'lit')}，所有东西都除以 ${int(v, 'tp')}。`,
	'layer.tpSelective': (v: Values) =>
		`选择性重算。注意力分数、softmax 和 dropout 丢掉再算一遍；按论文的算法要多 s / (6h + s) = ${percent(n(v, 'overhead'))} 的计算量。留下 ${gb(v, 'lit')}。`,
	'layer.tpSpSelective': (v: Values) =>
		`选择性重算加序列并行。只剩线性部分除以 ${int(v, 'tp')}：${gb(v, 'lit')}。FlashAttention 则从一开始就不存平方项。`,
	'layer.full': (v: Values) => `完全重算。只留这一层的输入，2 s b h 字节：${gb(v, 'lit')}；反向传播时把前向再跑一遍，多三分之一的计算。`
};

const NAMES = { parameters: '权重', gathered: '收集来的权重', gradients: '梯度', optimizer: '优化器状态', activations: '激活' };
const op = {
	start: '开始',
	end: '结束',
	gather: '收集权重',
	forward: '做前向计算',
	backward: '做反向传播',
	reduce: '归约梯度',
	replicate: '与其他组同步自己那片梯度',
	update: '更新自己那一片参数',
	fetch: '取回更新后的那一片权重',
	publish: '收集更新后的权重'
};

export const why: Why = {
	slot: (o, rank, c) =>
		`卡 ${rank.rank}：${o.unit === undefined ? '全部层' : group(o.unit)}，${o.kind === 'update' && c.stage === 0 ? '更新全部参数' : op[o.kind]}${o.wire > 0 ? `，发出 ${decimalBytes(o.wire, 3)}` : ''}${o.pcie > 0 ? `，经 PCIe ${decimalBytes(o.pcie, 3)}` : ''}。所有卡同时做同样的事。`,
	cell: ({ kind, unit, held, rank, config: c, moment, cut }) => {
		if (kind === 'activations')
			return held === 'full'
				? `卡 ${rank.rank} 上${group(unit)}的激活：来自这张卡自己的数据，留给反向传播，从不共享。${cut ? '画得比实际字节数矮。' : ''}`
				: `此刻没有${group(unit)}的激活。`;
		const { whole, shard } = shardBytes(c, kind);
		const name = `${group(unit)}的${NAMES[kind]}`;
		const part = c.shard === 1 ? '' : `，${number(c.shard)} 份中的一份`;
		if (held === 'none') return `卡 ${rank.rank} 此刻没有${name}。`;
		if (held === 'host') return `卡 ${rank.rank} 把自己那份${name}放在主机内存：${decimalBytes(shard, 3)}${part}。`;
		if (held === 'shard') return `卡 ${rank.rank} 只留自己那份${name}：${decimalBytes(shard, 3)}${part}。`;
		const old = kind === 'parameters' && moment.stale[unit] ? '浅色部分还是旧值。' : '';
		return `卡 ${rank.rank} 有全部${name}：${decimalBytes(whole, 3)}。${old}`;
	},
	memory: (kind, bytes) =>
		`${NAMES[kind]}：此刻每张卡 ${decimalBytes(bytes, 3)}${kind === 'gathered' ? '，是为这一组层向其他卡借来的' : ''}。`,
	peak: (bytes, gpu, capacity) => `虚线是这一步里最满的时刻，${decimalBytes(bytes, 3)}；红线是 ${gpu} 的 ${decimalBytes(capacity, 3)}。`,
	stage: (stage, st, fits, c) =>
		`第 ${stage} 级：每张卡 ${decimalBytes(st.parameters, 3)} 权重 + ${decimalBytes(st.gradients, 3)} 梯度 + ${decimalBytes(st.optimizer, 3)} 优化器状态；不算激活，${decimalBytes(c.gpu.memoryBytes, 3)} ${fits ? '放得下' : '放不下'}。`,
	sent: (o, c) =>
		`${o.unit === undefined ? '全部层' : group(o.unit)}的${o.what === 'gradients' ? '梯度' : '权重'}：论文记作 ${some(o.elements)}Ψ，${number(c.ranks)} 张卡每张实际发出 ${decimalBytes(o.wire, 4)}。`,
	paperCount: (elements, c) =>
		`括线是论文的数法，${some(elements)}Ψ；N = ${number(c.shard)} 的环只发其中的（N − 1）/ N，因为没人给自己发。`,
	pcie: (bytes, c) =>
		`显卡与主机之间，每张卡每步 ${decimalBytes(bytes, 3)}：${c.offload === 'all' ? '每次收集前送来权重，再送走梯度' : '送走梯度，取回更新后的权重'}，都只是自己那一片。`,
	tableCell: (cell, gpu) =>
		`${size(cell.parameters)} 参数，${number(cell.ranks)} 张卡，第 ${cell.stage} 级：精确值 ${number(cell.bytes / 1e9, 8)} GB，印作 ${cell.printed}（${{ exact: '精确', rounded: '四舍五入', truncated: '截断', both: '舍入与截断相同' }[cell.rule]}）；${gpu.name} ${cell.bytes <= gpu.memoryBytes ? '放得下' : '放不下'}。`,
	chunk: (rank, chunk, inside, scene) =>
		inside.length === 0
			? `卡 ${rank} 还没有第 ${chunk} 块。`
			: `卡 ${rank} 上的第 ${chunk} 块：${scene.collective === 'all-gather' ? `卡 ${inside[0]} 的数` : inside.length === 1 ? '自己的数' : inside.length === scene.ranks ? '所有卡的总和' : `卡 ${[...inside].sort((a, b) => a - b).join('、')} 的和`}，${number(scene.values[rank]![chunk]!)}。`,
	ringBar: (scene) =>
		`每一步发一块，即缓冲区 S 的 1/${scene.ranks}；${scene.steps} 步共发 ${some(scene.factor)} S，卡再多也不超过 ${scene.collective === 'all-reduce' ? 2 : 1} S。`,
	segment: (part, amount, row) => `${row}：${part} ${amount}。`
};
