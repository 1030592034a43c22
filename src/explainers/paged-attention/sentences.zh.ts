/** 图中的句子：每一步做了什么，每个标记为何在此。 */
import { int, n, s, type Values } from '#kit/text/values.ts';
import type { captions as en, why as enWhy } from './sentences.en.ts';

/** “0、3、6”。 */
const list = (v: Values, key: string): string => s(v, key).replaceAll(', ', '、');
const who = (v: Values, key = 'name'): string => (/^\d/.test(s(v, key)) ? `束 ${list(v, key)} ` : `${list(v, key)} `);
export const captions: typeof en = {
	empty: (v) => `空。显存分成 ${int(v, 'blocks')} 个块，每块 ${int(v, 'B')} 个词元，还没有任何请求。`,
	fig9: () => '分支之前。四条束各占四个写满的块，相同的前缀共用：16 个表项只需 9 个物理块。',
	arrive: (v) =>
		`到达。${s(v, 'name')} 带来 ${int(v, 'tokens')} 个词元的提示词；它最终会生成 ${int(v, 'output')} 个词元，但这只有模拟器知道，调度器并不知道。`,
	reject: (v) => `拒绝。${s(v, 'name')} 需要 ${int(v, 'tokens')} 个词元的空间，即使独占全部 ${int(v, 'blocks')} 个块也放不下。`,
	wait: (v) =>
		`等待。${s(v, 'name')} 排在队首却放不下：${n(v, 'contiguous') === 1 ? '没有哪段空闲区够它连续预留' : `空闲块只剩 ${int(v, 'free')} 个`}；先来先服务，谁也不能插队。`,
	hit: (v) => `前缀命中。${s(v, 'name')} 的前 ${int(v, 'tokens')} 个词元已缓存在块 ${list(v, 'blocks')} 中：引用计数各加一，无需重新计算。`,
	prefill: (v) =>
		n(v, 'contiguous') === 1
			? `预填充。${s(v, 'name')} 一次预留 ${int(v, 'reserved')} 个连续槽位，提示词只用掉其中 ${int(v, 'now')} 个。`
			: `预填充。${s(v, 'name')} 的 ${int(v, 'now')} 个词元一次通过模型，键和值写入块 ${list(v, 'blocks')}。`,
	evict: (v) => `淘汰。缓存块 ${list(v, 'blocks')} 空闲得最久，内容被丢弃，好让 ${s(v, 'name')} 使用。`,
	append: (v) =>
		n(v, 'contiguous') === 1
			? `下一个词元。${s(v, 'name')} 写进预留区的下一个槽位：${int(v, 'reserved')} 个里用了 ${int(v, 'tokens')} 个。`
			: `下一个词元。${who(v)}写进最后一块（块 ${int(v, 'last')}）的第 ${int(v, 'slot')} 个槽位，每块共 ${int(v, 'B')} 个。`,
	appends: (v) => `下一批词元。第 ${int(v, 'iteration')} 次迭代中，${int(v, 'tokens')} 条序列各在自己的最后一块里就地写入一个词元。`,
	grow: (v) => `新块。${who(v)}的最后一块已满，于是从空闲队列的队首取出块 ${int(v, 'last')}；还剩 ${int(v, 'free')} 个空闲块。`,
	copy: (v) =>
		`写时复制。${who(v)}要写块 ${int(v, 'old')}，但别人也在引用它：先把其中 ${int(v, 'copied')} 个词元复制到块 ${int(v, 'last')}，块 ${int(v, 'old')} 的引用计数降为 ${int(v, 'left')}。`,
	fork: (v) =>
		n(v, 'contiguous') === 1
			? `分叉。${list(v, 'children')} 把 ${s(v, 'parent')} 的提示词复制进自己的预留区：连续分配无法共享。`
			: `分叉。${who(v, 'children')}抄走${who(v, 'parent').replace(/^(?=[A-Z])/, ' ')}的块表：${int(v, 'count')} 个块的引用计数各加一，数据一个字节也不用复制。`,
	drop: (v) =>
		`落选。${/^\d/.test(s(v, 'name')) ? '束 ' : ''}${s(v, 'name')} 没有后继进入前几名；${n(v, 'count') === 0 ? '它的块仍被其他束引用' : `块 ${list(v, 'blocks')} 变为空闲`}。`,
	full: (v) =>
		`块已用尽。${s(v, 'name')} 的下一个词元需要新块，而空闲块${n(v, 'free') === 0 ? '一个也没有' : `只有 ${int(v, 'free')} 个`}：最后进来的请求要让位。`,
	preempt: (v) => `抢占。${s(v, 'name')} 最后进来，它的块全部释放；之后把已有的 ${int(v, 'tokens')} 个词元当作一段提示词重新计算。`,
	swapOut: (v) => `换出。${s(v, 'name')} 最后进来，它的块被复制到 CPU 内存（共享块只复制一次），现在有 ${int(v, 'free')} 个空闲块。`,
	swapIn: (v) => `换入。${s(v, 'name')} 回来了：${int(v, 'count')} 个块从 CPU 内存搬回，位置与从前不同，由块表记住新位置。`,
	finish: (v) =>
		`完成。${s(v, 'name')} 的 ${int(v, 'output')} 个词元已生成；${n(v, 'contiguous') === 1 ? '整段预留都归还了' : n(v, 'count') === 0 ? '它的块仍被别人引用' : `块 ${list(v, 'blocks')} 排到空闲队列末尾${n(v, 'count') === 1 ? '' : '，尾块在前'}`}。`,
	iteration: (v) =>
		`第 ${int(v, 'iteration')} 次迭代。${int(v, 'running')} 个请求在运行，${int(v, 'waiting')} 个在等待；生成 ${int(v, 'tokens')} 个词元${n(v, 'prefill') > 0 ? `，预填充 ${int(v, 'prefill')} 个词元` : ''}，新取 ${int(v, 'blocks')} 个块。`
};

