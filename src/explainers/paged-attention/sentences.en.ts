/** The sentences of the figure in English: what a step does, and why a mark is there. */
import { int, many, n, s, type Values } from '#kit/text/values.ts';

/** A beam of the paper is a bare number; anything else has a name. */
const who = (v: Values, key = 'name'): string => (/^\d/.test(s(v, key)) ? `beam ${s(v, key)}` : s(v, key));
export const captions = {
	empty: (v: Values) =>
		`Empty. The memory has ${many(v, 'blocks', 'block')} of ${many(v, 'B', 'token')}, and nobody has asked for anything.`,
	fig9: () => 'Before. Four beams of four full blocks each: they share what they have in common, so 16 table entries need only 9 blocks.',
	arrive: (v: Values) =>
		`Arrival. ${s(v, 'name')} brings a prompt of ${many(v, 'tokens', 'token')}. How long its answer will be (${int(v, 'output')}), only the simulation knows.`,
	reject: (v: Values) => `Refused. ${s(v, 'name')} (${many(v, 'tokens', 'token')}) cannot fit in ${many(v, 'blocks', 'block')} even alone.`,
	wait: (v: Values) =>
		`Waiting. ${s(v, 'name')} is next in the queue and does not fit${n(v, 'contiguous') === 1 ? ': no hole is as long as its reservation' : ` in the ${many(v, 'free', 'free block')}`}; nobody overtakes it.`,
	hit: (v: Values) =>
		`Prefix hit. The first ${many(v, 'tokens', 'token')} of ${s(v, 'name')} are cached in ${n(v, 'count') === 1 ? 'block' : 'blocks'} ${s(v, 'blocks')}: one more reference each, and nothing to compute.`,
	prefill: (v: Values) =>
		n(v, 'contiguous') === 1
			? `Prefill. ${s(v, 'name')} sets aside ${many(v, 'reserved', 'slot')} in a row and fills ${int(v, 'now')} of them with its prompt.`
			: `Prefill. ${many(v, 'now', 'token')} of ${s(v, 'name')} go through the model at once; ${n(v, 'count') === 1 ? 'block' : 'blocks'} ${s(v, 'blocks')} ${n(v, 'count') === 1 ? 'takes' : 'take'} their keys and values.`,
	evict: (v: Values) =>
		`Eviction. Cached ${n(v, 'count') === 1 ? 'block' : 'blocks'} ${s(v, 'blocks')} ${n(v, 'count') === 1 ? 'has' : 'have'} been free for longest; ${n(v, 'count') === 1 ? 'its content is' : 'their contents are'} forgotten to make room for ${s(v, 'name')}.`,
	append: (v: Values) =>
		n(v, 'contiguous') === 1
			? `Next token. ${s(v, 'name')} writes into the next slot of its reservation: ${int(v, 'tokens')} of ${int(v, 'reserved')} are used.`
			: `Next token. ${who(v)} writes into slot ${int(v, 'slot')} of ${int(v, 'B')} of block ${int(v, 'last')}, its last one.`,
	appends: (v: Values) =>
		`Next tokens. In iteration ${int(v, 'iteration')}, ${many(v, 'tokens', 'sequence')} write in place, each into the last block it holds.`,
	grow: (v: Values) =>
		`New block. The last block of ${who(v)} is full, so block ${int(v, 'last')} leaves the front of the free list; ${many(v, 'free', 'block')} ${n(v, 'free') === 1 ? 'stays' : 'stay'} free.`,
	copy: (v: Values) =>
		`Copy on write. ${who(v)} wants to write in block ${int(v, 'old')}, which others also hold: its ${many(v, 'copied', 'token')} ${n(v, 'copied') === 1 ? 'is' : 'are'} copied to block ${int(v, 'last')} first; block ${int(v, 'old')} keeps ${many(v, 'left', 'reference')}.`,
	fork: (v: Values) =>
		n(v, 'contiguous') === 1
			? `Fork. ${s(v, 'children')} ${s(v, 'children').includes(',') ? 'copy' : 'copies'} the prompt of ${s(v, 'parent')} into ${s(v, 'children').includes(',') ? 'reservations of their own' : 'a reservation of its own'}: contiguous memory shares nothing.`
			: `Fork. ${who(v, 'children').replace(/^b/, 'B')} ${s(v, 'children').includes(',') ? 'get' : 'gets'} the block table of ${who(v, 'parent')}: ${many(v, 'count', 'block')} ${n(v, 'count') === 1 ? 'has' : 'have'} one more reference, and not a byte is copied.`,
	drop: (v: Values) =>
		`Dropped. ${/^\d/.test(s(v, 'name')) ? 'Beam ' : ''}${s(v, 'name')} has no continuation among the best; ${n(v, 'count') === 0 ? 'others still hold all its blocks' : `${n(v, 'count') === 1 ? 'block' : 'blocks'} ${s(v, 'blocks')} ${n(v, 'count') === 1 ? 'becomes' : 'become'} free`}.`,
	full: (v: Values) =>
		`Out of blocks. ${s(v, 'name')} needs a block for its next token and ${n(v, 'free') === 0 ? 'none is free' : `only ${int(v, 'free')} are free`}: who was admitted last must go.`,
	preempt: (v: Values) =>
		`Preempted. ${s(v, 'name')} was admitted last: its blocks are freed, and it will compute its ${many(v, 'tokens', 'token')} again as one prompt.`,
	swapOut: (v: Values) =>
		`Swapped out. ${s(v, 'name')} was admitted last: its blocks are copied to CPU memory, shared ones once, and ${many(v, 'free', 'block')} are free now.`,
	swapIn: (v: Values) =>
		`Swapped in. ${s(v, 'name')} comes back: ${many(v, 'count', 'block')} from CPU memory, at other places than before; its table says where.`,
	finish: (v: Values) =>
		`Finished. ${s(v, 'name')} has its ${many(v, 'output', 'token')}; ${n(v, 'contiguous') === 1 ? 'all of its reservation is free again' : n(v, 'count') === 0 ? 'others still hold its blocks' : `${n(v, 'count') === 1 ? 'block' : 'blocks'} ${s(v, 'blocks')} ${n(v, 'count') === 1 ? 'goes to the end of the free list' : 'go to the end of the free list, the tail first'}`}.`,
	iteration: (v: Values) =>
		`Iteration ${int(v, 'iteration')}. ${many(v, 'running', 'request')} run and ${int(v, 'waiting')} wait; ${many(v, 'tokens', 'token')} drawn${n(v, 'prefill') > 0 ? `, ${many(v, 'prefill', 'prompt token')} computed` : ''}, ${many(v, 'blocks', 'new block')}.`
};

