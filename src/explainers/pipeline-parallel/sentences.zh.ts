/** 本图的中文句子：某一时刻什么刚刚变得可能，某个标记为什么在那里。 */
import { int as num, n, s, type Values } from '#kit/text/values.ts';
import { percent } from '#kit/text/format.ts';

const time = (v: Values): string => `时刻 ${num(v, 'time')}。`;

const PASSES: Readonly<Record<string, string>> = {
	F: '前向',
	B: '反向',
	I: '输入梯度反向',
	W: '权重梯度',
	FB: '前向'
};
function part(chunk: string): string {
	if (chunk === '') return '';
	return chunk === 'd' ? '（下行）' : chunk === 'u' ? '（上行）' : `（第 ${chunk} 块）`;
}
const single = (v: Values, prefix = ''): string =>
	`微批次 ${s(v, `${prefix}microbatch`)} 的${PASSES[s(v, `${prefix}kind`)] ?? ''}${part(s(v, `${prefix}chunk`))}`;
const second = (v: Values, prefix = ''): string => `微批次 ${s(v, `${prefix}microbatch2`)} 的反向${part(s(v, `${prefix}chunk2`))}`;
const operation = (v: Values, prefix = ''): string =>
	s(v, `${prefix}kind`) === 'FB' ? `${single(v, prefix)}和${second(v, prefix)}` : single(v, prefix);
const goods = (v: Values): string => `微批次 ${s(v, 'goodsMicrobatch')} 的${s(v, 'goods') === 'gradient' ? '梯度' : '激活'}`;
const workers = (v: Values): string =>
	n(v, 'idlers') === 0
		? n(v, 'devices') === 1
			? '唯一的设备在计算。'
			: `${num(v, 'devices')} 个设备都在计算。`
		: `${num(v, 'devices')} 个设备中 ${num(v, 'active')} 个在计算，${num(v, 'idlers')} 个无事可做。`;
const soFar = (v: Values): string =>
	n(v, 'idle') > 1e-9 ? `到此为止，它在 ${num(v, 'time')} 个时间格里空等了 ${num(v, 'idle')} 格。` : `它至今没有等过。`;

export const captions = {
	start: (v: Values) =>
		n(v, 'rest') === 0
			? `${time(v)}开始：设备 0 着手微批次 0 的前向。`
			: `${time(v)}设备 0 开始微批次 0 的前向。激活传到之前，其余 ${num(v, 'rest')} 个设备无事可做。`,
	startBoth: (v: Values) =>
		`${time(v)}微批次从两端同时进入：设备 0 和设备 ${n(v, 'devices') - 1} 开始前向，${num(v, 'devices')} 个设备中有 ${num(v, 'rest')} 个在等。`,
	resume: (v: Values) =>
		`${time(v)}设备 ${s(v, 'from')} 把${goods(v)}交给设备 ${s(v, 'device')}，后者终于可以开始${operation(v)}。它从 ${num(v, 'since')} 起就无事可做，这 ${num(v, 'waited')} 格就是气泡。`,
	arrive: (v: Values) => `${time(v)}设备 ${s(v, 'from')} 把${goods(v)}交给设备 ${s(v, 'device')}，后者立刻开始${operation(v)}。${soFar(v)}`,
	ready: (v: Values) =>
		`${time(v)}设备 ${s(v, 'device')} 腾出手来，开始${operation(v)}；所需的${goods(v)}在 ${num(v, 'arrival')} 就已到达。${workers(v)}`,
	local: (v: Values) => `${time(v)}设备 ${s(v, 'device')} 开始${operation(v)}，不必等任何别的设备。${workers(v)}`,
	pair: (v: Values) => `${time(v)}设备 ${s(v, 'device')} 把${single(v)}与${second(v)}重叠执行：一边通信，另一边计算。${workers(v)}`,
	weight: (v: Values) =>
		`${time(v)}设备 ${s(v, 'device')} 计算${operation(v)}。没有别的设备在等它，正好填进本来会是气泡的位置。${workers(v)}`,
	over: (v: Values) =>
		`${time(v)}设备 ${s(v, 'device')} 的活已经干完${n(v, 'wait') > 1e-9 ? `，还要等 ${num(v, 'wait')} 格，这一步才结束` : ''}。${workers(v)}`,
	run: (v: Values) => `${time(v)}没有新的操作可以开始。${workers(v)}`,
	done: (v: Values) =>
		`${time(v)}这一步完成。每个设备计算 ${num(v, 'busy')} 格，空闲 ${num(v, 'idle')} 格：占总时间的 ${percent(n(v, 'total'))}，比理想时间多出 ${percent(n(v, 'ideal'))}。`,
	doneStream: (v: Values) =>
		`${time(v)}画出的这一段到此为止；真正训练时，后面的小批次会接着填满收尾的空档。每个设备空闲 ${num(v, 'idle')} 格，整个训练只付一次，而不是每批都付。`
};

const start = (v: Values): string =>
	`设备 ${s(v, 'device')} 在 ${num(v, 'start')} 到 ${num(v, 'end')} 执行${operation(v)}（第 ${s(v, 'stage')} 阶段）`;
const critical = (v: Values): string => (n(v, 'critical') === 1 ? '它在关键路径上：它变长，整个步骤就变长。' : '');
const version = (v: Values): string => (n(v, 'version') >= 0 ? `用的是第 ${s(v, 'version')} 版权重。` : '');

export const why = {
	first: (v: Values) => `${start(v)}：第一个阶段只需要数据。${version(v)}${critical(v)}`,
	operation: (v: Values) =>
		`${start(v)}：它需要设备 ${s(v, 'source')} 送来的${goods(v)}，那边在 ${num(v, 'awaited.end')} 完成了${operation(v, 'awaited.')}。${version(v)}${critical(v)}`,
	own: (v: Values) =>
		s(v, 'kind') === 'W'
			? `${start(v)}：只有本设备用得到，在自己的输入梯度反向之后任何时候做都行，于是拿来填气泡。${critical(v)}`
			: `${start(v)}：它需要的东西就在本设备上，由${operation(v, 'awaited.')}产生。${version(v)}${critical(v)}`,
	pair: (v: Values) =>
		`设备 ${s(v, 'device')} 在 ${num(v, 'start')} 到 ${num(v, 'end')} 把${single(v)}与${second(v)}重叠：一方的通信藏在另一方的计算后面。${critical(v)}`,
	idle: (v: Values) =>
		`设备 ${s(v, 'device')} 从 ${num(v, 'from')} 到 ${num(v, 'to')} 空闲：下一项工作是${operation(v)}，要等设备 ${s(v, 'awaitedDevice')} 上${operation(v, 'awaited.')}在 ${num(v, 'sent')} 结束${n(v, 'comm') > 0 ? `，再花 ${num(v, 'comm')} 格传过来` : ''}。`,
	over: (v: Values) => `设备 ${s(v, 'device')} 从 ${num(v, 'from')} 到 ${num(v, 'to')} 空闲：活已干完，优化器还要等所有设备。`,
	memory: (v: Values) =>
		`时刻 ${num(v, 'time')}，设备 ${s(v, 'device')} 为将来的反向保存着 ${num(v, 'held')} 份激活${n(v, 'kept') > 0 ? `，另有 ${num(v, 'kept')} 份的一部分要留到算完权重梯度` : ''}；这一步里最多 ${num(v, 'peak')} 份。`
};