export const why: typeof enWhy = {
	waiting: (v) => `${s(v, 'name')} 的逻辑块 ${int(v, 'index')}（${s(v, 'status')}）：显存里还没有它的位置。`,
	logical: (v) =>
		`${s(v, 'name')} 的逻辑块 ${int(v, 'index')} 在物理块 ${int(v, 'block')} 里，${int(v, 'B')} 个槽位已填 ${int(v, 'filled')} 个：块表就是这样记的${n(v, 'refs') > 1 ? `，共有 ${int(v, 'refs')} 张块表指向它` : ''}。`,
	held: (v) =>
		n(v, 'refs') > 1
			? `块 ${int(v, 'block')} 由 ${list(v, 'names')} 共享，引用计数为 ${int(v, 'refs')}，所以下一次写入前要先复制。`
			: `块 ${int(v, 'block')} 属于 ${list(v, 'names')}：${int(v, 'B')} 个槽位里有 ${int(v, 'filled')} 个存着词元。`,
	cached: (v) =>
		`块 ${int(v, 'block')} 空闲（队列第 ${int(v, 'place')} 位），但里面的 ${int(v, 'filled')} 个词元仍在缓存中，直到被分给别人。`,
	free: (v) => `块 ${int(v, 'block')} 空闲，在队列第 ${int(v, 'place')} 位。`,
	page: (v) =>
		s(v, 'names') === ''
			? `块 ${int(v, 'block')} 的槽位：没有被任何请求预留。`
			: `块 ${int(v, 'block')} 的槽位：由 ${list(v, 'names')} 预留，${int(v, 'B')} 个里有 ${int(v, 'filled')} 个存着词元。`,
	used: (v) => `${s(v, 'policy')}：${s(v, 'total')} 个槽位里有 ${s(v, 'n')} 个存着词元，共享的只算一次。`,
	reserved: (v) => `${s(v, 'policy')}：${s(v, 'n')} 个槽位为将来的词元预留，在那之前别人也用不上。`,
	internal: (v) => `${s(v, 'policy')}：${s(v, 'n')} 个槽位被预留却永远不会用到，这就是内部碎片。`,
	external: (v) => `${s(v, 'policy')}：${s(v, 'n')} 个槽位不属于任何人却派不上用场：要么是分配器取整的零头，要么是放不下队首请求的空洞。`,
	line: (v) => `${s(v, 'name')}（${int(v, 'prompt')} + ${int(v, 'output')} 个词元）在第 ${int(v, 'iteration')} 次迭代：${s(v, 'status')}。`
};