export const why = {
	waiting: (v: Values) => `Logical block ${int(v, 'index')} of ${s(v, 'name')} (${s(v, 'status')}): it has no place in memory yet.`,
	logical: (v: Values) =>
		`Logical block ${int(v, 'index')} of ${s(v, 'name')} lies in physical block ${int(v, 'block')} with ${int(v, 'filled')} of ${int(v, 'B')} slots filled: the block table says so${n(v, 'refs') > 1 ? `, and ${int(v, 'refs')} tables name that block` : ''}.`,
	held: (v: Values) =>
		n(v, 'refs') > 1
			? `Block ${int(v, 'block')} is shared by ${s(v, 'names')}: ${int(v, 'refs')} references, so the next write into it copies it first.`
			: `Block ${int(v, 'block')} belongs to ${s(v, 'names')}: ${int(v, 'filled')} of ${int(v, 'B')} slots hold a token.`,
	cached: (v: Values) =>
		`Block ${int(v, 'block')} is free (number ${int(v, 'place')} in the queue), but its ${int(v, 'filled')} tokens stay cached until somebody else gets it.`,
	free: (v: Values) => `Block ${int(v, 'block')} is free, number ${int(v, 'place')} in the queue.`,
	page: (v: Values) =>
		s(v, 'names') === ''
			? `Slots of block ${int(v, 'block')}: nobody has set them aside.`
			: `Slots of block ${int(v, 'block')}: set aside for ${s(v, 'names')}, ${int(v, 'filled')} of ${int(v, 'B')} hold a token.`,
	used: (v: Values) => `${s(v, 'policy')}: ${s(v, 'n')} of ${s(v, 'total')} slots hold a token; a shared one counts once.`,
	reserved: (v: Values) =>
		`${s(v, 'policy')}: ${s(v, 'n')} slots are set aside for tokens that will come; until then nobody else can use them.`,
	internal: (v: Values) => `${s(v, 'policy')}: ${s(v, 'n')} slots are set aside and will never be used: internal fragmentation.`,
	external: (v: Values) =>
		`${s(v, 'policy')}: ${s(v, 'n')} slots are nobody's and still no use, as rounding of the allocator or as holes too short for the next request.`,
	line: (v: Values) =>
		`${s(v, 'name')} (${int(v, 'prompt')} + ${int(v, 'output')} tokens) in iteration ${int(v, 'iteration')}: ${s(v, 'status')}.`
};
