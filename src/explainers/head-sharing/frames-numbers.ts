/** The small example number by number: each step is a row of matrices, the ones that are read and the one that comes out. */
import { traceGqa } from '#maths/attention/gqa-trace.ts';
import { mlaExample } from '#maths/attention/mla-example.ts';
import { traceMla } from '#maths/attention/mla-trace.ts';
import type { Traced } from '#maths/attention/traced.ts';
import { resolve } from './config.ts';
import { groupsOf } from './frames-heads.ts';
import type { HeadFrame } from './model.ts';
import type { HeadParams } from './params.ts';

/** A matrix on the stage. `title` is a formula symbol; rows and columns are named by `text.axes`. */
export interface Shown {
	readonly matrix: Traced;
	/** A given weight, something computed before, or what this step makes. */
	readonly role: 'weight' | 'read' | 'result';
	/** Which colour its numbers have. */
	readonly tone: 'query' | 'key' | 'value' | 'latent' | 'state' | 'weight' | 'plain';
	readonly rows: 'token' | 'head' | 'none' | 'last';
}
export interface NumbersScene {
	readonly kind: 'numbers';
	readonly step: string;
	readonly matrices: readonly Shown[];
	/** All matrices that were made so far, to look sources up. */
	readonly example: 'mla' | 'gqa';
}

const weight = (matrix: Traced): Shown => ({ matrix, role: 'weight', tone: 'weight', rows: 'none' });
const read = (matrix: Traced, tone: Shown['tone'], rows: Shown['rows'] = 'none'): Shown => ({ matrix, role: 'read', tone, rows });
const made = (matrix: Traced, tone: Shown['tone'], rows: Shown['rows'] = 'none'): Shown => ({ matrix, role: 'result', tone, rows });

type Row = readonly [step: string, matrices: readonly Shown[], values?: Readonly<Record<string, string | number>>];

function mlaRows(head: number): readonly Row[] {
	const { shared: s, heads, y, yA, gap } = traceMla(mlaExample, mlaExample.h.length - 1);
	const h = heads[head]!;
	const sum = Math.max(...h.s.values[0]!.map((x, i) => Math.abs(x - h.sA.values[0]![i]!)));
	return [
		['latent', [read(s.h, 'state', 'token'), weight(s.W_DKV), made(s.c, 'latent', 'token')]],
		['ropeKey', [read(s.h, 'state', 'token'), weight(s.W_KR), read(s.kr, 'key', 'token'), made(s.kR, 'key', 'token')]],
		['cached', [read(s.c, 'latent', 'token'), read(s.kR, 'key', 'token'), made(s.cache, 'latent', 'token')]],
		['query', [read(s.ht, 'state', 'last'), weight(h.W_Q), made(h.q, 'query'), made(h.qR, 'query')]],
		['expandK', [read(s.c, 'latent', 'token'), weight(h.W_UK), made(h.kC, 'key', 'token')]],
		[
			'scoreNaive',
			[
				read(h.qC, 'query'),
				read(h.kC, 'key', 'token'),
				read(h.qR, 'query'),
				read(s.kR, 'key', 'token'),
				made(h.s, 'plain'),
				made(h.p, 'plain')
			]
		],
		['outNaive', [read(s.c, 'latent', 'token'), weight(h.W_UV), read(h.v, 'value', 'token'), read(h.p, 'plain'), made(h.o, 'value')]],
		['absorbQ', [read(h.qC, 'query'), weight(h.W_UK), made(h.qA, 'query')]],
		[
			'scoreAbsorbed',
			[
				read(h.qA, 'query'),
				read(s.c, 'latent', 'token'),
				read(h.qR, 'query'),
				read(s.kR, 'key', 'token'),
				made(h.sA, 'plain'),
				read(h.s, 'plain')
			],
			{ gap: sum }
		],
		[
			'outAbsorbed',
			[read(h.pA, 'plain'), read(s.c, 'latent', 'token'), made(h.u, 'latent'), weight(h.W_UV), made(h.oA, 'value'), read(h.o, 'value')]
		],
		['same', [weight(s.W_O), made(y, 'state'), made(yA, 'state')], { gap }]
	];
}

function gqaRows(kvHeads: number, head: number): readonly Row[] {
	const t = traceGqa(kvHeads);
	const h = t.heads[head]!;
	const values = { kvHeads, copies: t.heads.length / kvHeads, gap: t.gap, kv: Math.floor(head / (t.heads.length / kvHeads)) };
	return [
		['gqa.query', [read(t.xt, 'state', 'last'), weight(t.W_Q), made(t.q, 'query')], values],
		['gqa.keys', [read(t.x, 'state', 'token'), weight(t.W_K), made(t.K, 'key', 'token')], values],
		['gqa.values', [read(t.x, 'state', 'token'), weight(t.W_V), made(t.V, 'value', 'token')], values],
		['gqa.pick', [read(t.q, 'query'), made(h.q, 'query'), read(t.K, 'key', 'token'), made(h.K, 'key', 'token')], values],
		['gqa.score', [read(h.q, 'query'), read(h.K, 'key', 'token'), made(h.s, 'plain'), made(h.p, 'plain')], values],
		['gqa.out', [read(h.p, 'plain'), read(h.V, 'value', 'token'), made(h.o, 'value')], values],
		[t.gap === 0 ? 'gqa.same' : 'gqa.tile', [made(t.out, 'value', 'head'), made(t.tiled, 'value', 'head')], values]
	];
}

export function numberFrames(p: HeadParams): readonly HeadFrame[] {
	const { shape, sharing } = resolve(p);
	const example = sharing === 'mla' ? 'mla' : 'gqa';
	const rows = example === 'mla' ? mlaRows(p.head) : gqaRows({ mha: 4, gqa: 2, mqa: 1, mla: 1 }[sharing], p.head);
	return rows.map(([step, matrices, values = {}]) => ({
		...{ groups: groupsOf(shape), shape, mark: { key: step } },
		scene: { kind: 'numbers', step, matrices, example },
		caption: { key: step, values: { head: p.head, ...values } }
	}));
}
